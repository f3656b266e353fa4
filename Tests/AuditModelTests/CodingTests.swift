import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// Values that are written down for a review and read again.
struct CodingTests {
    private func read<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    @Test(arguments: (0..<50).map { 0x51AB_0000 + UInt64($0) })
    func `a value reads back as it was, whatever it is`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = SettingValue.random(depth: 3, using: &generator)
        #expect(try read(value) == value, "seed \(seed)")
    }

    @Test func `clients, moments, days and paths read back as they were`() throws {
        let id = Client.ID(environment: EnvironmentName("na3/test \"x\""), number: 4199)
        #expect(try read(id) == id)
        for milliseconds: Int64 in [0, -1, 1_794_622_081_123] {
            #expect(try read(Timestamp(milliseconds: milliseconds)).milliseconds == milliseconds)
        }
        let path = SettingPath(
            .messaging, [.key("a.b"), .selected(key: "key", value: "x", occurrence: 1), .each, .index(3)])
        #expect(try read(path) == path)
        for text in ["\"4199\"", "\"na3/\"", "\"na3/x\"", "7"] {
            #expect(throws: (any Error).self) { try JSONDecoder().decode(Client.ID.self, from: Data(text.utf8)) }
        }
        for text in ["\"2026-02-30\"", "\"tomorrow\"", "99999999999999999"] {
            #expect(throws: (any Error).self) { try JSONDecoder().decode(CalendarDay.self, from: Data(text.utf8)) }
        }
    }

    @Test func `a grid reads back as it was, and one with cells that it does not have is refused`() throws {
        let clients = (1...3).map {
            Client(id: Client.ID(environment: EnvironmentName("e"), number: $0), code: "C\($0)")
        }
        var grid = VerdictGrid(clients: clients, ruleIDs: ["A", "B"])
        grid.record([RuleResult(ruleID: "A", verdict: .fail)], row: 0)
        grid.record([RuleResult(ruleID: "B", verdict: .notApplicable, notApplicableReason: "out of scope")], row: 2)
        #expect(try read(grid) == grid)
        let text = String(decoding: try JSONEncoder().encode(grid), as: UTF8.self)
        for (found, other) in [("[2,0]", "[99,0]"), ("[2,0]", "[-1,0]"), ("[2,0]", "[2]"), ("[2,0],", "")] {
            #expect(text.contains(found))
            let altered = Data(text.replacing(found, with: other).utf8)
            #expect(throws: (any Error).self) { try JSONDecoder().decode(VerdictGrid.self, from: altered) }
        }
    }
}
