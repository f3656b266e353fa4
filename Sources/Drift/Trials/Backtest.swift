public import AuditModel

/// What rules would have said over some nights, had they been there: filled client by client.
///
/// A night in which a client could not be judged is unknown; nothing is carried over from the night before. A client counts
/// in the nights in which it was on the roster, and in no other.
public struct Backtest: Sendable {
    /// What one rule would have said.
    public struct Rule: Sendable, Hashable {
        /// Its id.
        public var ruleID: String
        /// The first night in which it fails for anyone; nil where it never does.
        public var firstFailure: Int?
        /// The clients that fail it in that night, by id.
        public var firstClients: [Client.ID] = []
        /// How often each verdict was given, over all nights and clients.
        public var counts = VerdictCounts()
        /// How often each verdict was given in the last night.
        public var lastNight = VerdictCounts()
        /// In how many nights at least one client fails.
        public var failingNights = 0
        /// In how many nights at least one client is unknown.
        public var unknownNights = 0
        /// How many clients fail in at least one night.
        public var failingClients = 0
        /// How often a client came back to failing, over all clients; see ``VerdictHistory/flaps``.
        public var flaps = 0
        /// How many clients come back to failing at least once.
        public var flappingClients = 0

        /// Whether the rule passes or fails for anyone in any night; one that does not has said nothing, which is no
        /// assurance.
        public var judgesAnyone: Bool { counts.pass + counts.fail > 0 }
    }

    /// One client's history under one rule.
    public struct Detail: Sendable, Hashable {
        /// The client.
        public var client: Client.ID
        /// The rule.
        public var ruleID: String
        /// What it says, night by night.
        public var history: VerdictHistory
    }

    private let nights: Int
    private let keepsDetails: @Sendable (Client.ID, VerdictHistory) -> Bool
    private var accumulators: [Accumulator]
    /// The histories that were to be kept, by client in the order they were added, then by rule.
    public private(set) var details: [Detail] = []
    /// How many clients were added that were on a roster at all.
    public private(set) var clientCount = 0

    /// Starts with nothing judged.
    ///
    /// - Parameters:
    ///   - ruleIDs: the rules, in the order of the verdicts.
    ///   - nights: how many nights are looked at.
    ///   - keepsDetails: whose histories are kept one by one; a large fleet has more of them than memory should hold.
    public init(
        ruleIDs: [String], nights: Int,
        keepsDetails: @escaping @Sendable (Client.ID, VerdictHistory) -> Bool = { _, _ in false }
    ) {
        self.nights = nights
        self.keepsDetails = keepsDetails
        accumulators = ruleIDs.map { Accumulator(ruleID: $0, nights: nights) }
    }

    /// Adds one client's nights, which are in order.
    public mutating func add(_ client: Client.ID, _ stretches: [VerdictStretch]) {
        guard !stretches.isEmpty else { return }
        clientCount += 1
        for index in accumulators.indices {
            let history = accumulators[index].add(client, stretches, at: index, lastNight: nights - 1)
            if keepsDetails(client, history) {
                details.append(Detail(client: client, ruleID: accumulators[index].rule.ruleID, history: history))
            }
        }
    }

    /// What each rule would have said, in the order of the rules.
    public var rules: [Rule] { accumulators.map(\.finished) }
}

/// One rule's figures as they grow.
private struct Accumulator {
    var rule: Backtest.Rule
    private var failsInNight: [Bool]
    private var isUnknownInNight: [Bool]

    init(ruleID: String, nights: Int) {
        rule = Backtest.Rule(ruleID: ruleID)
        failsInNight = Array(repeating: false, count: nights)
        isUnknownInNight = failsInNight
    }

    mutating func add(
        _ client: Client.ID, _ stretches: [VerdictStretch], at index: Int, lastNight: Int
    ) -> VerdictHistory {
        var history = VerdictHistory()
        for stretch in stretches {
            let verdict = stretch.verdicts[index]
            history.add(verdict, nights: stretch.nights)
            rule.counts.add(verdict, times: stretch.nights.count)
            if stretch.nights.contains(lastNight) { rule.lastNight.add(verdict) }
            switch verdict {
            case .fail: for night in stretch.nights { failsInNight[night] = true }
            case .unknown: for night in stretch.nights { isUnknownInNight[night] = true }
            case .pass, .notApplicable: break
            }
        }
        if let first = history.firstFailure {
            rule.failingClients += 1
            if first < rule.firstFailure ?? .max {
                rule.firstFailure = first
                rule.firstClients = [client]
            } else if first == rule.firstFailure {
                rule.firstClients.append(client)
            }
        }
        rule.flaps += history.flaps
        if history.flaps > 0 { rule.flappingClients += 1 }
        return history
    }

    var finished: Backtest.Rule {
        var rule = rule
        rule.firstClients.sort()
        rule.failingNights = failsInNight.count { $0 }
        rule.unknownNights = isUnknownInNight.count { $0 }
        return rule
    }
}
