import AuditModel
import AuditTestSupport
import Foundation

/// One file of the public suites.
func conformanceFile(_ path: String) throws -> SettingValue {
    guard let folder = conformanceFolder else { return .null }
    return try JSONReader.value(of: [UInt8](Data(contentsOf: folder.appending(path: path))))
}

/// The `cases` of one file of the public suites.
func conformanceCases(_ path: String) throws -> [SettingValue] {
    try conformanceFile(path)["cases"]?.arrayValue ?? []
}

extension SettingValue {
    /// The text of a member; empty where there is none.
    func text(_ key: String) -> String { self[key]?.stringValue ?? "" }

    /// The bytes of a member in hexadecimal digits.
    func hex(_ key: String) -> [UInt8] { Self.bytes(ofHex: text(key)) }

    /// The bytes of a member in base64.
    func base64(_ key: String) -> [UInt8] { Data(base64Encoded: text(key)).map { [UInt8]($0) } ?? [] }

    /// The bytes of each element of a list in hexadecimal digits.
    func hexList(_ key: String) -> [[UInt8]] {
        (self[key]?.arrayValue ?? []).map { Self.bytes(ofHex: $0.stringValue ?? "") }
    }

    /// Whether a member is true.
    func isTrue(_ key: String) -> Bool { self[key] == true }

    private static func bytes(ofHex text: String) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }
}

/// Counts the cases of a file that come out right, and prints how many of how many.
struct CaseCount {
    private var passed = 0
    private var total = 0

    mutating func add(_ isRight: Bool) {
        total += 1
        if isRight { passed += 1 }
    }

    func print(_ file: String) {
        Swift.print("\(file): passed \(passed) of \(total)")
    }
}
