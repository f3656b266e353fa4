import AuditTestSupport
import Foundation
import Testing

/// The auditor is read-only by construction: what can write to the platform is reached from one room of one target.
struct ReadOnlyTests {
    /// The Swift files below Sources, by their path from there, without comments.
    private static let sources: [String: String] = {
        let root = packageRoot.appending(path: "Sources")
        var sources: [String: String] = [:]
        for name in FileManager.default.enumerator(atPath: root.path)?.compactMap({ $0 as? String }) ?? []
        where name.hasSuffix(".swift") {
            let text = (try? String(contentsOf: root.appending(path: name), encoding: .utf8)) ?? ""
            sources[name] = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
                !line.drop { $0 == " " }.hasPrefix("//")
            }.joined(separator: "\n")
        }
        return sources
    }()

    /// The only files of `audit` that may know the remediator.
    private static let room = "audit/Remediating/"
    /// Where its commands are named, so that they can be called at all.
    private static let registry = "audit/Commands/AuditCommand.swift"

    @Test func `only the room Remediating imports the target that writes`() throws {
        var importers: [String] = []
        for (file, module) in try LayeringTests().imports(under: packageRoot.appending(path: "Sources"))
        where module == "Remediator" { importers.append(file) }
        #expect(importers.count >= 5)
        #expect(importers.filter { !$0.hasPrefix(Self.room) } == [])
    }

    /// `audit run` begins in RunCommand.swift, which is none of the room's files. Whatever it reaches within the target it
    /// reaches by a name; so no file outside may say a name that the room declares.
    @Test func `nothing outside of the room says a name that the room declares`() throws {
        var names: Set<String> = []
        for (file, text) in Self.sources where file.hasPrefix(Self.room) {
            // A type of another room that is extended here could bring a write under an innocent name.
            for match in text.matches(of: /(?m)^(?:package |public )?extension ([A-Za-z.]+)/) {
                let isOwn = Self.sources.contains { other, content in
                    other.hasPrefix(Self.room)
                        && (content.contains("struct \(match.1) ") || content.contains("enum \(match.1) "))
                }
                #expect(isOwn, "\(file) extends \(match.1), which is declared elsewhere")
            }
            for match in text.matches(
                of: /(?m)^(?:final )?(?:struct|enum|class|actor|protocol|func|let|var|typealias) ([A-Za-z]+)/)
            {
                names.insert(String(match.1))
            }
        }
        #expect(names.isSuperset(of: ["RemediateCommand", "RemediationExecution", "RemediationSheet"]))
        for (file, text) in Self.sources where !file.hasPrefix(Self.room) && !file.hasPrefix("Remediator/") {
            let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
            let said = words.intersection(names).subtracting(file == Self.registry ? ["RemediateCommand"] : [])
            #expect(said.isEmpty, "\(file) says \(said.sorted())")
        }
    }

    @Test func `the calls that write are made by the remediator alone`() {
        // Where the two methods are described, and where the emulator answers them.
        let definitions: Set<String> = [
            "LiveVoxAPI/Methods/ClientsMethod.swift", "Collector/TypedClient/LiveVoxClient.swift",
        ]
        let writers = Self.sources.filter { file, text in
            !file.hasPrefix("Emulator/") && !definitions.contains(file)
                && ["addVoice", "removeVoice"].contains(where: text.contains)
        }.keys.sorted()
        #expect(writers == ["Remediator/Applying/Application.swift", "Remediator/Plans/RemediationPlan.swift"])
        // The client that has them is made by the remediator alone, too.
        let holders = Self.sources.filter { file, text in
            text.contains("LiveVoxClient") && !file.hasPrefix("Collector/TypedClient/")
        }.keys.sorted()
        #expect(holders == ["Remediator/Applying/Application.swift", "Remediator/Applying/Remediator.swift"])
    }

    @Test func `the collector that nights use sends no verb but the login's that could write`() {
        for (file, text) in Self.sources
        where file.hasPrefix("Collector/Collecting/") || file.hasPrefix("AuditPipeline/") {
            for word in [".writing", ".delete", ".post"] { #expect(!text.contains(word), "\(file) says \(word)") }
        }
    }
}
