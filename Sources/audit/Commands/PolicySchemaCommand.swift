import ArgumentParser
import AuditModel
import Policies

extension PolicyCommand {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the JSON Schema of a kind of file.",
            discussion: """
                Editors complete and check a file by its schema (draft 2020-12), whose place its first line names:

                  # yaml-language-server: $schema=schemas/policy.schema.json

                The schemas are under share/audit/policies/schemas after 'make install'. What a schema cannot say, 'audit policy \
                check' does; docs/policy-language.md lists it.

                Example: audit policy schema policy > policies/schemas/policy.schema.json
                """)

        @Argument(help: "\(SchemaName.allCases.map(\.rawValue).joined(separator: ", ")).")
        var name: SchemaName

        func run() throws { Console.result(PrettyJSON.text(of: name.schema)) }
    }
}

/// The kinds of files that have a schema.
enum SchemaName: String, CaseIterable, ExpressibleByArgument {
    case policy
    case policyTests = "policy-tests"
    case waivers
    case configuration = "audit-config"

    var schema: SettingValue {
        switch self {
        case .policy: FileSchema.policy
        case .policyTests: FileSchema.policyTests
        case .waivers: FileSchema.waivers
        case .configuration: ConfigurationKeys.schema
        }
    }
}
