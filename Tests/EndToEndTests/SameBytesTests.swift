import AuditModel
import AuditTestSupport
import Foundation
import Reports
import Testing

/// Where and in which language a machine stands must not show in what it writes.
@Suite(.serialized)
struct SameBytesTests {
    private static let places = [
        ["TZ": "UTC", "LC_ALL": "C"],
        // The dotless i of Turkish has broken many a tool that changes case by locale.
        ["TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
    ]

    @Test func `every format of every report is the same bytes in Tokyo, in Turkish, and anywhere else`() async throws {
        try await DemoStore.with { demo in
            try await demo.export(to: "out")
            let commands = [
                ["report", "--database", demo.database], ["diff", "previous", "latest", "--database", demo.database],
                ["check", "--database", demo.database, "--policies", shippedPolicies],
                ["check", "--from", "out", "--policies", shippedPolicies],
            ]
            for (number, command) in commands.enumerated() {
                let formats =
                    command[0] == "diff" ? DiffFormat.allCases.map(\.rawValue) : ReportFormat.allCases.map(\.rawValue)
                var statuses: Set<Int32> = []
                // One process writes all formats: a process for each would take most of the time to start.
                for (index, place) in Self.places.enumerated() {
                    let outputs = formats.flatMap { ["--output", "\($0)=same/\(number)-\(index)/\($0)"] }
                    let process = AuditProcess(folder: demo.folder, environment: place)
                    statuses.insert(try await process.run(command + outputs).status)
                }
                #expect(statuses.count == 1)
                for format in formats {
                    let files = try Self.places.indices.map { index in
                        try Data(contentsOf: demo.folder.appending(path: "same/\(number)-\(index)/\(format)"))
                    }
                    #expect(!files[0].isEmpty)
                    #expect(files[0] == files[1], "\(command[0]) as \(format)")
                }
            }
            for (index, place) in Self.places.enumerated() {
                let export = try await AuditProcess(folder: demo.folder, environment: place).run(
                    "snapshot", "export", "place\(index)", "--database", demo.database)
                #expect(export.status == 0)
            }
            #expect(try demo.files("place0") == demo.files("place1"))
        }
    }
}
