public import AuditModel

/// What the pages are made of: the questions that they ask of stored runs. The program answers them over a store.
///
/// Every method blocks while it reads and may be called from any thread; none is called on an event loop. What it throws
/// besides a ``DashboardProblem`` is told as "the store cannot be read".
public protocol DashboardSource: Sendable {
    /// The present.
    func now() -> Timestamp

    /// What the store has; cheap, since every request asks for it.
    func state() throws -> StoreState

    /// All that is told of one run.
    func report(of run: AuditRun) throws -> AuditReport

    /// The run of an environment that a text stands for: a date, `latest`, `previous`, or the beginning of an id.
    ///
    /// - Throws: ``DashboardProblem/notFound(_:)`` where it stands for none, ``DashboardProblem/notUnderstood(_:)`` where
    ///   it stands for several.
    func run(named text: String, in environment: EnvironmentState) throws -> AuditRun

    /// How verdicts came out night by night, oldest first: the sealed runs that judged.
    func trend(of environment: EnvironmentName) throws -> [TrendPoint]

    /// Since when a rule fails for clients that it fails for in the latest run that judged; other clients are left out.
    func spells(of ruleID: String, in environment: EnvironmentName) throws -> [Client.ID: FailureSpell]

    /// What made these failures begin, by client: as the runs around the beginning recorded it.
    func causes(of ruleID: String, for spells: [Client.ID: FailureSpell]) throws -> [Client.ID: FailureCause]

    /// When the settings of a client changed.
    ///
    /// - Parameter path: the setting that is told even where it never changed, alone; nil for all that ever changed.
    /// - Throws: ``DashboardProblem/notFound(_:)`` for a client of no sealed run.
    func history(of client: Client.ID, path: SettingPath?) throws -> ClientHistory

    /// The settings of a client in the latest sealed run, leaf by leaf, by path.
    func settings(of client: Client.ID) throws -> [CurrentSetting]

    /// What differs between two dates, run ids or words.
    ///
    /// - Throws: ``DashboardProblem/notUnderstood(_:)`` for dates that stand for no run, or are the wrong way round.
    func difference(_ question: DiffQuestion) throws -> DiffReport

    /// The waivers that the latest judged run of an environment recorded, the next to end first.
    func waivers(of environment: EnvironmentName) throws -> [WaiverEntry]
}

/// Why a page cannot be shown, with the sentence that it shows instead.
public enum DashboardProblem: Error, Sendable, Hashable {
    /// There is no such run, client, rule or setting.
    case notFound(String)
    /// The question makes no sense: a date that does not exist, two dates the wrong way round.
    case notUnderstood(String)
    /// The store cannot be read at present.
    case unavailable(String)
}

/// A question about two dates.
public struct DiffQuestion: Sendable, Hashable {
    /// The environment.
    public var environment: EnvironmentName
    /// The earlier side: a date, a run id, `latest` or `previous`.
    public var from: String
    /// The later side.
    public var to: String
    /// One client, by number, code or `environment/number`; nil for all.
    public var client: String?
    /// One group; nil for all.
    public var group: SettingsGroup?

    /// Joins the parts.
    public init(
        environment: EnvironmentName, from: String, to: String, client: String? = nil, group: SettingsGroup? = nil
    ) {
        self.environment = environment
        self.from = from
        self.to = to
        self.client = client
        self.group = group
    }
}
