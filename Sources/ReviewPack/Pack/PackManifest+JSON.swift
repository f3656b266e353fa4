public import AuditModel

extension PackManifest {
    /// What the manifest calls itself; the number grows when a member changes its meaning or goes.
    static let schema = "audit-review-pack/1"

    /// The manifest as JSON.
    public var json: SettingValue {
        var object = SettingObject()
        object["schema"] = .string(Self.schema)
        object["toolVersion"] = .string(toolVersion)
        object["environment"] = .string(environment.rawValue)
        object["synthetic"] = .bool(isSynthetic)
        object["timeZone"] = .string(timeZone)
        object["client"] = client.map { .integer(Int64($0.number)) } ?? .null
        object["from"] = from.json
        object["to"] = to.json
        object["logOrigin"] = .string(logOrigin)
        object["textSets"] = .array(
            textSets.map { set in
                ["digest": .string(set.digest.hex), "texts": .array(set.texts.map(\.json))]
            })
        object["leftOut"] = .array(leftOut.map { .string($0) })
        object["files"] = .array(files.map(\.json))
        return .object(object)
    }

    /// Reads a manifest.
    ///
    /// - Throws: ``ManifestError``.
    public init(bytes: [UInt8]) throws(ManifestError) {
        let value: SettingValue
        do { value = try JSONReader.value(of: bytes) } catch { throw .notJSON(error) }
        let reader = MemberReader(value)
        guard try reader.text("schema") == Self.schema else { throw .otherFormat }
        toolVersion = try reader.text("toolVersion")
        environment = EnvironmentName(try reader.text("environment"))
        isSynthetic = try reader.bool("synthetic")
        timeZone = try reader.text("timeZone")
        let stated = try reader.member("client")
        let number = stated.integerValue
        guard number != nil || stated == .null else { throw .invalid("client") }
        client = nil
        from = try Side(MemberReader(try reader.member("from")))
        to = try Side(MemberReader(try reader.member("to")))
        logOrigin = try reader.text("logOrigin")
        textSets = []
        for set in try reader.list("textSets") {
            let set = MemberReader(set)
            var texts: [Text] = []
            for text in try set.list("texts") { texts.append(try Text(MemberReader(text))) }
            let own = TextSet(texts: texts)
            let digest = try set.digest("digest")
            guard own.digest == digest else { throw .invalid("textSets") }
            textSets.append(own)
        }
        leftOut = []
        for sentence in try reader.list("leftOut") {
            guard let text = sentence.stringValue else { throw .invalid("leftOut") }
            leftOut.append(text)
        }
        files = []
        for file in try reader.list("files") { files.append(try File(MemberReader(file))) }
        client = number.map { Client.ID(environment: environment, number: Int($0)) }
    }
}

extension PackManifest.Side {
    fileprivate var json: SettingValue {
        [
            "asked": .string(asked), "run": .string(run.rawValue), "day": .string(day.description),
            "startedAt": .string(startedAt.rfc3339), "sealedAt": .string(sealedAt.rfc3339),
        ]
    }

    fileprivate init(_ reader: MemberReader) throws(ManifestError) {
        guard let day = CalendarDay(try reader.text("day")) else { throw .invalid("day") }
        guard let startedAt = Timestamp(rfc3339: try reader.text("startedAt")) else { throw .invalid("startedAt") }
        guard let sealedAt = Timestamp(rfc3339: try reader.text("sealedAt")) else { throw .invalid("sealedAt") }
        self.init(
            asked: try reader.text("asked"), run: AuditRun.ID(try reader.text("run")), day: day, startedAt: startedAt,
            sealedAt: sealedAt)
    }
}

extension PackManifest.Text {
    fileprivate var json: SettingValue {
        [
            "name": .string(name), "layer": .integer(Int64(layer)), "sha256": .string(digest.hex),
            "file": file.map { .string($0) } ?? .null,
        ]
    }

    fileprivate init(_ reader: MemberReader) throws(ManifestError) {
        let file = try reader.member("file")
        guard file == .null || file.stringValue != nil else { throw .invalid("file") }
        self.init(
            name: try reader.text("name"), layer: try reader.count("layer"), digest: try reader.digest("sha256"),
            file: file.stringValue)
    }
}

extension PackManifest.File {
    fileprivate var json: SettingValue {
        ["name": .string(name), "size": .integer(Int64(size)), "sha256": .string(digest.hex)]
    }

    fileprivate init(_ reader: MemberReader) throws(ManifestError) {
        self.init(
            name: try reader.text("name"), size: try reader.count("size"), digest: try reader.digest("sha256"))
    }
}

/// Why `manifest.json` or a proof beside it cannot be read.
public enum ManifestError: Error, Sendable, Hashable {
    /// It is not JSON.
    case notJSON(JSONReadingError)
    /// It is of another format or version.
    case otherFormat
    /// A member is missing.
    case missing(String)
    /// A member has a value that cannot be.
    case invalid(String)
}

/// Reads the members of an object that must be there.
struct MemberReader {
    private let value: SettingValue

    init(_ value: SettingValue) { self.value = value }

    func member(_ key: String) throws(ManifestError) -> SettingValue {
        guard let member = value[key] else { throw .missing(key) }
        return member
    }

    func text(_ key: String) throws(ManifestError) -> String {
        guard let text = try member(key).stringValue else { throw .invalid(key) }
        return text
    }

    func bool(_ key: String) throws(ManifestError) -> Bool {
        guard case .bool(let value) = try member(key) else { throw .invalid(key) }
        return value
    }

    func count(_ key: String) throws(ManifestError) -> Int {
        guard let number = try member(key).integerValue, number >= 0 else { throw .invalid(key) }
        return Int(number)
    }

    func digest(_ key: String) throws(ManifestError) -> Digest {
        guard let digest = Digest(hex: try text(key)) else { throw .invalid(key) }
        return digest
    }

    func list(_ key: String) throws(ManifestError) -> [SettingValue] {
        guard let list = try member(key).arrayValue else { throw .invalid(key) }
        return list
    }
}
