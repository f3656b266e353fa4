import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

/// A run that is interrupted, blocked by another one, or begun at a strange time.
@Suite(.serialized)
struct InterruptionTests {
    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] as [(Int32, Int32)])
    func `a signal ends the run in order; what came is stored, and the next run goes on with it`(
        signal: Int32, status: Int32
    ) async throws {
        try await Fleet.with(clients: 6) { fleet in
            let night = try await fleet.hangingNight()
            kill(night.process.processIdentifier, signal)
            let result = try await night.result()
            #expect(result.killedBy == nil)
            #expect(result.status == status, "\(result.errors)")
            #expect(
                result.errors.contains(
                    "interrupted; what came is stored, and the run stays open: 'audit run' goes on with it."),
                "\(result.errors)")
            #expect(try integrityFindings(of: fleet.database) == [])
            #expect(try fleet.sqlite("SELECT count(*), state FROM run") == "1 \"open\"")
            let stored = try #require(Int(try fleet.sqlite("SELECT count(*) FROM client_night")))
            #expect(stored >= 1 && stored < 6)
            let doctor = try await fleet.audit.run("doctor")
            #expect(doctor.output.contains("has not ended; 'audit run' goes on with it."), "\(doctor.output)")

            await fleet.server.resetStatistics()
            let next = try await fleet.audit.run("run", "--quiet")
            #expect(next.errors.contains("Going on with run"), "\(next.errors)")
            #expect(next.status == 1)
            #expect(fleet.server.statistics.requests(.internal) == 6 - stored, "what is stored is not asked for again")
            #expect(try fleet.sqlite("SELECT count(*), state FROM run") == "1 \"complete\"")
        }
    }

    @Test func `a second run is told who holds the store, and writes nothing`() async throws {
        try await Fleet.with(clients: 3) { fleet in
            let night = try await fleet.hangingNight()
            let second = try await fleet.audit.run("run", "--quiet")
            #expect(second.status == 75, "\(second.errors)")
            #expect(
                second.errors.contains("audit: another run holds the store \(fleet.database.path): audit run, process ")
            )
            #expect(second.errors.contains("process \(night.process.processIdentifier) on "))
            #expect(second.errors.contains("Try again when it has ended."))
            #expect(second.output.isEmpty)
            // Reading goes on meanwhile.
            #expect(try await fleet.audit.run("snapshot", "list").status == 0)
            kill(night.process.processIdentifier, SIGTERM)
            #expect(try await night.result().status == 143)
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
        }
    }

    @Test func `an open run that is too old is sealed as it is, and a new one starts`() async throws {
        try await Fleet.with(clients: 3) { fleet in
            let night = try await fleet.hangingNight(["--now", "2026-11-01T02:00:00Z"])
            kill(night.process.processIdentifier, SIGKILL)
            _ = try await night.result()
            let next = try await fleet.audit.run("run", "--quiet", "--now", "2026-11-01T08:00:00Z")
            #expect(next.status == 1, "\(next.errors)")
            #expect(
                next.errors.contains("of 2026-11-01T02:00:00Z as it was, and started a new one."), "\(next.errors)")
            #expect(try fleet.states() == ["partial", "complete"])
            #expect(try integrityFindings(of: fleet.database) == [])
            // What is missing of the first night is unknown, and never a pass.
            let report = try await fleet.audit.run(
                "report", "previous", "--output", "json=-", "--now", "2026-11-01T09:00:00Z"
            ).json()
            #expect(report["exitStatus"] == 3)
            #expect(report["lastCompleteRun"] == .null)
            let failures = report["completeness"]?["failures"]?.arrayValue ?? []
            #expect(failures.contains { $0["failure"]?["reason"] == "notAttempted" })
        }
    }

    @Test func `just inside the limit an open run is gone on with`() async throws {
        try await Fleet.with(clients: 3) { fleet in
            let night = try await fleet.hangingNight(["--now", "2026-11-01T02:00:00Z"])
            kill(night.process.processIdentifier, SIGKILL)
            _ = try await night.result()
            let next = try await fleet.audit.run("run", "--quiet", "--now", "2026-11-01T07:59:59Z")
            #expect(next.errors.contains("Going on with run"), "\(next.errors)")
            #expect(try fleet.states() == ["complete"])
        }
    }

    @Test func `--fresh seals an open run and starts a new one`() async throws {
        try await Fleet.with(clients: 3) { fleet in
            let night = try await fleet.hangingNight()
            kill(night.process.processIdentifier, SIGKILL)
            _ = try await night.result()
            let next = try await fleet.audit.run("run", "--quiet", "--fresh")
            #expect(next.status == 1, "\(next.errors)")
            #expect(next.errors.contains("as it was, and started a new one."), "\(next.errors)")
            #expect(try fleet.states() == ["partial", "complete"])
        }
    }

    @Test func `a clock behind the newest run stops before anything is written`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            #expect(try await fleet.audit.run("run", "--quiet", "--now", "2026-11-02T02:00:00Z").status == 1)
            await fleet.server.resetStatistics()
            for moment in ["2026-11-01T02:00:00Z", "2026-11-02T02:00:00Z"] {
                let back = try await fleet.audit.run("run", "--quiet", "--now", moment)
                #expect(back.status == 2)
                #expect(back.errors.contains("the clock says \(moment), but the newest run ("), "\(back.errors)")
                #expect(back.errors.contains("started at 2026-11-02T02:00:00Z. Set the clock right"))
            }
            #expect(fleet.server.statistics.requests(.internal) == 0)
            #expect(try fleet.states() == ["complete"])
        }
    }

    @Test func `a clock behind an open run does not go on with it, nor seal it`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            let night = try await fleet.hangingNight(["--now", "2026-11-02T02:00:00Z"])
            kill(night.process.processIdentifier, SIGKILL)
            _ = try await night.result()
            for arguments in [["run"], ["run", "--fresh"]] {
                let back = try await fleet.audit.run(arguments + ["--quiet", "--now", "2026-11-02T01:59:59Z"])
                #expect(back.status == 2, "\(back.errors)")
                #expect(back.errors.contains("the clock says 2026-11-02T01:59:59Z, but the newest run ("))
            }
            #expect(try fleet.states() == ["open"])
            #expect(try await fleet.audit.run("run", "--quiet", "--now", "2026-11-02T02:00:01Z").status == 1)
            #expect(try fleet.states() == ["complete"])
        }
    }
}

extension Fleet {
    /// The states of all runs, by start.
    func states() throws -> [String] {
        try sqlite("SELECT group_concat(state, ' ') FROM (SELECT state FROM run ORDER BY started_at)")
            .trimmingQuotes().split(separator: " ").map(String.init)
    }
}

extension String {
    /// Without the quotes that GRDB's descriptions of texts have.
    fileprivate func trimmingQuotes() -> String { trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
}
