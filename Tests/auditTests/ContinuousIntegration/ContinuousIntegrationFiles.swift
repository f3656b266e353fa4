import ArgumentParser
import AuditTestSupport
import Foundation
import Policies
import Testing

@testable import audit

/// What `docs/ci` has.
enum ContinuousIntegrationFiles {
    static let folder = packageRoot.appending(path: "docs/ci")

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The YAML documents of a file, read by the parser that reads policies, which is stricter than those that will read it.
    static func documents(_ name: String) throws -> [YAMLNode] {
        try YAMLReader.documents(of: Array(text(name).utf8), file: name).get()
    }

    /// Parses a command line as the program does.
    static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        do {
            return try AuditCommand.parseAsRoot(arguments)
        } catch {
            Issue.record("audit \(arguments.joined(separator: " ")): \(AuditCommand.fullMessage(for: error))")
            throw error
        }
    }

    /// Reads a configuration as the program does.
    static func configuration(
        _ text: String, at path: String, files: [String: String] = [:]
    ) throws -> AuditConfiguration {
        let read = ConfigurationReader.configuration(of: Array(text.utf8), file: path) { name in
            files[name].map { Array($0.utf8) }
        }
        switch read {
        case .success(let configuration): return configuration
        case .failure(let error):
            Issue.record("\(path): \(error.diagnostics)")
            throw error
        }
    }
}

extension AuditConfiguration {
    /// Every reference to a credential, an address or a key.
    var references: [String] {
        let places = evidence.places.compactMap { place -> String? in
            if case .webhook(let reference) = place { reference } else { nil }
        }
        return accounts.values.flatMap { [$0.userName, $0.password, $0.accessToken] }
            + [evidence.key].compactMap { $0 } + places + notify.map(\.webhook)
    }
}
