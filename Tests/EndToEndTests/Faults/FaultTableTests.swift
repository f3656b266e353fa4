import AuditModel
import AuditPipeline
import AuditTestSupport
import Collector
import Emulator
import SnapshotStore
import Synchronization
import Testing

@testable import audit

/// Each row of the fault table, through emulator, collector, night, store and report.
@Suite(.serialized)
struct FaultTableTests {
    @Test(arguments: FaultTable.rows)
    func `each fault ends as the table says`(row: FaultRow) async throws {
        try await FaultLab.run { lab in
            let before = try await lab.night()
            #expect(before.exitStatus == .success, "the night before must be spotless")
            try await plant(row.spec, in: lab)
            let report = try await lab.night(row.setting)
            let text = FaultLab.text(report)
            Self.print(row)
            let stored = try lab.stored(report)
            let verdict = try lab.verdict(report)
            #expect(stored == row.stored)
            #expect(verdict == row.verdict)
            #expect(report.exitStatus == row.status, "\(report.conditions)")
            #expect(text.contains(row.sentence), "\(text)")
            // A fault that no request met would prove nothing.
            #expect(!row.spec.contains("times=") || lab.emulator.faults.isEmpty)
            try expectNothingFellSilent(row, report, lab)
            await lab.emulator.removeFaults()
            guard !row.spec.contains("changePassword"), !row.stored.contains("loginRefused") else { return }
            // Sight comes back, and with it what was there all along.
            let after = try await lab.night()
            #expect(after.exitStatus == .success)
            #expect(row.ending == .change || after.settingsChanges.isEmpty, "\(after.settingsChanges)")
        }
    }

    /// A failure is never a removed setting; only a valid answer is a change.
    private func expectNothingFellSilent(_ row: FaultRow, _ report: AuditReport, _ lab: FaultLab) throws {
        let runs = try lab.store.runs(in: FaultLab.environment)
        func selection(_ word: String) throws -> RunSelection {
            try RunSelection.resolve(word, among: runs, zone: .utc, now: lab.clock.clock.now())
        }
        let diff = try Chronicle(store: lab.store, zone: .utc).difference(
            from: selection("previous"), to: selection("latest"))
        let failed = Set(report.completeness.failures.map { "\($0.client.id) \($0.group)" })
        let incomparable = Set(diff.incomparable.map { "\($0.client.id) \($0.group.group)" })
        #expect(incomparable == failed)
        switch row.ending {
        case .riddenOut:
            #expect(report.run.state == .complete)
            #expect(diff.settingsChanges.isEmpty && failed.isEmpty)
        case .change:
            #expect(report.run.state == .complete)
            #expect(!diff.settingsChanges.isEmpty && failed.isEmpty)
            #expect(Set(diff.settingsChanges.flatMap { $0.clients.map(\.id.number) }) == [FaultLab.victim])
        case .failure:
            #expect(report.run.state == .partial)
            #expect(diff.settingsChanges.isEmpty, "\(diff.settingsChanges)")
            #expect(report.settingsChanges.isEmpty)
            #expect(report.rosterChanges.isEmpty)
            // What could not be read has its reason, and the last time that it was.
            #expect(report.completeness.failures.allSatisfy { $0.lastKnownAt != nil })
        }
    }

    private func plant(_ spec: String, in lab: FaultLab) async throws {
        let everybody = "every,"
        let own =
            spec.hasPrefix(everybody) ? String(spec.dropFirst(everybody.count)) : "client=\(FaultLab.victim),\(spec)"
        await lab.emulator.add(try EmulatorFault(spec: own))
    }

    private static let hasHead = Mutex(false)

    /// The table as the run goes through it; what is not as it says, the failures tell.
    private static func print(_ row: FaultRow) {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let isFirst = hasHead.withLock { head in
            defer { head = true }
            return !head
        }
        func line(_ cells: [String]) -> String {
            zip(cells, [52, 34, 9, 7, 0]).map { padded($0, $1) }.joined(separator: " ")
        }
        if isFirst { Swift.print(line(["fault", "stored", "verdict", "exit", "sentence"])) }
        Swift.print(line([row.fault, row.stored, row.verdict.rawValue, "\(row.status.rawValue)", row.sentence]))
    }
}
