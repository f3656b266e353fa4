import AuditModel
import Foundation
import Policies

/// Reads policy files from the disk.
enum PolicyFiles {
    /// The policy files at some paths: files as they are named, folders with all their `*.yaml` and `*.yml`, but for
    /// test cases (`*.tests.yaml`) and waivers (`waivers.yaml`), sorted by name.
    ///
    /// Each path is a layer of its own: what is named later may override the rules of what is named before.
    static func files(at paths: [String]) throws -> [PolicyFile] {
        try paths.enumerated().flatMap { layer, path in
            try names(at: [path]).map { name in
                guard let data = FileManager.default.contents(atPath: name) else {
                    throw CommandEnd(.usage, "the policy file \(name) cannot be read; check its name and permissions.")
                }
                return PolicyFile(name: shown(name), bytes: [UInt8](data), layer: layer)
            }
        }
    }

    /// The test files that stand beside some policy files.
    static func testFiles(beside paths: [String]) throws -> [PolicyFile] {
        try names(at: paths).compactMap { name in
            let tests = URL(filePath: name).deletingPathExtension().path + ".tests.yaml"
            return FileManager.default.contents(atPath: tests).map {
                PolicyFile(name: shown(tests), bytes: [UInt8]($0))
            }
        }
    }

    /// The policy set of some paths; prints every mistake and ends where there is one.
    static func load(_ paths: [String], overriding params: [String: SettingValue] = [:]) throws -> PolicySet {
        let loaded = PolicyLoader.load(try files(at: paths), overriding: params, timeZones: .system)
        for diagnostic in loaded.diagnostics where diagnostic.severity == .error || loaded.policySet == nil {
            Console.message(diagnostic.description)
        }
        guard let set = loaded.policySet else {
            let errors = loaded.diagnostics.filter { $0.severity == .error }.count
            throw CommandEnd(.usage, "\(count(errors, "mistake")) in the policies; nothing was done.")
        }
        return set
    }

    private static func names(at paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandEnd(
                    .usage, "there is no policy file or folder at \(path); see 'policies' in audit.yaml, or --policies."
                )
            }
            guard isFolder.boolValue else { return [path] }
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { name in
                (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.hasSuffix(".tests.yaml")
                    && !name.hasPrefix("waivers.")
            }.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
        }
    }

    /// The name as people know it: relative where it lies below the current folder.
    private static func shown(_ path: String) -> String {
        let current = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
    }
}
