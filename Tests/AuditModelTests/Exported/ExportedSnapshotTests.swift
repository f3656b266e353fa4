import AuditModel
import AuditTestSupport
import Testing

struct ExportedSnapshotTests {
    private static let environment = EnvironmentName("na3")
    private static let start = Timestamp(milliseconds: 1_793_498_400_250)

    private static func run(state: AuditRun.State = .partial, clients: Int = 40) -> AuditRun {
        AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: start), environment: environment,
            baseURL: "https://api.na3.livevox.com", isSynthetic: true, kind: .full, state: state, startedAt: start,
            sealedAt: start.advanced(by: .milliseconds(1001)), policySet: Digest(of: "set"), waiverSet: nil,
            toolVersion: "1.0", clientCount: clients)
    }

    private static func content(
        _ group: SettingsGroup, using generator: inout some RandomNumberGenerator
    ) -> (GroupContent, CaptureTimes?) {
        let asked = start.advanced(by: .milliseconds(Int64.random(in: 0...100_000, using: &generator)))
        let times = CaptureTimes(requestedAt: asked, answeredAt: asked.advanced(by: .milliseconds(80)))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            let reason = CaptureFailure.Reason.allCases.randomElement(using: &generator) ?? .forbidden
            let failure = CaptureFailure(
                reason, status: Bool.random(using: &generator) ? 403 : nil, request: "GET /x",
                detail: hostileStrings.randomElement(using: &generator) ?? "")
            return (.failure(failure), Bool.random(using: &generator) ? times : nil)
        case 1: return (.notCollected(.countriesOfAnotherClient), nil)
        default:
            let value = SettingValue.random(depth: 4, using: &generator)
            return (.document(value, Digest(of: value)), times)
        }
    }

    private static func snapshot(using generator: inout some RandomNumberGenerator) -> ExportedSnapshot {
        var times = PerGroup<CaptureTimes?>(repeating: nil)
        let groups = PerGroup<GroupContent> { group in
            let (content, time) = content(group, using: &generator)
            times[group] = time
            return content
        }
        var labels: [String: String] = [:]
        for text in hostileStrings.prefix(Int.random(in: 0...5, using: &generator)) { labels[text] = text }
        let client = Client(
            id: Client.ID(environment: environment, number: Int.random(in: 1...9999, using: &generator)),
            code: hostileStrings.randomElement(using: &generator) ?? "",
            name: hostileStrings.randomElement(using: &generator) ?? "", account: "fleet", labels: labels)
        return ExportedSnapshot(
            run: run(), clientsExported: 3, snapshot: Snapshot(client: client, groups: groups), times: times)
    }

    private func read(_ text: String, _ care: ExportedReader.Care = .evidence) -> Result<
        ExportedSnapshot, ExportedMistakes
    > {
        var reader = ExportedReader(care: care)
        return Array(text.utf8).withUnsafeBufferPointer { reader.snapshot(of: $0) }
    }

    private func mistakes(_ value: SettingValue, _ care: ExportedReader.Care = .evidence) -> [String] {
        var reader = ExportedReader(care: care)
        switch reader.snapshot(of: value) {
        case .success: return []
        case .failure(let error): return error.mistakes.map(\.description)
        }
    }

    @Test func `what is written is read again without loss, and written again as the same bytes`() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        for round in 0..<300 {
            let snapshot = Self.snapshot(using: &generator)
            let text = PrettyJSON.text(of: snapshot.json)
            let again = try read(text).get()
            #expect(again == snapshot, "seed \(generator.seed), round \(round)")
            #expect(again.snapshot.groups.map { $1.capture } == snapshot.snapshot.groups.map { $1.capture })
            #expect(PrettyJSON.text(of: again.json) == text)
        }
    }

    @Test func `how a run was judged is not exported`() {
        var generator = SeededGenerator(seed: 1)
        let run = Self.snapshot(using: &generator).run
        #expect(run.kind == .fetchOnly && run.policySet == nil)
        #expect(run.id == Self.run().id && run.startedAt == Self.start && run.sealedAt == Self.run().sealedAt)
    }

    /// A file with one document a group.
    private func plain() -> SettingValue {
        let groups = PerGroup<GroupContent> { _ in .document(["a": [2, 1]], Digest(of: ["a": [2, 1]])) }
        let client = Client(id: Client.ID(environment: Self.environment, number: 4199), code: "ACME")
        return ExportedSnapshot(
            run: Self.run(), clientsExported: 1, snapshot: Snapshot(client: client, groups: groups),
            times: PerGroup(repeating: CaptureTimes(requestedAt: Self.start, answeredAt: Self.start))
        ).json
    }

    private func replacing(_ path: [String], by value: SettingValue?, in whole: SettingValue) -> SettingValue {
        guard let first = path.first, case .object(var object) = whole else { return value ?? .null }
        let rest = Array(path.dropFirst())
        object[first] = rest.isEmpty ? value : replacing(rest, by: value, in: object[first] ?? .null)
        return .object(object)
    }

    @Test(
        arguments: [
            (
                ["schema"], "audit-snapshot/9",
                "schema: this must say 'audit-snapshot/1', as 'audit snapshot export' writes it; it says 'audit-snapshot/9'"
            ),
            (
                ["run", "startedAt"], "yesterday",
                "run.startedAt: a moment such as 2026-11-01T02:00:00.250Z belongs here; it is 'yesterday'"
            ),
            (["run", "id"], "x", "run.id: this is not the id of a run of 'na3' that started then"),
            (["run", "state"], "open", "run.state: one of complete, partial belongs here; it is 'open'"),
            (["run", "synthetic"], 1, "run.synthetic: true or false belongs here"),
            (["run", "clientsExported"], 41, "run.clientsExported: 41 clients cannot be exported of 40"),
            (["client", "number"], 0, "client.number: a whole number of 1 or more belongs here; it is 0"),
            (["client", "code"], nil, "client.code: a text belongs here; it is of type null"),
            (["client", "labels", "env"], 3, "client.labels.env: a text belongs here"),
            (
                ["groups", "internal", "document", "a"], [1, 2],
                "groups.internal.document: it was changed after it was exported"
            ),
            (["groups", "internal", "digest"], "xyz", "groups.internal.digest: 64 hexadecimal digits belong here"),
            (
                ["groups", "internal", "failure"], [:],
                "groups.internal: just one of 'document', 'failure' and 'notCollected' belongs here"
            ),
            (
                ["groups", "internal", "answerdAt"], "x",
                "groups.internal: the key 'answerdAt' does not belong here; did you mean 'answeredAt'?"
            ),
            (["groups", "countries"], [], "groups.countries: an object belongs here; it is of type array"),
            (["rum"], [:], "the key 'rum' does not belong here; did you mean 'run'?"),
        ] as [([String], SettingValue, String)])
    func `every mistake is told with its place`(path: [String], value: SettingValue, sentence: String) {
        let found = mistakes(replacing(path, by: value, in: plain()))
        #expect(found.contains { $0.hasPrefix(sentence) }, "\(found)")
    }

    @Test func `all mistakes are told in one go, and what is missing is one`() {
        var broken = replacing(["run", "state"], by: nil, in: plain())
        broken = replacing(["client", "number"], by: "x", in: broken)
        broken = replacing(["groups", "voicePool"], by: nil, in: broken)
        #expect(
            mistakes(broken) == [
                "run.state: one of complete, partial belongs here; it is not there",
                "client.number: a whole number of 1 or more belongs here; it is 'x'",
                "groups.voicePool: an object belongs here; it is not there",
            ])
    }

    @Test func `a document that was edited is judged as it is, and never stored as evidence`() {
        let edited = replacing(["groups", "internal", "document", "a"], by: [1, 2], in: plain())
        #expect(mistakes(edited, .form) == [])
        #expect(mistakes(edited, .evidence).count == 1)
    }

    @Test func `a complete run has no failure`() {
        var whole = replacing(["run", "state"], by: "complete", in: plain())
        #expect(mistakes(whole) == [])
        whole = replacing(
            ["groups", "messaging"],
            by: ["failure": ["reason": "forbidden", "status": 403, "request": "", "detail": ""]],
            in: whole)
        #expect(mistakes(whole) == ["groups.messaging: a complete run has no failure"])
    }

    @Test(arguments: ["", "{", "[]", "{\"schema\": \"audit-snapshot/1\"}", "{\"a\":1,\"a\":2}", "\u{FEFF}{}"])
    func `what is no export is refused`(text: String) {
        #expect(throws: ExportedMistakes.self) { try read(text).get() }
    }

    @Test func `no name of an environment leads out of the folder, is hidden, or stands for another`() {
        let names = hostileStrings + ["..", ".", "../../etc", "/etc", "na3", "NA3", "a%2Fb", "a/b", ".git", "a.b", "%"]
        var folders: [String: String] = [:]
        for name in names {
            let folder = ExportedSnapshot.folder(of: EnvironmentName(name))
            #expect(!folder.isEmpty && !folder.hasPrefix(".") && !folder.contains("/"))
            #expect(folder.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            if let other = folders.updateValue(name, forKey: folder) { #expect(other.isIdentical(to: name)) }
        }
        #expect(ExportedSnapshot.folder(of: EnvironmentName("na3")) == "na3")
    }
}

struct FastFormsTests {
    @Test func `moments in the form that is written are read as they were`() {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        for _ in 0..<2000 {
            let moment = Timestamp(
                milliseconds: Int64.random(in: -62_000_000_000_000...250_000_000_000_000, using: &generator))
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment, "seed \(generator.seed)")
        }
        for wrong in [
            "2026-02-30T00:00:00Z", "2026-11-01T24:00:00Z", "2026-11-01T02:60:00Z", "2026-11-01T02:00:00,250Z",
            "2026-11-01 02:00:00Z", "2026-11-0١T02:00:00Z",
        ] {
            #expect(Timestamp(rfc3339: wrong) == nil, "\(wrong)")
        }
        #expect(Timestamp(rfc3339: "2026-11-01T03:00:00+01:00") == Timestamp(rfc3339: "2026-11-01T02:00:00Z"))
    }

    @Test func `a digest is read from its own digits and from nothing else`() {
        let digest = Digest(of: "text")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(Digest(hex: digest.hex.dropLast() + "g") == nil)
        #expect(Digest(hex: digest.hex + "0") == nil)
    }
}
