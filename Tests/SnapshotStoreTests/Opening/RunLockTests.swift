import AuditModel
import AuditTestSupport
import Foundation
import SnapshotStore
import Testing

struct RunLockTests {
    @Test func `a second run is told who holds the store, and gets it when the first lets go`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let first = try SnapshotStore.withEnvironment(at: path)
            let second = try SnapshotStore.open(at: path, access: .readWrite)
            let lock = try first.acquireRunLock(holder: "audit run (process 17 on nightly, since 02:00)")
            let error = storeError { _ = try second.acquireRunLock(holder: "another") }
            #expect(
                error == .runLockHeld(path: path, holder: "audit run (process 17 on nightly, since 02:00)"))
            #expect(error?.exitStatus == .busy)
            #expect(
                error?.description == """
                    another run holds the store \(path): audit run (process 17 on nightly, since 02:00). \
                    Try again when it has ended.
                    """)
            lock.release()
            lock.release()
            let next = try second.acquireRunLock(holder: "b")
            #expect(
                storeError { _ = try first.acquireRunLock(holder: "c") } == .runLockHeld(path: path, holder: "b"))
            next.release()
        }
    }

    @Test func `the lock ends with its object`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            do { _ = try store.acquireRunLock(holder: "short") }
            try store.acquireRunLock(holder: "next").release()
        }
    }

    @Test func `the lock ends with a process that is killed`() throws {
        let program = "/usr/bin/flock"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: there is no \(program) to hold the lock from another process")
            return
        }
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try SnapshotStore.withEnvironment(at: path)
            let holder = Process()
            holder.executableURL = URL(filePath: program)
            // The inner shell says that the lock is held, then waits for its standard input to end; `exec` keeps it one
            // process with the lock's descriptor.
            holder.arguments = ["--no-fork", path + ".lock", "sh", "-c", "echo held; exec cat"]
            let output = Pipe()
            holder.standardOutput = output
            holder.standardInput = Pipe()
            try holder.run()
            _ = try output.fileHandleForReading.read(upToCount: 1)
            #expect(
                storeError { _ = try store.acquireRunLock(holder: "me") } == .runLockHeld(path: path, holder: ""))
            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
            try store.acquireRunLock(holder: "me").release()
        }
    }
}
