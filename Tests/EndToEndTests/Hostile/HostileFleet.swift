import AuditModel
import AuditPipeline
import AuditTestSupport
import Foundation
import Policies
import SnapshotStore
import Testing

/// A database with three nights of a fleet in which every name, label, setting, key, failure, policy's and waiver's text is
/// hostile, made by the same code as any night; and the built program over it.
struct HostileFleet {
    /// Short enough to name a folder, in which every byte that is no letter takes three.
    static let environment = EnvironmentName("env \(HostileText.mark)<b>'|`=\u{1B}[2J\u{202E}\n../\u{0}")
    static let policyFile = "policies/hostile.yaml"
    static let waiverFile = "policies/waivers.yaml"
    /// The numbers of the clients.
    static let numbers = Array(4199..<4207)
    /// Days of the nights.
    static let days = ["2026-11-12", "2026-11-13", "2026-11-14"]

    let folder: URL
    let audit: AuditProcess
    /// What every command that reads the database is told besides.
    let common = ["--database", "audit.sqlite", "--now", "2026-11-14T12:00:00Z"]

    static func with(
        isolation: isolated (any Actor)? = #isolation, _ body: (HostileFleet) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let fleet = HostileFleet(
                folder: folder, audit: AuditProcess(folder: folder, environment: ["COLUMNS": "200"]))
            try fleet.write(Self.policy, to: Self.policyFile)
            try fleet.write(Self.waivers, to: Self.waiverFile)
            try await fleet.audit()
            try await body(fleet)
        }
    }

    func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    // MARK: The nights

    private func audit() async throws {
        let policies = PolicyLoader.load([PolicyFile(name: Self.policyFile, text: Self.policy)])
        let set = try #require(policies.policySet, "\(policies.diagnostics.map(\.message))")
        let waivers = WaiverLoader.load([PolicyFile(name: Self.waiverFile, text: Self.waivers)])
        let waiverSet = try #require(waivers.waiverSet, "\(waivers.diagnostics.map(\.message))")
        let store = try SnapshotStore.open(at: folder.appending(path: "audit.sqlite").path, access: .readWrite)
        for night in Self.days.indices {
            let start = try #require(Timestamp(rfc3339: "\(Self.days[night])T02:00:00Z"))
            _ = try await NightlyAudit(
                store: store, environment: Self.environment,
                address: EnvironmentAddress(baseURL: "http://127.0.0.1/" + HostileText.text(0), isSynthetic: true),
                roster: Self.roster(night: night), policies: set, waivers: waiverSet,
                toolVersion: HostileText.text(1)
            ).run(from: Source(night: night, time: start), clock: { start })
        }
        try store.close()
    }

    /// In the last night one client is called otherwise, and one has gone.
    private static func roster(night: Int) -> [Client] {
        numbers.dropLast(night == 2 ? 1 : 0).enumerated().map { place, number in
            let text = HostileText.text(place)
            return Client(
                id: Client.ID(environment: environment, number: number), code: "\(text)C\(number)",
                name: number == 4200 && night == 2 ? text + " renamed" : text, account: text,
                labels: [text: HostileText.text(place + 1), "line": HostileText.withNull])
        }
    }

    private struct Source: SettingsSource {
        let night: Int
        let time: Timestamp

        func collect(
            _ requests: [SourceRequest], deliver: @escaping @Sendable (SourceAnswer) async throws -> Void
        ) async throws -> SourceSummary {
            for (place, request) in requests.enumerated() {
                var groups: [SettingsGroup: SourceAnswer.Group] = [:]
                for group in request.groups {
                    // Of one client nothing can be read in the last night, for a reason that the server tells.
                    let failure = CaptureFailure(
                        .rejected, status: 418, request: "GET " + HostileText.text(place), detail: HostileText.withNull)
                    let outcome: SourceAnswer.Outcome =
                        night == 2 && request.client.id.number == 4203
                        ? .failure(failure)
                        : .body(Array(CanonicalJSON.text(of: HostileFleet.document(group, place, night)).utf8))
                    groups[group] = .init(
                        outcome: outcome, request: failure.request,
                        times: CaptureTimes(requestedAt: time, answeredAt: time))
                }
                try await deliver(SourceAnswer(client: request.client, groups: groups))
            }
            return SourceSummary(warnings: [HostileText.withNull])
        }

        func interpret(
            _ body: [UInt8], of group: SettingsGroup, for client: Client, request: String
        ) -> Result<SettingValue, CaptureFailure> {
            (try? JSONReader.value(of: body)).map { .success($0) } ?? .failure(CaptureFailure(.notJSON))
        }
    }

    /// What the platform has of a client in a night: documented settings with hostile values, and keys that it never had.
    private static func document(_ group: SettingsGroup, _ place: Int, _ night: Int) -> SettingValue {
        let text = HostileText.text(place + night) + (night == 1 ? " second" : "")
        let undocumented: SettingValue = [text: .string(text), "list": [.string(text), [text: .string(text)]]]
        switch group {
        case .internal:
            return [
                "encryptCcsPassword": night == 0 ? true : .string(text),
                "maxFailedCcsLoginAttempts": .integer(Int64(place + night * 3)),
                "extra." + HostileText.text(place): undocumented, HostileText.withNull: .string(HostileText.withNull),
            ]
        case .settings:
            return [
                "clientCode": .string(text), "displayName": .string(place == 1 ? HostileText.long + text : text),
                "answeringMachineOption": .string(text), "defaultVoiceId": 1,
            ]
        case .messaging:
            return [
                "defaultInputFilterId": 1,
                "property": [
                    ["key": .string(HostileText.text(place)), "value": .string(text)],
                    ["key": .string(HostileText.text(place)), "value": "the same name again"],
                    ["key": .string(text), "value": .string(HostileText.withNull)],
                ],
            ]
        case .voicePool:
            return [
                "voice": [["id": 1], ["id": .string(text)], ["id": .integer(Int64(night + 5)), text: .string(text)]]
            ]
        case .countries:
            return [["id": 1, "name": .string(text), "countryCode": .string(text)]]
        }
    }

    // MARK: What judges them

    private static let policy: String = {
        let text = HostileText.yaml(HostileText.text(0))
        func said(_ number: Int) -> String {
            let text = HostileText.yaml(HostileText.text(number))
            // In a message braces are places to fill in, so hostile ones come by the value alone.
            let message = HostileText.yaml(
                HostileText.text(number).replacing("{", with: "(").replacing("}", with: ")") + " {value}")
            return """
                title: \(text)
                    message: \(message)
                    rationale: \(text)
                    remediation: \(text)
                    controls:
                      - {ref: \(text), caveat: \(text)}
                      - {ref: PCI-DSS-4.0/8.3.2, caveat: \(text)}
                """
        }
        return """
            policy: {id: hostile, title: \(text), version: \(text), owner: \(text)}
            scopes:
              nobody: {"no label": \(text)}
            defaults: {severity: high, absent: fail, "null": fail}
            rules:
              - id: H-ENC
                severity: critical
                check: {internal.encryptCcsPassword: true}
                \(said(0))
              - id: H-LOCK
                check: {internal.maxFailedCcsLoginAttempts: {atMost: 5}}
                \(said(1))
              - id: H-NAME
                check: {settings.displayName: {in: [\(text), "x"]}}
                \(said(2))
              - id: H-MSG
                check: {"messaging.property[*].key": {subsetOf: [\(text)], unique: true}}
                \(said(3))
              - id: H-VOICE
                check: {"voicePool.voice[*].id": {subsetOf: [1, 5, 6]}}
                \(said(4))
              - id: H-CEL
                check: {cel: "settings.answeringMachineOption in ['a'] || settings.displayName == 'x'"}
                \(said(5))
              - id: H-NOBODY
                scope: nobody
                check: {internal.encryptAcdPassword: true}
                \(said(6))

            """
    }()

    private static let waivers: String = {
        let text = HostileText.yaml(HostileText.text(3))
        func waiver(_ id: String, _ rest: String) -> String {
            """
              - id: \(id)
                \(rest)
                reason: \(text)
                owner: \(text)
                approver: \(text)
                ticket: \(text)
                from: 2026-10-01
                expires: 2026-11-20

            """
        }
        return "waivers:\n"
            + waiver(
                HostileText.yaml("W 1 " + HostileText.body),
                "rules: [H-LOCK, H-NAME]\n    scope: {line: \(HostileText.yaml(HostileText.withNull))}\n    while: "
                    + "{internal.maxFailedCcsLoginAttempts: {atMost: 9}}")
            + waiver("W-2", "rule: H-NOBODY\n    scope: {\(text): \(text)}")
    }()
}
