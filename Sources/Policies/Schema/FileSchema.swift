public import AuditModel

/// The JSON Schemas (draft 2020-12) of the files that this target reads, for editors that complete and check them.
///
/// They are made of the same tables as the loaders. What a schema cannot say is told by the loaders alone: names that
/// stand elsewhere (parameters, scopes, rules), the order of two numbers, expressions, and whatever several files share.
public enum FileSchema {
    /// The schema of a policy file.
    public static let policy = document(
        "policy", PolicyKeys.file, title: "A policy of audit",
        "Rules that clients' settings must satisfy, and changes to other files' rules.",
        definitions: ConditionSchema(allowsParameters: true).definitions)

    /// The schema of a file of test cases.
    public static let policyTests = document(
        "policy-tests", PolicyTestsKeys.file, title: "Test cases of a policy of audit",
        "A client that passes, changes to it, and the verdicts that must come of them.",
        definitions: ConditionSchema(allowsParameters: false).definitions)

    /// The schema of a waiver file.
    public static let waivers = document(
        "waivers", WaiverKeys.file, title: "Waivers of audit",
        "Dated exceptions: rules whose failures are accepted for some clients until a day.",
        definitions: ConditionSchema(allowsParameters: false).definitions)

    /// A schema with its head.
    ///
    /// - Parameters:
    ///   - name: the last part of its `$id`, a URN: the schema has no address that an editor would have to fetch.
    ///   - table: the keys at the top level.
    public static func document(
        _ name: String, _ table: KeyTable, title: String, _ meaning: String,
        definitions: [String: SchemaDocument] = [:]
    ) -> SchemaDocument {
        var head: SchemaDocument = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string("urn:audit:schema:\(name):1"),
            "title": .string(title), "description": .string(meaning),
        ]
        if !definitions.isEmpty {
            let members = definitions.map { SettingObject.Member(key: $0.key, value: $0.value) }
            head = head.with(["$defs": .object(SettingObject(members))])
        }
        return table.schema.with(head)
    }
}
