import AuditTestSupport
import CEL
import Foundation

/// One case of the language's own conformance suite, as `conformance/cel/README.md` describes it.
struct ConformanceCase: Decodable {
    struct Declaration: Decodable {
        struct OverloadText: Decodable {
            let params: [String]
            let result: String
            let member: Bool
        }

        let name: String
        let type: String?
        let overloads: [OverloadText]?
    }

    let id: String
    let expr: String
    let bindings: [String: ExpectedValue]?
    let typeEnv: [Declaration]?
    let container: String?
    let disableCheck: Bool?
    let checkOnly: Bool?
    let value: ExpectedValue?
    let evalError: [String]?
    let deducedType: String?

    enum CodingKeys: String, CodingKey {
        case id, expr, bindings, container, value
        case typeEnv = "type_env"
        case disableCheck = "disable_check"
        case checkOnly = "check_only"
        case evalError = "eval_error"
        case deducedType = "deduced_type"
    }

    /// Why the case does not pass, or nil.
    func problem() -> String? {
        var variables: [String: ValueType] = [:]
        var functions: [Function] = []
        for declaration in typeEnv ?? [] {
            if let type = declaration.type { variables[declaration.name] = TypeReader.type(type) }
            if let overloads = declaration.overloads {
                functions.append(
                    Function(
                        declaration.name,
                        overloads.map {
                            Overload(
                                $0.params.map(TypeReader.type), TypeReader.type($0.result), isMember: $0.member)
                        }, implementation: nil))
            }
        }
        let environment = Environment(
            variables: variables, functions: functions, container: container ?? "", timeZones: FoundationTimeZones())
        let program: Program
        do {
            program = try environment.compile(expr, checking: disableCheck == true ? .none : .full)
        } catch {
            if evalError != nil, checkOnly != true { return nil }
            return "does not compile: \(error.mistakes.map(\.sentence))"
        }
        if let deducedType, program.resultType.description != deducedType {
            return "has type \(program.resultType), not \(deducedType)"
        }
        if checkOnly == true { return nil }
        let result = program.evaluate(variables: (bindings ?? [:]).mapValues(\.value))
        switch (result, value) {
        case (.failure, nil): return evalError == nil ? "fails, and nothing is expected" : nil
        case (.failure(let error), _?): return "fails: \(error)"
        case (.success(let found), nil): return "gives \(found), not an error"
        case (.success(let found), let expected?):
            return ExpectedValue.areSame(found, expected.value) ? nil : "gives \(found), not \(expected.value)"
        }
    }
}

/// A file of the suite.
struct ConformanceFile: Decodable {
    let tier: String
    let cases: [ConformanceCase]

    static func all() throws -> [(name: String, file: ConformanceFile)] {
        guard let folder = conformanceFolder?.appending(path: "cel") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted()
            .map {
                ($0, try JSONDecoder().decode(ConformanceFile.self, from: Data(contentsOf: folder.appending(path: $0))))
            }
    }
}

/// Time zones as Foundation knows them.
struct FoundationTimeZones: TimeZoneProvider {
    func secondsFromUTC(in name: String, at seconds: Int64) -> Int? {
        TimeZone(identifier: name)?.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
}
