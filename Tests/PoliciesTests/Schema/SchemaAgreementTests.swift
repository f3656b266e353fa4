import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// Loaders and schemas say the same of a file, but for what a schema cannot say.
struct SchemaAgreementTests {
    @Test(arguments: ValidFile.all) func `a file that loads is valid by its schema`(file: ValidFile) throws {
        let errors = file.kind.errors(in: file.text, for: file.set())
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        let problems = file.kind.schema.problems(of: try document(of: file.text))
        #expect(problems.isEmpty, "\(problems)")
    }

    @Test(arguments: ValidFile.all) func `loader and schema agree on damaged files`(file: ValidFile) throws {
        let original = try document(of: file.text)
        let set = file.set()
        var generator = SeededGenerator(seed: UInt64(20_261_124 + file.name.utf8.count))
        var tally = (valid: 0, both: 0, loaderAlone: 0)
        for round in 0..<file.rounds {
            var damage = Damage(generator: generator)
            let damaged = damage.applied(to: original)
            generator = damage.generator
            // JSON is YAML.
            let text = CanonicalJSON.text(of: damaged)
            let errors = file.kind.errors(in: text, for: set)
            let problems = file.kind.schema.problems(of: damaged)
            let place = "seed \(generator.seed), round \(round): \(damage.account)"
            switch (errors.isEmpty, problems.isEmpty) {
            case (true, true): tally.valid += 1
            case (false, false): tally.both += 1
            case (true, false): Issue.record("\(place): the schema alone refuses it: \(problems)")
            case (false, true):
                tally.loaderAlone += 1
                let unexplained = errors.filter { error in !SchemaGap.allCases.contains { $0.explains(error) } }
                if !unexplained.isEmpty {
                    Issue.record("\(place): the loader alone refuses it: \(unexplained.map(\.message))")
                }
            }
        }
        print(
            "\(file.name), seed \(generator.seed): of \(file.rounds) damaged files \(tally.both) are refused by both, \(tally.valid) by none, \(tally.loaderAlone) for what a schema cannot say"
        )
        #expect(tally.both > file.rounds / 4)
    }
}

/// One change to a document, as a slip of the hand would make it.
struct Damage {
    var generator: SeededGenerator
    /// What was done.
    private(set) var account = ""

    init(generator: SeededGenerator) { self.generator = generator }

    mutating func applied(to value: SettingValue) -> SettingValue {
        var places: [[SettingPath.Step]] = []
        Self.collect(value, [], &places)
        let place = places.randomElement(using: &generator) ?? []
        return changed(value, place[...], at: place)
    }

    private static func collect(_ value: SettingValue, _ path: [SettingPath.Step], _ places: inout [[SettingPath.Step]])
    {
        places.append(path)
        for member in value.objectValue?.members ?? [] { collect(member.value, path + [.key(member.key)], &places) }
        for (index, element) in (value.arrayValue ?? []).enumerated() {
            collect(element, path + [.index(index)], &places)
        }
    }

    private mutating func changed(
        _ value: SettingValue, _ rest: ArraySlice<SettingPath.Step>, at place: [SettingPath.Step]
    ) -> SettingValue {
        switch (rest.first, value) {
        case (.key(let key)?, .object(var object)):
            object[key] = object[key].map { changed($0, rest.dropFirst(), at: place) }
            return .object(object)
        case (.index(let index)?, .array(var elements)):
            elements[index] = changed(elements[index], rest.dropFirst(), at: place)
            return .array(elements)
        default: return damaged(value, at: place)
        }
    }

    private mutating func damaged(_ value: SettingValue, at place: [SettingPath.Step]) -> SettingValue {
        let name = SettingPath(.internal, place).dotted.dropFirst("internal".count)
        switch value {
        case .object(var object) where !object.isEmpty && Bool.random(using: &generator):
            let key = object.keys.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                account = "\(name): without \(key)"
                object[key] = nil
            case 1:
                account = "\(name): an unknown key"
                object[["unknwon", "Id", "absnt", "all.", "internal.nothing"].randomElement(using: &generator) ?? ""] =
                    1
            case 2:
                account = "\(name): \(key) misspelt"
                object[key + "x"] = object[key]
                object[key] = nil
            default:
                account = "\(name): \(key) as another"
                let others = [
                    "rule", "scope", "clients", "atLeast", "matches", "zero", "coerce", "size", "each", "cel", "any",
                    "absent", "waivers", "today", "expect", "disable", "undocumented", "settings.displayName",
                    "voicePool.voice[*].id", "messaging.property[key=template_id].value",
                ]
                object[others.randomElement(using: &generator) ?? ""] = object[key]
            }
            return .object(object)
        case .array(let elements) where !elements.isEmpty && Bool.random(using: &generator):
            account = "\(name): emptied"
            return []
        case .null, .bool, .integer, .number, .string, .array, .object:
            let others: [SettingValue] = [
                .null, true, 7, 0, -3, 0.5, "text", "", "  ", "$most", "$$", "{", "{value}", "pass", "fail", "high",
                "int",
                "violates", "waived", "2026-02-28", "2026-02-30", [], [1], ["a"], [1, 2], [2, 1, 3], [:], ["a": 1],
                ["internal.maxDailyAttempts": 5], ["equals": 5], ["atMost": "5"], "na3/4199", "9007199254740993",
                [["size": 1]], ["each": ["atLeast": 1]], ["size": ["atMost": 3], "empty": "fail"],
            ]
            let other = others.randomElement(using: &generator) ?? .null
            account = "\(name): \(CanonicalJSON.text(of: other)) for \(CanonicalJSON.text(of: value).prefix(40))"
            return other
        }
    }
}
