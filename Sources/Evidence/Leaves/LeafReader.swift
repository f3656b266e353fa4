import AuditModel

/// Reads the canonical JSON of a leaf: every member is asked for by name, and none may be left over.
struct LeafReader {
    private var object: SettingObject
    private let bytes: [UInt8]

    /// A reader of a leaf of this format and version.
    init(
        _ bytes: [UInt8], format: String, version: Int64, limits: JSONReader.Limits = JSONReader.Limits()
    ) throws(LeafError) {
        let value: SettingValue
        do { value = try JSONReader.value(of: bytes, limits: limits) } catch { throw .notJSON(error) }
        guard case .object(let object) = value, object["format"]?.stringValue == format else {
            throw .otherFormat(expected: format)
        }
        guard object["version"] == .integer(version) else { throw .otherVersion(expected: version) }
        self.object = object
        self.bytes = bytes
        self.object["format"] = nil
        self.object["version"] = nil
    }

    /// A reader of an object inside a leaf.
    init(_ object: SettingObject) {
        self.object = object
        bytes = []
    }

    mutating func optional(_ key: String) -> SettingValue? {
        defer { object[key] = nil }
        return object[key]
    }

    mutating func value(_ key: String) throws(LeafError) -> SettingValue {
        guard let value = optional(key) else { throw .missing(key) }
        return value
    }

    /// Reads a member with a closure that gives nil for what cannot be.
    mutating func read<Result>(_ key: String, _ convert: (SettingValue) -> Result?) throws(LeafError) -> Result {
        guard let result = convert(try value(key)) else { throw .invalid(key) }
        return result
    }

    mutating func text(_ key: String) throws(LeafError) -> String { try read(key) { $0.stringValue } }

    mutating func count(_ key: String) throws(LeafError) -> Int {
        try read(key) { value in value.integerValue.flatMap { $0 >= 0 ? Int(exactly: $0) : nil } }
    }

    mutating func digest(_ key: String) throws(LeafError) -> Digest {
        try read(key) { $0.stringValue.flatMap { Digest(hex: $0) } }
    }

    mutating func moment(_ key: String) throws(LeafError) -> Timestamp {
        try read(key) { $0.integerValue.map { Timestamp(milliseconds: $0) } }
    }

    mutating func object(_ key: String) throws(LeafError) -> LeafReader {
        LeafReader(try read(key) { $0.objectValue })
    }

    /// Whether a member is there, `null` counting as a value.
    func has(_ key: String) -> Bool { object[key] != nil }

    /// Refuses members that nobody asked for.
    func finish() throws(LeafError) {
        if let key = object.keys.first { throw .unknown(key) }
    }

    /// Refuses bytes that are not those that the value read is written as: one value, one leaf.
    func finish(asWritten canonical: [UInt8]) throws(LeafError) {
        try finish()
        guard canonical == bytes else { throw .notCanonical }
    }
}
