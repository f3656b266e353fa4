import AuditModel
import Drift
import Testing

struct SharedChangesTests {
    private func client(_ number: Int) -> Client {
        Client(id: Client.ID(environment: EnvironmentName("na3"), number: number), code: "C\(number)")
    }
    private func change(_ key: String, _ before: SettingValue?, _ after: SettingValue?) -> Change {
        Change(path: SettingPath(.internal, key: key), before: before, after: after)
    }

    @Test func `the most shared change comes first, then by path, then by client`() {
        let lockout = change("lockout", 5, 10)
        let grouped = SharedChanges.grouped([
            (client(3), [change("b", 1, 2), lockout]), (client(1), [change("b", 1, 3), lockout]),
            (client(2), [change("a", 1, 2), lockout]),
        ])
        #expect(grouped.map(\.change.path.dotted) == ["internal.lockout", "internal.a", "internal.b", "internal.b"])
        #expect(grouped.map { $0.clients.map(\.id.number) } == [[1, 2, 3], [2], [1], [3]])
    }

    @Test func `the same path with other values is another change`() {
        #expect(
            SharedChanges.grouped([(client(1), [change("a", 1, 2)]), (client(2), [change("a", nil, 2)])]).count == 2)
        #expect(
            SharedChanges.grouped([(client(1), [change("a", 1, "2")]), (client(2), [change("a", 1, 2)])]).count == 2)
    }

    @Test func `a change names the rules that it flipped for one of its clients`() {
        let path = SettingPath(.internal, key: "lockout")
        let flips = [(2, "LV-2"), (1, "LV-1"), (9, "LV-9")].map { number, rule in
            VerdictChange(
                client: client(number), ruleID: rule, before: .pass, after: .fail, transition: .new,
                causes: [.setting], paths: [path])
        }
        let change = change("lockout", 5, 10)
        let grouped = SharedChanges.grouped(
            [(client(1), [change]), (client(2), [change])], verdictChanges: flips)
        #expect(grouped.map(\.flippedRules) == [["LV-1", "LV-2"]])
    }
}
