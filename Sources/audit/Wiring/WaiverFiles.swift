import AuditModel
import AuditPipeline
import Foundation
import Policies

/// Reads the waiver file from the disk.
enum WaiverFiles {
    /// Where waivers are looked for where nothing names a file.
    static let defaultPath = "policies/waivers.yaml"

    /// The waiver file that counts: the option, then the configuration, then `policies/waivers.yaml` beside the
    /// configuration, if it is there; nil where there is none.
    static func path(_ option: String?, _ configuration: AuditConfiguration?) -> String? {
        if let named = option ?? configuration?.waivers { return named }
        let folder = configuration?.file.map { URL(filePath: $0).standardizedFileURL.deletingLastPathComponent() }
        let path = folder?.appending(path: defaultPath).path ?? defaultPath
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The waivers that count, or nil where there is no file; prints every mistake and ends where there is one.
    static func load(_ option: String?, _ workspace: Workspace) throws -> WaiverSet? {
        guard let path = path(option, workspace.configuration) else { return nil }
        let loaded = WaiverLoader.load([try file(at: path)])
        let errors = loaded.diagnostics.filter { $0.severity == .error }
        for diagnostic in errors { Console.message(diagnostic.description) }
        guard let set = loaded.waiverSet else {
            throw CommandEnd(.usage, "\(count(errors.count, "mistake")) in the waivers; nothing was done.")
        }
        try refuseAmbiguous(set, workspace)
        return set
    }

    /// The waiver file's bytes.
    static func file(at path: String) throws -> PolicyFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandEnd(
                .usage, "the waiver file \(path) cannot be read; see 'waivers' in audit.yaml, or --waivers.")
        }
        let current = FileManager.default.currentDirectoryPath + "/"
        let name = path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
        return PolicyFile(name: name, bytes: [UInt8](data))
    }

    /// A bare client number that several environments have would waive for a client that nobody approved.
    private static func refuseAmbiguous(_ set: WaiverSet, _ workspace: Workspace) throws {
        let clients = workspace.configuration?.clientsInService ?? []
        // The day does not matter for what is asked here.
        let day = CalendarDay(daysSince1970: 0)
        let problems = set.problems(rules: nil, clients: clients, areAll: true, on: day).filter(\.kind.isError)
        for problem in problems { Console.message(problem.diagnostic.description) }
        if !problems.isEmpty {
            throw CommandEnd(.usage, "\(count(problems.count, "mistake")) in the waivers; nothing was done.")
        }
    }
}

extension AuditConfiguration {
    /// The clients in service of all environments, those of embedded emulators included.
    var clientsInService: [Client] {
        environments.flatMap { environment -> [Client] in
            switch environment.kind {
            case .platform: roster(of: environment.name)
            case .emulator(let clients, _, _):
                // The emulator numbers its clients from the vendor's demo client on, without a gap.
                (4199..<4199 + clients).map { number in
                    Client(
                        id: Client.ID(environment: environment.name, number: number), code: "",
                        labels: EmulatedFleet.labels(ofClient: number))
                }
            }
        }
    }
}
