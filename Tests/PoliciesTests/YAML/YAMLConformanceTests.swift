import AuditTestSupport
import Foundation
import Policies
import Testing

/// Holds the reader to the public cases: a selection of yaml-test-suite, and cases written for policy files.
struct YAMLConformanceTests {
    /// Where libyaml's grammar differs from YAML 1.2, each with its reason. All are refusals of tabs that YAML allows;
    /// nothing is read as another value.
    static let knownDifferences: [String: String] = [
        "6CA3": "libyaml refuses a tab before the first token",
        "DK95-00": "libyaml refuses a tab between indentation and a plain scalar",
        "DK95-03": "libyaml refuses a tab on the blank line before the first token",
        "Y79Y-01": "libyaml refuses a tab at the start of a block scalar whose indentation is not known yet",
        "Y79Y-10": "libyaml refuses a tab after '-'",
        "tab/list": "libyaml refuses a tab after '-'",
    ]

    struct Case {
        let id: String
        let bytes: [UInt8]
        let documents: [Any]?
        let mustBeRefused: Bool
        let mayBeRefused: Bool
    }

    @Test(arguments: ["policy-files", "suite"])
    func `the public cases are read or refused as they say`(file: String) throws {
        guard skipWithoutConformanceFolder("YAMLConformanceTests"), let folder = conformanceFolder else { return }
        let cases = try Self.cases(in: folder.appending(path: "yaml/\(file).json"))
        var failures: [String: String] = [:]
        for test in cases {
            if let failure = Self.failure(of: test) { failures[test.id] = failure }
        }
        print("YAML conformance, \(file): \(cases.count - failures.count) of \(cases.count) passed")
        for (id, failure) in failures.sorted(by: { $0.key < $1.key }) {
            print("  \(id): \(failure); \(Self.knownDifferences[id] ?? "UNEXPECTED")")
            #expect(Self.knownDifferences[id] != nil, "\(id): \(failure)")
        }
        for id in cases.map(\.id) where Self.knownDifferences[id] != nil {
            #expect(failures[id] != nil, "\(id) is no difference any more; take it off the list")
        }
        #expect(cases.count > 20)
    }

    static func failure(of test: Case) -> String? {
        switch YAMLReader.documents(of: test.bytes, file: "case.yaml") {
        case .failure(let error):
            return test.mustBeRefused || test.mayBeRefused ? nil : "refused: \(error.diagnostics[0].message)"
        case .success(let nodes):
            if test.mustBeRefused { return "read as \(nodes.map { described($0) })" }
            guard let documents = test.documents else { return nil }
            let areSame =
                documents.count == nodes.count && zip(nodes, documents).allSatisfy { isSame($0, $1) }
            return areSame ? nil : "read as \(nodes.map { described($0) }), not \(documents)"
        }
    }

    static func cases(in url: URL) throws -> [Case] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        let cases = try #require(root["cases"] as? [[String: Any]])
        return try cases.map { item in
            let either = item["either"] as? Bool ?? false
            let encoded = try #require(item["yaml_b64"] as? String)
            return Case(
                id: try #require(item["id"] as? String), bytes: Array(try #require(Data(base64Encoded: encoded))),
                documents: item["docs"] as? [Any], mustBeRefused: item["error"] as? Bool ?? false,
                mayBeRefused: either || item["may_refuse"] as? Bool ?? false)
        }
    }

    static func isSame(_ node: YAMLNode, _ expected: Any) -> Bool {
        switch node.kind {
        case .null: return expected is NSNull
        case .bool(let value): return type(of: expected) == "c" && (expected as? NSNumber)?.boolValue == value
        case .integer(let value):
            return type(of: expected) == "q" && (expected as? NSNumber)?.decimalValue == Decimal(value)
        case .float(let value):
            if let text = (expected as? [String: Any])?["$float"] as? String {
                return text == "nan" ? value.isNaN : value == (text == "inf" ? .infinity : -.infinity)
            }
            return type(of: expected) == "d" && (expected as? NSNumber)?.doubleValue == value
        case .string(let value):
            return (expected as? String).map { Array($0.utf8) == Array(value.utf8) } ?? false
        case .sequence(let elements):
            guard let others = expected as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy { isSame($0, $1) }
        case .mapping(let entries):
            guard let others = expected as? [String: Any] else { return false }
            // Swift's dictionaries take "é" in one and in two scalars for one key, so Foundation's JSON has lost one of
            // them (dup/nfc); YAMLReaderTests holds that case exactly.
            guard Set(entries.map(\.key)).count == entries.count else {
                return Set(entries.map(\.key)).count == others.count
            }
            return entries.allSatisfy { entry in
                others.contains { Array($0.key.utf8) == Array(entry.key.utf8) && isSame(entry.value, $0.value) }
            } && entries.count == others.count
        }
    }

    /// `c` for a boolean, `d` for a number with a point or exponent, `q` for an integer.
    private static func type(of value: Any) -> String? {
        guard let number = value as? NSNumber else { return nil }
        let code = String(cString: number.objCType)
        switch code {
        case "c", "B": return "c"
        case "d", "f": return "d"
        default: return "q"
        }
    }

    private static func described(_ node: YAMLNode) -> String {
        switch node.kind {
        case .null, .bool, .integer, .float, .string: "\(node.kindName) \(node.text ?? "")"
        case .sequence(let elements): "[" + elements.map { described($0) }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key): \(described($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
