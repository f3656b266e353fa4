import AuditTestSupport
import Foundation
import Testing

/// A binary that was installed with its policies, in a folder that has none.
struct InstalledTests {
    @Test func `a demo and a first configuration take the policies that were installed beside the binary`() async throws
    {
        try await withTemporaryFolder { folder in
            let prefix = folder.appending(path: "pre fix")
            let home = folder.appending(path: "home")
            for name in ["pre fix/bin", "pre fix/share/audit", "home"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: true)
            }
            let binary = prefix.appending(path: "bin/audit")
            try FileManager.default.copyItem(at: AuditProcess.binary, to: binary)
            try FileManager.default.copyItem(
                atPath: shippedPolicies, toPath: prefix.appending(path: "share/audit/policies").path)
            let audit = AuditProcess(folder: home, executable: binary)

            let demo = try await audit.run("demo", "--nights", "1", "--clients", "2")
            #expect(demo.status == 0, "\(demo.errors)")
            #expect(demo.output.contains("calling-compliance"))

            #expect(try await audit.run("init").status == 0)
            let doctor = try await audit.run("doctor")
            #expect(doctor.output.contains("22 rules in 4 policy files"), "\(doctor.output)\(doctor.errors)")

            // Policies of one's own come first.
            try FileManager.default.createDirectory(
                at: home.appending(path: "policies"), withIntermediateDirectories: true)
            try FileManager.default.removeItem(at: home.appending(path: "audit.yaml"))
            #expect(try await audit.run("init").status == 0)
            let text = try String(contentsOf: home.appending(path: "audit.yaml"), encoding: .utf8)
            #expect(text.contains("policies: [policies]"))
        }
    }
}
