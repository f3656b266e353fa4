import AuditModel
import AuditTestSupport
import Foundation

/// The `cases` of one file of the public suites.
func conformanceCases(_ path: String) throws -> [SettingValue] {
    guard let folder = conformanceFolder else { return [] }
    let bytes = try [UInt8](Data(contentsOf: folder.appending(path: path)))
    return try JSONReader.value(of: bytes)["cases"]?.arrayValue ?? []
}

func base64(_ value: SettingValue?) -> [UInt8] {
    value?.stringValue.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } ?? []
}
