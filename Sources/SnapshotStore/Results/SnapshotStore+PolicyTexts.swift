public import AuditModel
internal import GRDB

/// A policy or waiver file as it was loaded.
public struct PolicyText: Sendable, Hashable {
    /// The file's name as loaded; reports print it.
    public var name: String
    /// Its text.
    public var text: String
    /// The layer of the file: a later one may override the rules of an earlier one.
    public var layer: Int

    /// Joins the parts.
    public init(name: String, text: String, layer: Int = 0) {
        self.name = name
        self.text = text
        self.layer = layer
    }

    /// The digest of the text's bytes.
    public var digest: Digest { Digest(of: text) }

    /// The digest that stands for a set of files in ``AuditModel/AuditRun/policySet`` and
    /// ``AuditModel/AuditRun/waiverSet``: that of the JSON list of their names, digests
    /// and, above 0, layers; by layer and name.
    public static func setDigest(of texts: [PolicyText]) -> Digest { Digest(of: members(of: texts)) }

    static func members(of texts: [PolicyText]) -> SettingValue {
        let sorted = texts.map { (text: $0, digest: $0.digest) }.sorted { left, right in
            if left.text.layer != right.text.layer { return left.text.layer < right.text.layer }
            return left.text.name.isIdentical(to: right.text.name)
                ? left.digest < right.digest : left.text.name.precedesInUTF16(right.text.name)
        }
        return .array(
            sorted.map { member in
                var object = SettingObject()
                object["digest"] = .string(member.digest.hex)
                if member.text.layer > 0 { object["layer"] = .integer(Int64(member.text.layer)) }
                object["name"] = .string(member.text.name)
                return .object(object)
            })
    }
}

extension SnapshotStore {
    /// Stores the files that a run is judged by, each text once.
    ///
    /// - Returns: ``PolicyText/setDigest(of:)``.
    public func save(_ texts: [PolicyText]) throws(StoreError) -> Digest {
        let members = PolicyText.members(of: texts)
        let set = Digest(of: members)
        let isKnown = try reading { db in
            try db.first("SELECT 1 FROM policy_set WHERE digest = ?", .bytes(set.bytes)) { _ in true }
        }
        if isKnown == true { return set }
        try writing(durable: true) { db in
            for text in texts {
                try db.run(
                    "INSERT INTO policy_text (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    .bytes(text.digest.bytes), .text(text.text))
            }
            try db.run(
                "INSERT INTO policy_set (digest, members) VALUES (?, ?) ON CONFLICT DO NOTHING", .bytes(set.bytes),
                .text(CanonicalJSON.text(of: members)))
        }
        return set
    }

    /// The files of a set, by name, with their digests checked; nil where the set is not stored.
    public func policyTexts(ofSet set: Digest) throws(StoreError) -> [PolicyText]? {
        try reading { db in
            let sql = "SELECT members FROM policy_set WHERE digest = ?"
            guard let members = try db.first(sql, .bytes(set.bytes), read: { $0.bytes(0) }) else { return nil }
            guard Digest(of: members) == set else {
                throw StoreError.digestMismatch(what: "a policy set", stored: set, computed: Digest(of: members))
            }
            return try (JSONReader.value(of: members).arrayValue ?? []).map { member in
                let name = member["name"]?.stringValue ?? ""
                guard let digest = member["digest"]?.stringValue.flatMap(Digest.init(hex:)),
                    let text = try db.first(
                        "SELECT text FROM policy_text WHERE digest = ?", .bytes(digest.bytes), read: { $0.text(0) })
                else { throw StoreError.inconsistent("the text of the policy \(name) is not stored") }
                let policy = PolicyText(
                    name: name, text: text, layer: member["layer"]?.integerValue.map { Int($0) } ?? 0)
                guard policy.digest == digest else {
                    throw StoreError.digestMismatch(what: "the policy \(name)", stored: digest, computed: policy.digest)
                }
                return policy
            }
        }
    }
}
