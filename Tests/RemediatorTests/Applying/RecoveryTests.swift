import AuditModel
import Collector
import Emulator
import Foundation
import LiveVoxAPI
import Testing

@testable import Remediator

/// A process that is killed at each step of an application: the journal then ends with any of its records, and the call
/// whose intent is the last of them has or has not reached the platform.
struct RecoveryTests {
    /// The pool after so many writes of the plan, as somebody sees it.
    private static let pools = [[1, 2, 3, 5], [1, 2, 3, 5, 11], [1, 3, 5, 11], [1, 3, 11]]
    private static let writes = [PlannedWrite(.add, 11), PlannedWrite(.remove, 2), PlannedWrite(.remove, 5)]

    /// The records of an undisturbed application: began, three times intent and accepted, ended.
    private static let lastRecord = 8

    @Test(
        arguments: (0...lastRecord).flatMap { records in
            // Behind an intent (records 2, 4 and 6) the call may have been sent.
            records > 0 && records < lastRecord && records.isMultiple(of: 2)
                ? [(records, false), (records, true)] : [(records, false)]
        })
    func `killed after any record, the next application tells what took effect and does each write once`(
        records: Int, lastCallArrived: Bool
    ) async throws {
        try await Lab.run { lab in
            let plan = try lab.plan()
            _ = try await lab.apply(plan)
            // Back to the moment of the kill: the journal's beginning, and the writes that had arrived by then.
            let lines = try String(contentsOfFile: lab.folder.journal, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == Self.lastRecord)
            try Data(lines.prefix(records).map { $0 + "\n" }.joined().utf8)
                .write(to: URL(filePath: lab.folder.journal))
            let arrived = records == Self.lastRecord ? 3 : max(0, records - 1) / 2 + (lastCallArrived ? 1 : 0)
            try await lab.write(PlannedWrite(.remove, 11), PlannedWrite(.add, 2), PlannedWrite(.add, 5))
            for write in Self.writes.prefix(arrived) { try await lab.write(write) }
            #expect(try await lab.pool() == Self.pools[arrived])
            let before = lab.changes.count

            let applied = try await lab.apply(plan)
            #expect(try await lab.pool() == [1, 3, 11])
            #expect(Array(lab.changes.dropFirst(before)) == Array(["+11", "-2", "-5"].dropFirst(arrived)))
            #expect(lab.attempts == before + 3 - arrived, "no call more than is needed")
            if records == Self.lastRecord {
                #expect(applied.result == .appliedBefore(Lab.now, by: "J. Doe"))
                return
            }
            #expect(applied.result == .applied && applied.status == .success)
            #expect(applied.isRecovery == (records >= 2))
            #expect(
                applied.before == Self.pools[arrived] && applied.after == [1, 3, 11])
            #expect(
                applied.outcomes
                    == Self.writes.indices.map { $0 < arrived ? .doneBefore : .written } as [AppliedRemediation.Outcome]
            )
            // The intent whose answer nobody saw is settled by what the pool tells.
            let settled = try RemediationJournal.records(in: lab.folder).map(\.event).filter { $0.name == "settled" }
            let isOpen = records.isMultiple(of: 2) && records > 0
            #expect(
                settled == (isOpen ? [.settled(write: records / 2 - 1, tookEffect: lastCallArrived)] : []))
            // And once more, it is an application of the past.
            #expect(try await lab.apply(plan).result == .appliedBefore(Lab.now, by: "J. Doe"))
        }
    }

    @Test(arguments: [[PlannedWrite(.add, 4)], [PlannedWrite(.remove, 3)], [PlannedWrite(.remove, 1)]])
    func `after a kill, a pool that is none on the plan's way is not written to`(_ others: [PlannedWrite]) async throws
    {
        try await Lab.run { lab in
            let plan = try lab.plan()
            let journal = try lab.journal()
            try journal.append(
                .intent(write: 0, Self.writes[0], request: "POST …"), of: plan.digest, at: Lab.now)
            for write in others { try await lab.write(write) }
            // The journal is still held: nobody else may apply.
            await #expect(throws: RemediationError.busy(holder: "lab")) { try await lab.apply(plan) }
            _ = consume journal
            let refusal = try #require(try await lab.refusal(plan))
            guard case .moved(_, _, isRecovery: true) = refusal else {
                Issue.record("\(refusal)")
                return
            }
            #expect(refusal.description.contains("not the one that the plan saw, nor any on its way: "))
            #expect(lab.attempts == others.count)
        }
    }

    @Test func `another plan for the same client goes its own way`() async throws {
        try await Lab.run { lab in
            let first = try lab.plan()
            _ = try await lab.apply(first)
            let second = try lab.plan([PlannedWrite(.add, 2), PlannedWrite(.add, 8)], seen: [1, 3, 11])
            let applied = try await lab.apply(second)
            #expect(applied.result == .applied && !applied.isRecovery)
            #expect(try await lab.pool() == [1, 2, 3, 8, 11])
        }
    }
}
