public import Foundation

extension JSONSchema {
    /// A schema of the conformance folder; nil where there is no folder.
    ///
    /// - Parameter name: the file's name in `schemas`.
    public init?(conformance name: String) throws {
        guard let file = conformanceFolder?.appending(path: "schemas/\(name)") else { return nil }
        try self.init(bytes: Data(contentsOf: file))
    }
}

/// The validator of XML Schema that is on this machine, `xmllint` of libxml2; nil where there is none.
public let xmllint: URL? = ["/usr/bin/xmllint", "/usr/local/bin/xmllint", "/opt/homebrew/bin/xmllint"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(filePath: $0) }

/// What a schema says against an XML document; empty for a valid one.
public func xmlProblems(_ document: [UInt8], schema: URL, by xmllint: URL) throws -> String {
    try withTemporaryFolder { folder in
        let file = folder.appending(path: "document.xml")
        let errors = folder.appending(path: "errors")
        try Data(document).write(to: file)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = xmllint
        process.arguments = ["--noout", "--nonet", "--schema", schema.path, file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? "" : try String(contentsOf: errors, encoding: .utf8)
    }
}
