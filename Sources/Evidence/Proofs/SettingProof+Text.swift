import AuditModel

extension SettingProof {
    /// The member `format` of the text form.
    public static let format = "audit-setting-proof"
    static let version: Int64 = 1

    /// The text form: a JSON object with `format` (`audit-setting-proof`), `version` (1), and
    ///
    /// - `path`, dotted, and `value`, which is left out where the document has nothing there;
    /// - `document`, `capture.leaf` and `run.leaf`: bytes as text, exactly as they were hashed;
    /// - `capture.index`, `capture.count` and `capture.hashes` (hexadecimal): the capture's place in the run's tree;
    /// - `log`: the run's place in the log and the checkpoint, as text of c2sp.org/tlog-proof@v1.
    public var text: String {
        var object = SettingObject()
        object["format"] = .string(Self.format)
        object["version"] = .integer(Self.version)
        object["path"] = .string(path.dotted)
        object["value"] = value
        object["document"] = Self.text(document)
        object["capture"] = [
            "leaf": Self.text(capture), "index": .integer(Int64(clamping: inclusion.index)),
            "count": .integer(Int64(clamping: inclusion.size)),
            "hashes": .array(inclusion.hashes.map { .string($0.hex) }),
        ]
        object["run"] = ["leaf": Self.text(run)]
        object["log"] = Self.text(log.text)
        return PrettyJSON.text(of: .object(object))
    }

    /// Reads the text form.
    ///
    /// - Throws: ``SettingProofFailure`` of the step ``SettingProofStep/form``.
    public init(text: [UInt8]) throws(SettingProofFailure) {
        let parts = try SettingProofFailure.at(.form, SettingProofFailure.Cause.init(form:)) {
            () throws(LeafError) in try Parts(text)
        }
        path = try SettingProofFailure.at(.form, SettingProofFailure.Cause.path) {
            () throws(SettingPathError) in try SettingPath(dotted: parts.path)
        }
        log = try SettingProofFailure.at(.form, SettingProofFailure.Cause.log) {
            () throws(LogProofError) in try LogProof(text: parts.log)
        }
        value = parts.value
        document = parts.document
        capture = parts.capture
        inclusion = parts.inclusion
        run = parts.run
    }

    /// The members of the file, as far as JSON goes.
    private struct Parts {
        var path: String
        var value: SettingValue?
        var document: [UInt8]
        var capture: [UInt8]
        var inclusion: InclusionProof
        var run: [UInt8]
        var log: [UInt8]

        init(_ text: [UInt8]) throws(LeafError) {
            // The value may be a whole document, which then lies one level deeper than it may by itself.
            let limits = JSONReader.Limits(depth: JSONReader.Limits().depth + 1)
            var reader = try LeafReader(
                text, format: SettingProof.format, version: SettingProof.version, limits: limits)
            path = try reader.text("path")
            value = reader.optional("value")
            document = Array(try reader.text("document").utf8)
            var capture = try reader.object("capture")
            self.capture = Array(try capture.text("leaf").utf8)
            inclusion = InclusionProof(
                index: UInt64(try capture.count("index")), size: UInt64(try capture.count("count")),
                hashes: try capture.read("hashes", SettingProof.hashes))
            try capture.finish()
            var run = try reader.object("run")
            self.run = Array(try run.text("leaf").utf8)
            try run.finish()
            log = Array(try reader.text("log").utf8)
            try reader.finish()
        }
    }

    private static func text(_ bytes: [UInt8]) -> SettingValue {
        .string(String(decoding: bytes, as: UTF8.self))
    }

    private static func hashes(_ value: SettingValue) -> [Digest]? {
        guard case .array(let elements) = value, elements.count <= UInt64.bitWidth else { return nil }
        let hashes = elements.compactMap { $0.stringValue.flatMap { Digest(hex: $0) } }
        // One proof, one text: capitals are no other way to write a hash.
        return hashes.map { .string($0.hex) } == elements ? hashes : nil
    }
}

extension SettingProofFailure.Cause {
    fileprivate init(form error: LeafError) {
        self = if case .notJSON(let error) = error { .notJSON(error) } else { .form(error) }
    }
}
