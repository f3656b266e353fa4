public import AuditModel

/// Something about a waiver that the file alone does not show: it needs the rules, the roster or the day.
public struct WaiverProblem: Sendable, Hashable {
    /// In which way.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A bare number that several environments have: it is not known whom it means.
        case ambiguousClient
        /// A rule that no policy has.
        case unknownRule
        /// A client that is on no roster.
        case unknownClient
        /// A scope that matches no client.
        case emptyScope
        /// Another waiver covers the same rule and client on the same day.
        case overlapping
        /// Its last day has passed.
        case expired
        /// Its last day is at most fourteen days away.
        case endingSoon
        /// It is in force and lies over no failure.
        case unused

        /// Whether nothing may be judged before it is mended.
        public var isError: Bool { self == .ambiguousClient }
        /// Whether it asks for work now; an end that is near does not yet.
        public var isFinding: Bool { self != .endingSoon }
    }

    /// In which way.
    public var kind: Kind
    /// The waiver's id.
    public var waiverID: String
    /// What it is about and how to mend it, with a full stop.
    public var sentence: String
    /// The same with its place in the file.
    public var diagnostic: Diagnostic
}

extension WaiverSet {
    /// How many days before its end a waiver is said to end soon.
    public static let warningDays = 14

    /// What is wrong with the waivers, by place; ``WaiverProblem/Kind/unused`` is found by ``unused(on:used:concerning:)``.
    ///
    /// - Parameters:
    ///   - rules: the ids of all rules; nil where they are not known.
    ///   - clients: the clients in service; empty where they are not known.
    ///   - areAll: whether these are the clients of all environments; else only what names one of theirs is judged.
    ///   - day: today.
    public func problems(
        rules: Set<String>?, clients: [Client], areAll: Bool, on day: CalendarDay
    ) -> [WaiverProblem] {
        var problems: [WaiverProblem] = []
        for waiver in waivers {
            if let rules { problems += unknownRules(of: waiver, among: rules) }
            if !clients.isEmpty { problems += strangers(of: waiver, among: clients, areAll: areAll) }
            let left = waiver.daysLeft(on: day)
            if left < 0 {
                problems.append(
                    problem(
                        .expired, waiver, at: waiver.expiresPlace,
                        "has ended: its last day was \(waiver.expires); renew it or take it out"))
            } else if left <= Self.warningDays, waiver.isInForce(on: day) {
                let days = left == 0 ? "today is its last day" : "\(left) day\(left == 1 ? " is" : "s are") left"
                problems.append(
                    problem(
                        .endingSoon, waiver, at: waiver.expiresPlace, "ends on \(waiver.expires), \(days)"))
            }
        }
        return (problems + overlaps(clients)).sorted {
            $0.diagnostic == $1.diagnostic ? $0.waiverID < $1.waiverID : $0.diagnostic < $1.diagnostic
        }
    }

    /// The waivers that are in force on a day, concern one of some clients, and lie over none of their failures.
    ///
    /// - Parameter used: the ids of those that do.
    public func unused(on day: CalendarDay, used: Set<String>, concerning clients: [Client]) -> [WaiverProblem] {
        waivers.filter { waiver in
            waiver.isInForce(on: day) && !used.contains(waiver.id) && clients.contains(where: waiver.concerns)
        }.map { waiver in
            problem(
                .unused, waiver, at: waiver.place,
                "lies over no failure: what it excuses is mended, or its 'while' no longer fits; take it out or adapt it"
            )
        }
    }

    private func unknownRules(of waiver: Waiver, among rules: Set<String>) -> [WaiverProblem] {
        waiver.rules.filter { !rules.contains($0.id) }.map { rule in
            problem(
                .unknownRule, waiver, at: rule.place, "names the rule \(rule.id), which no policy has",
                suggestion: NearestName.to(rule.id, among: rules.sorted()))
        }
    }

    private func strangers(
        of waiver: Waiver, among clients: [Client], areAll: Bool
    ) -> [WaiverProblem] {
        switch waiver.subject {
        case .scope(let scope, let place):
            guard areAll, !clients.contains(where: scope.matches) else { return [] }
            return [problem(.emptyScope, waiver, at: place, "has a scope that matches no client")]
        case .clients(let references):
            return references.compactMap { reference, place in
                let meant = clients.filter { reference.matches($0.id) }
                if reference.environment == nil, meant.count > 1 {
                    let names = meant.map(\.id.description).sorted().joined(separator: " or ")
                    return problem(
                        .ambiguousClient, waiver, at: place,
                        "names client \(reference), which several environments have; write \(names)")
                }
                let isTheirs = areAll || clients.contains { $0.id.environment == reference.environment }
                guard meant.isEmpty, isTheirs else { return nil }
                return problem(
                    .unknownClient, waiver, at: place, "names client \(reference), which is not on the roster",
                    suggestion: clients.first { $0.id.number == reference.number }?.id.description)
            }
        }
    }

    /// Pairs of waivers with a rule, a day and a client in common. Where no client is known, the same words count.
    private func overlaps(_ clients: [Client]) -> [WaiverProblem] {
        var problems: [WaiverProblem] = []
        for (index, later) in waivers.enumerated() {
            for earlier in waivers[..<index] where earlier.from <= later.expires && later.from <= earlier.expires {
                let shared = later.rules.filter { earlier.covers($0.id) }
                guard let rule = shared.first else { continue }
                let client = clients.first { earlier.concerns($0) && later.concerns($0) }
                let isSame = client != nil || earlier.subjectText.isIdentical(to: later.subjectText)
                guard isSame else { continue }
                problems.append(
                    problem(
                        .overlapping, later, at: rule.place,
                        "overlaps with waiver \(earlier.id): both cover \(rule.id)"
                            + (client.map { " for \($0.id)" } ?? "")
                            + "; keep one, so that it is plain which end counts"))
            }
        }
        return problems
    }

    private func problem(
        _ kind: WaiverProblem.Kind, _ waiver: Waiver, at place: SourcePlace, _ words: String,
        suggestion: String? = nil
    ) -> WaiverProblem {
        let text = "waiver \(waiver.id) " + words
        let source = sources[waiver.file] ?? SourceText(name: waiver.file, bytes: [])
        let hint = suggestion.map { " Did you mean '\($0)'?" } ?? ""
        return WaiverProblem(
            kind: kind, waiverID: waiver.id, sentence: "W" + text.dropFirst() + "." + hint,
            diagnostic: source.diagnostic(kind.isError ? .error : .warning, at: place, text, suggestion: suggestion))
    }
}
