public import AuditModel

/// What a store has, as far as every page needs it.
public struct StoreState: Sendable, Hashable {
    /// Names the content: another one as soon as a run has begun, was sealed or was removed.
    public var mark: String
    /// The zone that days are told in, by its IANA name.
    public var timeZone: String
    /// Today in that zone.
    public var today: CalendarDay
    /// The environments that have runs, by name.
    public var environments: [EnvironmentState]

    /// Joins the parts.
    public init(mark: String, timeZone: String, today: CalendarDay, environments: [EnvironmentState]) {
        self.mark = mark
        self.timeZone = timeZone
        self.today = today
        self.environments = environments
    }

    /// A run by its whole id, with its day.
    func run(_ id: String) -> DatedRun? {
        for environment in environments {
            if let run = environment.runs.first(where: { $0.run.id.rawValue == id }) { return run }
        }
        return nil
    }

    /// An environment by its name.
    func environment(_ name: String) -> EnvironmentState? {
        environments.first { $0.name.rawValue.isIdentical(to: name) }
    }

    /// Whether anything here is of the emulator.
    var isSynthetic: Bool { environments.contains(where: \.isSynthetic) }
}

/// The runs of one environment.
public struct EnvironmentState: Sendable, Hashable {
    /// The environment.
    public var name: EnvironmentName
    /// All runs by start, open ones included; one or more.
    public var runs: [DatedRun]

    /// Joins the two.
    public init(name: EnvironmentName, runs: [DatedRun]) {
        self.name = name
        self.runs = runs
    }

    /// The latest sealed run.
    var latest: DatedRun? { runs.last { $0.run.state.isSealed } }
    /// The latest sealed run that judged.
    var latestJudged: DatedRun? { runs.last { $0.run.state.isSealed && $0.run.kind == .full } }
    /// The latest run that got everything.
    var lastComplete: DatedRun? { runs.last { $0.run.state == .complete } }
    /// What a page about the present is of: the latest that judged, else the latest.
    var present: DatedRun? { latestJudged ?? latest }
    /// Whether a run is of the emulator.
    var isSynthetic: Bool { runs.contains(where: \.run.isSynthetic) }
}

/// A run with the day of its start.
public struct DatedRun: Sendable, Hashable {
    /// The run.
    public var run: AuditRun
    /// The day of its start.
    public var day: CalendarDay

    /// Joins the two.
    public init(run: AuditRun, day: CalendarDay) {
        self.run = run
        self.day = day
    }
}
