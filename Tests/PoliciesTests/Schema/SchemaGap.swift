import AuditTestSupport
import Foundation
import Policies
import Testing

/// What a loader refuses and no schema can: each is listed in the guide.
enum SchemaGap: String, CaseIterable {
    case unknownName = "A parameter, scope, rule or policy that is not there"
    case unlikeParameter = "A parameter's value of a type that does not fit where its `$name` stands"
    case taken = "An id or name that another policy, rule, waiver or case has"
    case expression = "A mistake inside a CEL text or a regular expression"
    case order = "`between` with the larger number first, and a waiver that ends before it begins"
    case absentInBase = "A case that changes what the base does not have"
    case noSuchKey = "A key that stands twice in one map, and YAML that cannot be read at all"
    case uselessOverride = "An override that breaks a rule"

    /// What the sentences that tell it look like.
    private var sentences: [String] {
        switch self {
        case .unknownName: ["^unknown (parameter|scope|rule|policy) '"]
        case .unlikeParameter:
            [
                ", which is ", "^'between' must be a list of two numbers, and is \\[.*\\]$",
                "^parameter '.*' cannot be set to ", "is a list and cannot stand inside a list",
            ]
        case .taken: ["is taken (at|by) ", "^another case is named"]
        case .expression: [", in (a rule|rule |waiver |a waiver)", "^this is no regular expression"]
        case .order: ["^nothing is between", "before it begins"]
        case .absentInBase: ["^the base has nothing at"]
        case .noSuchKey: ["stands here again", "^this is not YAML"]
        case .uselessOverride: ["^with these values rule", "already, in the same layer"]
        }
    }

    func explains(_ error: Diagnostic) -> Bool {
        sentences.contains { error.message.range(of: $0, options: .regularExpression) != nil }
    }

    /// A file that the loader refuses for this alone.
    fileprivate var example: (kind: SchemaKind, text: String) {
        func rule(_ check: String, _ more: String = "") -> String {
            "policy: {id: p, title: P, version: '1'}\nparams: {word: x}\nrules:\n  - {id: A, title: A, check: \(check)}\n\(more)"
        }
        let waiver = "{id: W, rule: A, clients: [1], reason: r, owner: o, approver: a, from: 2026-02-01, expires: "
        let tests =
            "base: {client: {id: 1}}\ncases:\n  - {name: n, set: {internal.maxDailyAttempts: 1}, expect: {A: pass}}\n"
        return switch self {
        case .unknownName: (.policy, rule("{internal.maxDailyAttempts: $other}"))
        case .unlikeParameter: (.policy, rule("{internal.maxDailyAttempts: $word}"))
        case .taken: (.waivers, "waivers:\n  - \(waiver)2026-03-01}\n  - \(waiver)2026-03-01}\n")
        case .expression: (.policy, rule("{cel: 'settings.displayName =='}"))
        case .order: (.waivers, "waivers:\n  - \(waiver)2026-01-01}\n")
        case .absentInBase: (.policyTests, tests)
        case .noSuchKey: (.policy, rule("{internal.maxDailyAttempts: 1}", "params: {}\n"))
        case .uselessOverride:
            (
                .policy,
                rule("{settings.displayName: {matches: $word}}", "override: [{rule: A, params: {word: '('}}]\n")
            )
        }
    }

    struct Tests {
        @Test(arguments: SchemaGap.allCases)
        func `what a schema cannot say is told by the loader, and the guide says so`(
            gap: SchemaGap
        ) throws {
            let (kind, text) = gap.example
            let set = PolicyLoader.load([
                PolicyFile(
                    name: "p", text: policyText("  - {id: A, title: A, check: {internal.maxDailyAttempts: 1}}\n"))
            ]).policySet
            let errors = kind.errors(in: text, for: set)
            #expect(!errors.isEmpty && errors.allSatisfy(gap.explains), "\(errors.map(\.message))")
            if gap != .noSuchKey { #expect(kind.schema.problems(of: try document(of: text)).isEmpty) }
            let guide = try String(contentsOf: packageRoot.appending(path: "docs/policy-language.md"), encoding: .utf8)
            #expect(guide.contains("- \(gap.rawValue)"))
        }
    }
}
