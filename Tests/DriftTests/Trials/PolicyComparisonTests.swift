import AuditModel
import Testing

@testable import Drift

struct PolicyComparisonTests {
    private func id(_ number: Int) -> Client.ID { Client.ID(environment: EnvironmentName("na3"), number: number) }

    @Test func `verdicts are compared by rule id, wherever the rules stand`() {
        var comparison = PolicyComparison(before: ["A", "B", "OLD"], after: ["B", "NEW", "A"], nights: 3)
        // Old A, B, OLD; then new B, NEW, A.
        comparison.add(id(1), stretches("ppp", "fff", "ppp", "fff", "nff", "ppf"))
        comparison.add(id(2), stretches("p.f", "p.p", "f.f", "f.p", "p.p", "f.f"))
        comparison.add(id(3), [])
        #expect(comparison.clientCount == 2)
        #expect(comparison.sharedRules == ["A", "B"])
        #expect(
            comparison.differences == [
                PolicyComparison.Difference(client: id(1), ruleID: "A", before: .pass, after: .fail)
            ], "in the last night the second client has the same verdicts")
        #expect(
            comparison.shifts == [
                PolicyComparison.Shift(
                    ruleID: "A", before: .pass, after: .fail, clientNights: 2, nights: 2, clients: 2, firstNight: 0,
                    lastNight: 2),
                PolicyComparison.Shift(
                    ruleID: "B", before: .pass, after: .fail, clientNights: 1, nights: 1, clients: 1, firstNight: 0,
                    lastNight: 0),
            ])
        #expect(comparison.addedRules.map(\.ruleID) == ["NEW"])
        #expect(comparison.addedRules.first?.counts.fail == 2)
        #expect(comparison.addedRules.first?.lastNight.pass == 1)
        #expect(comparison.retiredRules.map(\.ruleID) == ["OLD"])
        #expect(comparison.retiredRules.first?.counts.fail == 2)
        #expect(comparison.retiredRules.first?.lastNight.total == 2)
    }

    @Test func `several nights of one client count once for the client and each for the nights`() {
        var comparison = PolicyComparison(before: ["A"], after: ["A"], nights: 5)
        comparison.add(id(1), stretches("ppupp", "ffffp"))
        comparison.add(id(2), stretches(".ppp.", ".fpf."))
        #expect(comparison.differences.isEmpty)
        #expect(
            comparison.shifts == [
                PolicyComparison.Shift(
                    ruleID: "A", before: .pass, after: .fail, clientNights: 5, nights: 3, clients: 2, firstNight: 0,
                    lastNight: 3),
                PolicyComparison.Shift(
                    ruleID: "A", before: .unknown, after: .fail, clientNights: 1, nights: 1, clients: 1, firstNight: 2,
                    lastNight: 2),
            ])
    }

    @Test func `two equal sets differ in nothing`() {
        var comparison = PolicyComparison(before: ["A"], after: ["A"], nights: 2)
        comparison.add(id(1), stretches("fu", "fu"))
        #expect(comparison.differences.isEmpty)
        #expect(comparison.shifts.isEmpty)
        #expect(comparison.addedRules.isEmpty)
        #expect(comparison.retiredRules.isEmpty)
    }
}

struct KeySightingsTests {
    @Test func `a key is told with the night and the clients that had it first`() {
        func id(_ number: Int) -> Client.ID { Client.ID(environment: EnvironmentName("na3"), number: number) }
        let (one, other) = (SettingPath(.internal, key: "a"), SettingPath(.settings, key: "b"))
        var sightings = KeySightings(nights: 4)
        sightings.note(other, of: id(7), night: 1)
        sightings.note(one, of: id(9), night: 2)
        sightings.note(one, of: id(8), night: 2)
        sightings.note(one, of: id(9), night: 3)
        #expect(
            sightings.sightings == [
                KeySightings.Sighting(
                    path: one, firstNight: 2, firstClients: [id(8), id(9)], clientCount: 2, clientsInLastNight: 1),
                KeySightings.Sighting(
                    path: other, firstNight: 1, firstClients: [id(7)], clientCount: 1, clientsInLastNight: 0),
            ])
    }
}
