internal import Synchronization

/// The right to run: held by one process at a time, on the file `PATH.lock`.
///
/// The lock is the system's (`flock`), so it ends with ``release()``, with this object, or with the process, however that
/// dies. The file stays, with the last holder's words in it; they mean nothing while nobody holds the lock.
public final class RunLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(descriptor: Int32?) { self.descriptor = Mutex(descriptor) }

    /// Lets go; more than once does no harm.
    public func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { FileSystem.closeDescriptor(open) }
            descriptor = nil
        }
    }

    deinit { release() }
}

extension SnapshotStore {
    /// Takes the right to run.
    ///
    /// - Parameter holder: What others are told while it is held: command, process id, host, since when.
    /// - Throws: ``StoreError/runLockHeld(path:holder:)`` with the holder's words.
    public func acquireRunLock(holder: String) throws(StoreError) -> RunLock {
        if path == SnapshotStore.inMemory { return RunLock(descriptor: nil) }
        let lockPath = path + ".lock"
        do {
            guard let descriptor = try FileSystem.openLocked(lockPath) else {
                let words = try FileSystem.head(of: lockPath, count: 1024) ?? []
                throw StoreError.runLockHeld(path: path, holder: String(decoding: words, as: UTF8.self))
            }
            let lock = RunLock(descriptor: descriptor)
            try FileSystem.replaceContent(of: descriptor, by: Array(holder.utf8))
            return lock
        } catch let failure as FileSystem.Failure {
            throw StoreError.inputOutput(path: lockPath, detail: failure.text)
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
