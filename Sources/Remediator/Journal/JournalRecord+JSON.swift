public import AuditModel

extension JournalRecord {
    /// The record as JSON; its canonical text is the line.
    public var json: SettingValue {
        var object = SettingObject([
            .init(key: "number", value: .integer(Int64(number))), .init(key: "previous", value: .string(previous.hex)),
            .init(key: "at", value: .string(at.rfc3339)), .init(key: "event", value: .string(event.name)),
        ])
        object["plan"] = plan.map { SettingValue.string($0.hex) }
        for member in event.members { object[member.0] = member.1 }
        return .object(object)
    }

    /// The record as its line, without the line feed.
    var line: [UInt8] { CanonicalJSON.bytes(of: json) }

    /// Reads a line; nil for what no record writes.
    init?(line: [UInt8]) {
        guard let json = try? JSONReader.value(of: line), let number = json["number"]?.integerValue,
            let previous = json["previous"]?.stringValue.flatMap({ Digest(hex: $0) }),
            let at = json["at"]?.stringValue.flatMap({ Timestamp(rfc3339: $0) }), let event = JournalEvent(json)
        else { return nil }
        self.init(
            number: Int(number), previous: previous, at: at,
            plan: json["plan"]?.stringValue.flatMap { Digest(hex: $0) }, event: event)
        guard self.line == line else { return nil }
    }
}

extension JournalEvent {
    /// The event's name, as the journal and lists have it.
    public var name: String {
        switch self {
        case .began: "began"
        case .intent: "intent"
        case .accepted: "accepted"
        case .failed: "failed"
        case .settled: "settled"
        case .ended: "ended"
        case .unread: "unread"
        case .mended: "mended"
        }
    }

    fileprivate var members: [(String, SettingValue)] {
        switch self {
        case .began(let beginning):
            [
                ("client", .string(beginning.client)), ("baseURL", .string(beginning.baseURL)),
                ("by", .string(beginning.by)), ("process", .string(beginning.process)),
                ("pool", Self.list(beginning.pool)),
                ("defaultVoice", beginning.defaultVoice.map { SettingValue.integer(Int64($0)) } ?? .null),
                ("forced", .bool(beginning.isForced)), ("toolVersion", .string(beginning.toolVersion)),
            ]
        case .intent(let write, let planned, let request):
            [
                ("write", .integer(Int64(write))), ("do", .string(planned.kind.rawValue)),
                ("voice", .integer(Int64(planned.voice))), ("request", .string(request)),
            ]
        case .accepted(let write): [("write", .integer(Int64(write)))]
        case .failed(let write, let failure): [("write", .integer(Int64(write)))] + Self.members(of: failure)
        case .settled(let write, let tookEffect):
            [("write", .integer(Int64(write))), ("tookEffect", .bool(tookEffect))]
        case .ended(let ending, let pool): [("result", .string(ending.rawValue)), ("pool", Self.list(pool))]
        case .unread(let failure): Self.members(of: failure)
        case .mended(let count): [("droppedBytes", .integer(Int64(count)))]
        }
    }

    fileprivate init?(_ json: SettingValue) {
        func write() -> Int? { json["write"]?.integerValue.map { Int($0) } }
        func pool() -> [Int] { (json["pool"]?.arrayValue ?? []).compactMap { $0.integerValue.map { Int($0) } } }
        func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
        switch text("event") {
        case "began":
            self = .began(
                Beginning(
                    client: text("client"), baseURL: text("baseURL"), by: text("by"), process: text("process"),
                    pool: pool(), defaultVoice: json["defaultVoice"]?.integerValue.map { Int($0) },
                    isForced: json["forced"] == true, toolVersion: text("toolVersion")))
        case "intent":
            guard let write = write(), let kind = PlannedWrite.Kind(rawValue: text("do")),
                let voice = json["voice"]?.integerValue
            else { return nil }
            self = .intent(write: write, PlannedWrite(kind, Int(voice)), request: text("request"))
        case "accepted":
            guard let write = write() else { return nil }
            self = .accepted(write: write)
        case "failed":
            guard let write = write(), let failure = Self.failure(json) else { return nil }
            self = .failed(write: write, failure)
        case "settled":
            guard let write = write(), case .bool(let tookEffect)? = json["tookEffect"] else { return nil }
            self = .settled(write: write, tookEffect: tookEffect)
        case "ended":
            guard let ending = Ending(rawValue: text("result")) else { return nil }
            self = .ended(ending, pool: pool())
        case "unread":
            guard let failure = Self.failure(json) else { return nil }
            self = .unread(failure)
        case "mended":
            guard let count = json["droppedBytes"]?.integerValue else { return nil }
            self = .mended(droppedBytes: Int(count))
        default: return nil
        }
    }

    private static func list(_ pool: [Int]) -> SettingValue { .array(pool.map { .integer(Int64($0)) }) }

    private static func members(of failure: CaptureFailure) -> [(String, SettingValue)] {
        [
            ("reason", .string(failure.reason.rawValue)),
            ("status", failure.status.map { SettingValue.integer(Int64($0)) } ?? .null),
            ("request", .string(failure.request)), ("detail", .string(failure.detail)),
        ]
    }

    private static func failure(_ json: SettingValue) -> CaptureFailure? {
        guard let reason = json["reason"]?.stringValue.flatMap({ CaptureFailure.Reason(rawValue: $0) }) else {
            return nil
        }
        return CaptureFailure(
            reason, status: json["status"]?.integerValue.map { Int($0) }, request: json["request"]?.stringValue ?? "",
            detail: json["detail"]?.stringValue ?? "")
    }
}
