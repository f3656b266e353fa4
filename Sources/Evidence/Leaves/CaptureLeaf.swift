public import AuditModel

/// What the log keeps of one capture: what one run got for one client and group, and when. A leaf of a run's capture tree.
///
/// Its content is canonical JSON (RFC 8785): `format` (`audit-capture`), `version` (1), `environment`, `client` (its
/// number), `group`; exactly one of `document` (a digest), `failure` and `notCollected` (the reason);
/// `requestedAtMilliseconds` and `answeredAtMilliseconds` since 1970 where the group was asked for; and where there were
/// any, `earlierFailures`, the failures of the attempts before.
public struct CaptureLeaf: Sendable, Hashable {
    /// The client.
    public var client: Client.ID
    /// The group.
    public var group: SettingsGroup
    /// What the run got.
    public var capture: Capture
    /// When the group was asked for and answered; nil where it was not asked for.
    public var times: CaptureTimes?
    /// The failures of earlier attempts in the same run, oldest first.
    public var earlierFailures: [CaptureFailure]

    /// Joins the parts.
    public init(
        client: Client.ID, group: SettingsGroup, capture: Capture, times: CaptureTimes?,
        earlierFailures: [CaptureFailure] = []
    ) {
        self.client = client
        self.group = group
        self.capture = capture
        self.times = times
        self.earlierFailures = earlierFailures
    }

    static let format = "audit-capture"
    static let version: Int64 = 1

    /// The content that is hashed.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// The hash in the tree.
    public var hash: Digest {
        var bytes = [MerkleHash.leafPrefix]
        append(to: &bytes)
        return Digest(of: bytes)
    }

    private func append(to bytes: inout [UInt8]) {
        if case .document(let digest) = capture, let times, earlierFailures.isEmpty {
            append(document: digest, times, to: &bytes)
        } else {
            bytes += CanonicalJSON.bytes(of: json)
        }
    }

    /// Reads a leaf's content.
    ///
    /// - Throws: ``LeafError``, for bytes that are not exactly as this type writes them, too.
    public init(bytes: [UInt8]) throws(LeafError) {
        var reader = try LeafReader(bytes, format: Self.format, version: Self.version)
        let environment = EnvironmentName(try reader.text("environment"))
        client = Client.ID(environment: environment, number: try reader.count("client"))
        group = try reader.read("group") { $0.stringValue.flatMap(SettingsGroup.init(rawValue:)) }
        if reader.has("document") {
            capture = .document(try reader.digest("document"))
        } else if reader.has("failure") {
            capture = .failure(try Self.failure(try reader.value("failure")))
        } else {
            let reason = try reader.read("notCollected") { $0.stringValue.flatMap(NotCollectedReason.init(rawValue:)) }
            capture = .notCollected(reason)
        }
        if reader.has("requestedAtMilliseconds") {
            times = CaptureTimes(
                requestedAt: try reader.moment("requestedAtMilliseconds"),
                answeredAt: try reader.moment("answeredAtMilliseconds"))
        } else {
            times = nil
        }
        earlierFailures = []
        for value in reader.optional("earlierFailures")?.arrayValue ?? [] {
            earlierFailures.append(try Self.failure(value))
        }
        try reader.finish(asWritten: self.bytes)
    }

    /// The order of leaves in a tree: by client, then by group.
    static func precedes(_ left: CaptureLeaf, _ right: CaptureLeaf) -> Bool {
        left.client == right.client ? left.group < right.group : left.client < right.client
    }

    var json: SettingValue {
        var object = SettingObject()
        object["format"] = .string(Self.format)
        object["version"] = .integer(Self.version)
        object["environment"] = .string(client.environment.rawValue)
        object["client"] = .integer(Int64(client.number))
        object["group"] = .string(group.rawValue)
        switch capture {
        case .document(let digest): object["document"] = .string(digest.hex)
        case .failure(let failure): object["failure"] = Self.json(of: failure)
        case .notCollected(let reason): object["notCollected"] = .string(reason.rawValue)
        }
        if let times {
            object["requestedAtMilliseconds"] = .integer(times.requestedAt.milliseconds)
            object["answeredAtMilliseconds"] = .integer(times.answeredAt.milliseconds)
        }
        if !earlierFailures.isEmpty { object["earlierFailures"] = .array(earlierFailures.map(Self.json)) }
        return .object(object)
    }

    /// Writes the leaf that nearly all are: building an object first costs several times as much, and a night has five
    /// leaves a client. A test holds both ways to one result.
    private func append(document: Digest, _ times: CaptureTimes, to bytes: inout [UInt8]) {
        bytes.reserveCapacity(320)
        LeafText.append("{\"answeredAtMilliseconds\":", to: &bytes)
        LeafText.append(times.answeredAt.milliseconds, to: &bytes)
        LeafText.append(",\"client\":", to: &bytes)
        LeafText.append(Int64(client.number), to: &bytes)
        LeafText.append(",\"document\":\"", to: &bytes)
        LeafText.append(document, to: &bytes)
        LeafText.append("\",\"environment\":", to: &bytes)
        CanonicalJSON.append(client.environment.rawValue, to: &bytes)
        LeafText.append(",\"format\":\"audit-capture\",\"group\":\"", to: &bytes)
        bytes.append(contentsOf: group.rawValue.utf8)
        LeafText.append("\",\"requestedAtMilliseconds\":", to: &bytes)
        LeafText.append(times.requestedAt.milliseconds, to: &bytes)
        LeafText.append(",\"version\":1}", to: &bytes)
    }

    private static func json(of failure: CaptureFailure) -> SettingValue {
        var object = SettingObject()
        object["reason"] = .string(failure.reason.rawValue)
        object["status"] = failure.status.map { .integer(Int64($0)) }
        object["request"] = .string(failure.request)
        object["detail"] = .string(failure.detail)
        return .object(object)
    }

    private static func failure(_ json: SettingValue) throws(LeafError) -> CaptureFailure {
        guard case .object(let object) = json else { throw .invalid("failure") }
        var reader = LeafReader(object)
        let failure = CaptureFailure(
            try reader.read("reason") { $0.stringValue.flatMap(CaptureFailure.Reason.init(rawValue:)) },
            status: reader.has("status") ? try reader.count("status") : nil, request: try reader.text("request"),
            detail: try reader.text("detail"))
        try reader.finish()
        return failure
    }
}
