import AuditModel
import Testing

@testable import audit

/// What a night says of clients that came, left or moved since the night before.
struct RosterNightTests {
    @Test func `a client that vanished is named, and the night is not green`() async throws {
        try await FaultLab.run { lab in
            _ = try await lab.night()
            let roster = lab.roster().filter { $0.id.number != FaultLab.victim }
            let report = try await lab.night(roster: roster)
            #expect(report.exitStatus == .incomplete)
            #expect(report.rosterChanges.map(\.kind) == [.left])
            #expect(
                FaultLab.text(report).contains(
                    "On the roster of the run before and gone now: lab/4203. Mark a client that is out of service with "
                        + "'retired: {date, reason}'."))
            #expect(report.settingsChanges.isEmpty)
            // It is said once: the run after compares with a roster that no longer has it.
            #expect(try await lab.night(roster: roster).exitStatus == .success)
        }
    }

    @Test func `a client that is marked retired leaves in silence`() async throws {
        try await FaultLab.run { lab in
            _ = try await lab.night()
            let victim = try #require(lab.roster().last)
            let report = try await lab.night(roster: lab.roster().dropLast(), retired: [victim.id])
            #expect(report.exitStatus == .success)
            #expect(report.rosterChanges.map(\.kind) == [.retired])
            #expect(report.rosterChanges.map(\.client.id) == [victim.id])
        }
    }

    @Test func `a client that is renamed or read through another account is the same client`() async throws {
        try await FaultLab.run { lab in
            _ = try await lab.night()
            var roster = lab.roster()
            roster[4].name = "Acme North"
            roster[4].account = "other"
            let report = try await lab.night(roster: roster)
            #expect(report.exitStatus == .success)
            #expect(report.rosterChanges.map(\.kind) == [.renamed, .movedAccount])
            #expect(report.rosterChanges.last?.before == roster[4].code)
            #expect(report.rosterChanges.last?.after == "other")
            #expect(report.settingsChanges.isEmpty && report.verdictChanges.isEmpty)
        }
    }

    @Test func `a client that joins is told, and its settings are no changes`() async throws {
        try await FaultLab.run { lab in
            _ = try await lab.night(roster: lab.roster().dropLast())
            let report = try await lab.night()
            #expect(report.exitStatus == .success)
            #expect(report.rosterChanges.map(\.kind) == [.joined])
            #expect(report.settingsChanges.isEmpty)
        }
    }
}
