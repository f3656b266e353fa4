import AuditModel
import Policies
import Testing

/// The three-valued logic, cell by cell, printed as it is tested.
struct VerdictTableTests {
    static let pass = "{internal.encryptCcsPassword: true}"
    static let fail = "{internal.encryptAcdPassword: true}"
    static let unknown = "{settings.scrubWireless: true}"
    static let noValue = "{internal.callRecordingDays: 1}"
    static let notCollected = "{\"countries[*].id\": {size: 1}}"

    static let checks: [(name: String, text: String)] = [
        ("pass", pass), ("fail", fail), ("unknown", unknown), ("no value", noValue), ("not collected", notCollected),
    ]

    static func verdict(_ check: String) throws -> Verdict {
        let snapshot = try Snapshot.of(
            [.internal: #"{"encryptCcsPassword": true, "encryptAcdPassword": false}"#], notCollected: [.countries])
        return try result(check: check, for: snapshot).verdict
    }

    // Rows and columns in the order of `checks`.
    static let all: [[Verdict]] = [
        [.pass, .fail, .unknown, .fail, .notApplicable],
        [.fail, .fail, .fail, .fail, .fail],
        [.unknown, .fail, .unknown, .fail, .unknown],
        [.fail, .fail, .fail, .fail, .fail],
        [.notApplicable, .fail, .unknown, .fail, .notApplicable],
    ]
    static let any: [[Verdict]] = [
        [.pass, .pass, .pass, .pass, .pass],
        [.pass, .fail, .unknown, .fail, .notApplicable],
        [.pass, .unknown, .unknown, .unknown, .unknown],
        [.pass, .fail, .unknown, .fail, .notApplicable],
        [.pass, .notApplicable, .unknown, .notApplicable, .notApplicable],
    ]
    static let not: [Verdict] = [.fail, .pass, .unknown, .fail, .notApplicable]
    /// `not` over `all` and `any`: what is decided swaps, no value stays a fail.
    static let notAll: [[Verdict]] = [
        [.fail, .pass, .unknown, .fail, .notApplicable],
        [.pass, .pass, .pass, .pass, .pass],
        [.unknown, .pass, .unknown, .fail, .unknown],
        [.fail, .pass, .fail, .fail, .fail],
        [.notApplicable, .pass, .unknown, .fail, .notApplicable],
    ]
    static let notAny: [[Verdict]] = [
        [.fail, .fail, .fail, .fail, .fail],
        [.fail, .pass, .unknown, .fail, .notApplicable],
        [.fail, .unknown, .unknown, .unknown, .unknown],
        [.fail, .fail, .unknown, .fail, .notApplicable],
        [.fail, .notApplicable, .unknown, .notApplicable, .notApplicable],
    ]

    @Test func `all, any and not, cell by cell`() throws {
        for (name, table, make) in [
            ("all", Self.all, { "{all: [\($0), \($1)]}" }),
            ("any", Self.any, { "{any: [\($0), \($1)]}" }),
            ("not all", Self.notAll, { "{not: {all: [\($0), \($1)]}}" }),
            ("not any", Self.notAny, { "{not: {any: [\($0), \($1)]}}" }),
        ] as [(String, [[Verdict]], (String, String) -> String)] {
            print("\(name): columns " + Self.checks.map(\.name).joined(separator: " | "))
            for (row, left) in Self.checks.enumerated() {
                var cells: [Verdict] = []
                for (column, right) in Self.checks.enumerated() {
                    let verdict = try Self.verdict(make(left.text, right.text))
                    cells.append(verdict)
                    #expect(verdict == table[row][column], "\(name) of \(left.name), \(right.name)")
                }
                print("  \(left.name): " + cells.map(\.rawValue).joined(separator: " | "))
            }
        }
        for (index, check) in Self.checks.enumerated() {
            let verdict = try Self.verdict("{not: \(check.text)}")
            print("not \(check.name): \(verdict.rawValue)")
            #expect(verdict == Self.not[index], "not \(check.name)")
            #expect(try Self.verdict("{not: {not: \(check.text)}}") == Self.verdict(check.text))
        }
    }

    @Test(arguments: [
        ("pass", Verdict.fail), ("fail", .notApplicable), ("unknown", .unknown), ("no value", .unknown),
        ("not collected", .notApplicable),
    ])
    func `a when decides whether the rule applies`(name: String, expected: Verdict) throws {
        let condition = try #require(Self.checks.first { $0.name == name }).text
        let snapshot = try Snapshot.of(
            [.internal: #"{"encryptCcsPassword": true, "encryptAcdPassword": false}"#], notCollected: [.countries])
        let result = try result(check: Self.fail, when: condition, for: snapshot)
        #expect(result.verdict == expected)
        switch name {
        case "fail": #expect(result.notApplicableReason == "condition is false")
        case "not collected": #expect(result.notApplicableReason == "countries not collected")
        case "unknown": #expect(result.missing == [.settings])
        case "no value":
            #expect(result.missing == [])
            #expect(result.comparisons.map(\.reason) == [.absent])
        default: break
        }
    }
}
