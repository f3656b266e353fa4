/// The file `PATH.key` beside a store: 32 random bytes, mode 0600.
enum KeyFile {
    /// Where the key of a store is.
    static func path(ofStore path: String) -> String { path + ".key" }

    /// The key, or nil where there is no file.
    static func load(forStore path: String) throws(StoreError) -> StoreKey? {
        let keyPath = Self.path(ofStore: path)
        do {
            // One byte more than a key has, to see a file that is too long.
            guard let bytes = try FileSystem.head(of: keyPath, count: StoreKey.sizeInBytes + 1) else { return nil }
            guard bytes.count == StoreKey.sizeInBytes else { throw StoreError.keyDamaged(path: keyPath) }
            return StoreKey(bytes: bytes)
        } catch let failure as FileSystem.Failure {
            throw StoreError.inputOutput(path: keyPath, detail: failure.text)
        } catch {
            throw StoreError(error, path: keyPath)
        }
    }

    /// The key that is there, or a new one.
    static func loadOrCreate(forStore path: String) throws(StoreError) -> StoreKey {
        if let key = try load(forStore: path) { return key }
        let keyPath = Self.path(ofStore: path)
        let temporary = keyPath + FileSystem.processSuffix
        do {
            FileSystem.remove(temporary)
            try FileSystem.create(temporary, bytes: StoreKey.randomBytes())
            // Where another process was faster, its key counts.
            if try !FileSystem.publish(temporary, as: keyPath) { FileSystem.remove(temporary) }
        } catch {
            FileSystem.remove(temporary)
            throw StoreError.inputOutput(path: keyPath, detail: error.text)
        }
        guard let key = try load(forStore: path) else { throw StoreError.keyMissing(path: keyPath) }
        return key
    }
}
