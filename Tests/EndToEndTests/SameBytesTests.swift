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
            for command in commands {
                let formats =
                    command[0] == "diff" ? DiffFormat.allCases.map(\.rawValue) : ReportFormat.allCases.map(\.rawValue)
                for format in formats {
                    var outputs: [AuditProcess.Result] = []
                    for place in Self.places {
                        let process = AuditProcess(folder: demo.folder, environment: place)
                        outputs.append(try await process.run(command + ["--output", "\(format)=-"]))
                    }
                    #expect(!outputs[0].output.isEmpty)
                    #expect(outputs[0].output == outputs[1].output, "\(command[0]) as \(format)")
                    #expect(outputs[0].status == outputs[1].status)
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
