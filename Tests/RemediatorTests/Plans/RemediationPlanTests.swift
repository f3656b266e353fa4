import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Remediator

struct RemediationPlanTests {
    private func plan(
        seen: [Int] = [5, 1, 2], actions: [PlannedWrite] = [PlannedWrite(.remove, 5), PlannedWrite(.add, 11)],
        _ change: (inout RemediationPlan) -> Void = { _ in }
    ) throws -> RemediationPlan {
        var plan = try RemediationPlan(
            environment: EnvironmentName("na3"), baseURL: "https://api.livevox.com", isSynthetic: false, client: 4199,
            code: "ACME",
            seen: PoolSeen(
                voices: seen, defaultVoice: 1, knowsDefaultVoice: true, document: Digest(of: "pool"),
                run: AuditRun.ID("run"), answeredAt: Timestamp(milliseconds: 1_793_500_000_000)),
            actions: actions, createdAt: Timestamp(milliseconds: 1_793_500_000_123),
            expiresAt: Timestamp(milliseconds: 1_793_586_400_123), toolVersion: "1")
        change(&plan)
        return plan
    }

    @Test func `additions come before removals, so that no pool on the way is smaller than the last`() throws {
        let plan = try plan(
            actions: [
                PlannedWrite(.remove, 5), PlannedWrite(.add, 12), PlannedWrite(.remove, 1), PlannedWrite(.add, 11),
            ])
        #expect(plan.actions.map { "\($0.kind) \($0.voice)" } == ["add 11", "add 12", "remove 1", "remove 5"])
        #expect(
            plan.pools.map { $0.sorted() } == [
                [1, 2, 5], [1, 2, 5, 11], [1, 2, 5, 11, 12], [2, 5, 11, 12], [2, 11, 12],
            ])
        #expect(plan.wanted == [2, 11, 12])
    }

    @Test func `the digest is that of the canonical JSON, and every part of the plan is in it`() throws {
        let original = try plan()
        #expect(original.digest == Digest(of: CanonicalJSON.bytes(of: original.json)))
        let others: [RemediationPlan] = try [
            plan { $0.environment = EnvironmentName("na4") }, plan { $0.baseURL = "https://api.na4.livevox.com" },
            plan { $0.isSynthetic = true }, plan { $0.client = 4200 }, plan { $0.code = "OTHER" },
            plan { $0.seen.voices = [1, 2] }, plan { $0.seen.defaultVoice = nil },
            plan { $0.seen.knowsDefaultVoice = false }, plan { $0.seen.document = Digest(of: "other") },
            plan { $0.seen.run = AuditRun.ID("other") },
            plan { $0.seen.answeredAt = Timestamp(milliseconds: 1_793_500_000_001) },
            plan { $0.actions[0].kind = .remove }, plan { $0.actions[0].voice = 12 },
            plan { $0.actions[0].reasons = [PlannedWrite.Reason(finding: "F-1", rule: "R")] },
            plan { $0.createdAt = Timestamp(milliseconds: 1_793_500_000_124) },
            plan { $0.expiresAt = Timestamp(milliseconds: 1_793_586_400_124) }, plan { $0.toolVersion = "2" },
        ]
        #expect(Set(others.map(\.digest)).union([original.digest]).count == others.count + 1)
    }

    @Test func `a plan is read as it was written, and nothing else is`() throws {
        let original = try plan(actions: [
            PlannedWrite(.add, 11, reasons: [.init(finding: "F-1", rule: "R"), .init(finding: "F-2", rule: "S")])
        ])
        #expect(RemediationPlan(original.json) == original)
        let object = try #require(original.json.objectValue)
        for member in object.members {
            var without = object
            without[member.key] = Optional<SettingValue>.none
            #expect(RemediationPlan(.object(without)) == nil, "without \(member.key)")
            var other = object
            other[member.key] = ["more": true]
            #expect(RemediationPlan(.object(other)) == nil, "another \(member.key)")
        }
        var more = object
        more["also"] = true
        #expect(RemediationPlan(.object(more)) == nil)
        var wanted = object
        wanted["wanted"] = [1]
        #expect(RemediationPlan(.object(wanted)) == nil)
    }

    @Test(
        arguments: [
            ([1, 2], [], .nothingToWrite), ([1, 2], [PlannedWrite(.add, 2)], .withoutEffect(2)),
            ([1, 2], [PlannedWrite(.remove, 3)], .withoutEffect(3)),
            ([1, 2], [PlannedWrite(.add, 3), PlannedWrite(.remove, 3)], .repeatedVoice),
            ([1, 1], [PlannedWrite(.add, 3)], .repeatedVoice), ([1], [PlannedWrite(.remove, 1)], .emptiesPool),
            ([1], [PlannedWrite(.add, 0)], .noVoiceID), ([0], [PlannedWrite(.add, 1)], .noVoiceID),
            ([1], [PlannedWrite(.add, Int(Int32.max) + 1)], .noVoiceID),
        ] as [([Int], [PlannedWrite], PlanDefect)])
    func `what could do harm, or nothing, is no plan`(seen: [Int], actions: [PlannedWrite], defect: PlanDefect) {
        #expect(throws: defect) { try plan(seen: seen, actions: actions) }
    }

    @Test func `a plan that ends before it begins, and one without a client, are none`() throws {
        func made(client: Int = 1, code: String = "A", base: String = "https://x", lasting: Int64 = 1) throws {
            _ = try RemediationPlan(
                environment: EnvironmentName("na3"), baseURL: base, isSynthetic: false, client: client, code: code,
                seen: PoolSeen(
                    voices: [1], defaultVoice: nil, knowsDefaultVoice: true, document: Digest(of: ""),
                    run: AuditRun.ID("r"), answeredAt: Timestamp(milliseconds: 0)),
                actions: [PlannedWrite(.add, 2)], createdAt: Timestamp(milliseconds: 5),
                expiresAt: Timestamp(milliseconds: 5 + lasting), toolVersion: "1")
        }
        try made()
        #expect(throws: PlanDefect.neverValid) { try made(lasting: 0) }
        #expect(throws: PlanDefect.noClient) { try made(client: 0) }
        #expect(throws: PlanDefect.noClient) { try made(code: "") }
        #expect(throws: PlanDefect.noClient) { try made(base: "") }
    }

    // MARK: Files

    @Test func `a plan is kept under its digest with mode 0600, and found by the beginning of it`() throws {
        try withTemporaryFolder { home in
            let folder = RemediationFolder(ofDatabase: home.appending(path: "a.sqlite").path)
            let plan = try plan()
            try folder.write(plan)
            let file = folder.file(of: plan.digest)
            #expect(FileManager.default.contents(atPath: file) == Data(CanonicalJSON.bytes(of: plan.json)))
            for (path, mode) in [(file, 0o600), (folder.path, 0o700)] {
                let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(found == mode)
            }
            #expect(try folder.plan(plan.digest.hex) == plan)
            #expect(try folder.plan(String(plan.digest.hex.prefix(8)).uppercased()) == plan)
            #expect(throws: RemediationError.noDigest("1234567")) { try folder.plan("1234567") }
            #expect(throws: RemediationError.noDigest("../../x")) { try folder.plan("../../x") }
            #expect(throws: RemediationError.unknownPlan("00000000", folder: folder.path + "/plans")) {
                try folder.plan("00000000")
            }
            let leftovers = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/plans")
            #expect(leftovers == [plan.digest.hex + ".json"])
        }
    }

    @Test func `a plan whose file was changed is told, whatever was changed`() throws {
        try withTemporaryFolder { home in
            let folder = RemediationFolder(ofDatabase: home.appending(path: "a.sqlite").path)
            let plan = try plan()
            try folder.write(plan)
            let file = folder.file(of: plan.digest)
            let bytes = CanonicalJSON.bytes(of: plan.json)
            for changed in [bytes + [UInt8(ascii: "\n")], Array(bytes.dropLast()), []] {
                try Data(changed).write(to: URL(filePath: file))
                let error = #expect(throws: RemediationError.self) { try folder.plan(plan.digest.hex) }
                #expect(error == .planAltered(path: file))
                #expect(error?.status == .integrity)
            }
            var other = plan
            other.client = 4200
            try Data(CanonicalJSON.bytes(of: other.json)).write(to: URL(filePath: file))
            #expect(throws: RemediationError.planAltered(path: file)) { try folder.plan(plan.digest.hex) }
            // Its own digest, and still no plan.
            let nothing = Array("{}".utf8)
            try Data(nothing).write(to: URL(filePath: folder.file(of: Digest(of: nothing))))
            let error = #expect(throws: RemediationError.self) { try folder.plan(Digest(of: nothing).hex) }
            #expect(error == .planUnreadable(path: folder.file(of: Digest(of: nothing))))
        }
    }
}
