import AuditModel
import Foundation
import Policies
import Testing

/// A policy of these rules (YAML, indented by two), with a head that is never wrong.
func policyText(_ rules: String, head: String = "") -> String {
    "policy: {id: p, title: P, version: '1'}\n\(head)rules:\n\(rules)"
}

func load(_ rules: String, head: String = "") -> PolicyLoader.Loaded {
    PolicyLoader.load([PolicyFile(name: "p.yaml", text: policyText(rules, head: head))])
}

func policySet(_ rules: String, head: String = "") throws -> PolicySet {
    let loaded = load(rules, head: head)
    return try #require(
        loaded.policySet, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
}

/// A set of one rule `R` with this check (flow YAML).
func ruleSet(check: String, when: String? = nil, extra: String = "", head: String = "") throws -> PolicySet {
    let condition = when.map { ", when: \($0)" } ?? ""
    return try policySet("  - {id: R, title: T, check: \(check)\(condition)\(extra)}\n", head: head)
}

extension Snapshot {
    /// A client whose groups are these JSON texts; a group without one was not captured.
    static func of(
        _ groups: [SettingsGroup: String], labels: [String: String] = [:], notCollected: Set<SettingsGroup> = [],
        id: Int = 4199
    ) throws -> Snapshot {
        let contents = try PerGroup<GroupContent> { group in
            if notCollected.contains(group) { return .notCollected(.countriesOfAnotherClient) }
            guard let text = groups[group] else { return .failure(CaptureFailure(.timedOut)) }
            let body = try JSONReader.value(of: text)
            return .document(body, Digest(of: body))
        }
        return Snapshot(
            client: Client(
                id: Client.ID(environment: EnvironmentName("na3"), number: id), code: "ACME", labels: labels),
            groups: contents)
    }
}

/// The result of the one rule of ``ruleSet(check:when:extra:head:)``.
func result(
    check: String, when: String? = nil, extra: String = "", head: String = "", for snapshot: Snapshot
) throws -> RuleResult {
    let set = try ruleSet(check: check, when: when, extra: extra, head: head)
    return try #require(set.results(for: snapshot).first)
}
