import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// What the doctor says of a database must hold for the next night.
@Suite(.serialized)
struct DoctorTests {
    /// State and finding by subject.
    private func findings(_ audit: AuditProcess, _ arguments: String...) async throws -> (
        status: Int32, rows: [String: (state: String, finding: String)]
    ) {
        let doctor = try await audit.run(["doctor", "--format", "json"] + arguments)
        var rows: [String: (state: String, finding: String)] = [:]
        for row in try #require(try doctor.json().arrayValue) {
            rows[row["what"]?.stringValue ?? ""] = (
                row["state"]?.stringValue ?? "", row["finding"]?.stringValue ?? ""
            )
        }
        return (doctor.status, rows)
    }

    @Test func `where the key is missing, damaged or of another database, neither doctor nor run goes past it`()
        async throws
    {
        try await Fleet.with(clients: 2) { fleet in
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            let healthy = try await findings(fleet.audit)
            #expect(healthy.status == 0 && healthy.rows["key"] == nil)
            let key = URL(filePath: fleet.database.path + ".key")
            let keys: [(bytes: Data?, status: Int32)] = [
                (nil, 74), (Data(repeating: 7, count: 31), 74), (Data(repeating: 7, count: 32), 4),
            ]
            for (bytes, status) in keys {
                try FileManager.default.removeItem(at: key)
                try bytes?.write(to: key)
                let sick = try await findings(fleet.audit)
                let night = try await fleet.audit.run("run", "--quiet")
                #expect(sick.status == status && night.status == status, "\(night.errors)")
                let told = try #require(sick.rows[bytes == nil ? "key" : "database"])
                #expect(told.state == "wrong" && told.finding.hasPrefix("the key file "), "\(told)")
                #expect(night.errors.contains(told.finding), "\(night.errors)")
                if bytes == nil { try Data().write(to: key) }
            }
        }
    }

    @Test func `each environment has a line for its last complete run, which warns where that is old`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            try #require(
                try await audit.run(
                    "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z"
                ).status == 0)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "policies").path, withDestinationPath: shippedPolicies)
            try #require(try await audit.run("init").status == 0)
            let database = folder.appending(path: "snapshots/demo.sqlite").path
            let subject = "last complete run of demo"
            let late = try await findings(audit, "--database", database, "--now", "2026-12-14T02:00:00Z")
            #expect(late.status == 0)
            let told = try #require(late.rows[subject])
            #expect(told.state == "warning" && told.finding.contains(" days ago; "), "\(told)")
            #expect(late.rows["last complete run"] == nil)
        }
    }
}
