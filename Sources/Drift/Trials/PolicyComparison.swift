public import AuditModel

/// Which verdicts two policy sets differ in, over some nights: filled client by client.
///
/// What differs in the texts alone is no difference here. A rule that only one set has is told apart, with what it says.
public struct PolicyComparison: Sendable {
    /// One verdict of the last night that the two sets differ in.
    public struct Difference: Sendable, Hashable {
        /// The client.
        public var client: Client.ID
        /// The rule.
        public var ruleID: String
        /// The verdict under the old set.
        public var before: Verdict
        /// The verdict under the new set.
        public var after: Verdict
    }

    /// One way in which a rule's verdicts move, over all nights and clients.
    public struct Shift: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// The verdict under the old set.
        public var before: Verdict
        /// The verdict under the new set.
        public var after: Verdict
        /// Over how many nights × clients.
        public var clientNights: Int
        /// In how many nights for at least one client.
        public var nights: Int
        /// For how many clients in at least one night.
        public var clients: Int
        /// The first night.
        public var firstNight: Int
        /// The last night.
        public var lastNight: Int
    }

    /// A rule that only one set has, with how often it gives each verdict.
    public struct LoneRule: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// Over all nights and clients.
        public var counts: VerdictCounts
        /// In the last night.
        public var lastNight: VerdictCounts
    }

    private struct ShiftKey: Hashable {
        var rule: Int
        var before: Verdict
        var after: Verdict
    }

    private struct ShiftTally {
        var clientNights = 0
        var clients = 0
        var isInNight: [Bool]
    }

    private struct Lone {
        var rule: LoneRule
        var place: Int
        var isAdded: Bool
    }

    /// The rules that both sets have, by id, with their places among the verdicts.
    private let shared: [(ruleID: String, before: Int, after: Int)]
    private var lone: [Lone]
    private let nights: Int
    private var tallies: [ShiftKey: ShiftTally] = [:]
    /// What differs in the last night, by client in the order they were added, then by rule.
    public private(set) var differences: [Difference] = []
    /// How many clients were added that were on a roster at all.
    public private(set) var clientCount = 0

    /// Starts with nothing compared.
    ///
    /// - Parameters:
    ///   - before: the rules of the old set, in the order of its verdicts.
    ///   - after: those of the new set.
    ///   - nights: how many nights are looked at.
    public init(before: [String], after: [String], nights: Int) {
        self.nights = nights
        let later = Dictionary(after.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { one, _ in one })
        let earlier = Set(before)
        shared = before.enumerated().compactMap { place, ruleID in
            later[ruleID].map { (ruleID, place, before.count + $0) }
        }.sorted { $0.0.precedesInUTF16($1.0) }
        func lone(_ ruleID: String, _ place: Int, isAdded: Bool) -> Lone {
            let rule = LoneRule(ruleID: ruleID, counts: VerdictCounts(), lastNight: VerdictCounts())
            return Lone(rule: rule, place: place, isAdded: isAdded)
        }
        let retired = before.enumerated().filter { later[$0.element] == nil }
        let added = after.enumerated().filter { !earlier.contains($0.element) }
        self.lone =
            retired.map { lone($0.element, $0.offset, isAdded: false) }
            + added.map { lone($0.element, before.count + $0.offset, isAdded: true) }
    }

    /// Adds one client's nights, which are in order; each stretch has the verdicts of the old set, then of the new one.
    public mutating func add(_ client: Client.ID, _ stretches: [VerdictStretch]) {
        guard !stretches.isEmpty else { return }
        clientCount += 1
        var touched: Set<ShiftKey> = []
        for stretch in stretches {
            let isLast = stretch.nights.contains(nights - 1)
            for (index, rule) in shared.enumerated() {
                let (before, after) = (stretch.verdicts[rule.before], stretch.verdicts[rule.after])
                guard before != after else { continue }
                let key = ShiftKey(rule: index, before: before, after: after)
                var tally = tallies[key] ?? ShiftTally(isInNight: Array(repeating: false, count: nights))
                tallies[key] = nil  // so that the list is changed in place
                tally.clientNights += stretch.nights.count
                if touched.insert(key).inserted { tally.clients += 1 }
                for night in stretch.nights { tally.isInNight[night] = true }
                tallies[key] = tally
                if isLast {
                    differences.append(
                        Difference(client: client, ruleID: rule.ruleID, before: before, after: after))
                }
            }
            for index in lone.indices {
                let verdict = stretch.verdicts[lone[index].place]
                lone[index].rule.counts.add(verdict, times: stretch.nights.count)
                if isLast { lone[index].rule.lastNight.add(verdict) }
            }
        }
    }

    /// The rules that both sets have, by id.
    public var sharedRules: [String] { shared.map(\.ruleID) }
    /// The rules that only the new set has, by id.
    public var addedRules: [LoneRule] { loneRules(isAdded: true) }
    /// The rules that only the old set has, by id.
    public var retiredRules: [LoneRule] { loneRules(isAdded: false) }

    /// How verdicts move over all nights: by rule, then by the verdict before and after.
    public var shifts: [Shift] {
        tallies.compactMap { key, tally in
            guard let first = tally.isInNight.firstIndex(of: true), let last = tally.isInNight.lastIndex(of: true)
            else { return nil }
            return Shift(
                ruleID: shared[key.rule].ruleID, before: key.before, after: key.after,
                clientNights: tally.clientNights, nights: tally.isInNight.count { $0 }, clients: tally.clients,
                firstNight: first, lastNight: last)
        }.sorted { left, right in
            if !left.ruleID.isIdentical(to: right.ruleID) { return left.ruleID.precedesInUTF16(right.ruleID) }
            return (left.before.rawValue, left.after.rawValue) < (right.before.rawValue, right.after.rawValue)
        }
    }

    private func loneRules(isAdded: Bool) -> [LoneRule] {
        lone.filter { $0.isAdded == isAdded }.map(\.rule).sorted { $0.ruleID.precedesInUTF16($1.ruleID) }
    }
}
