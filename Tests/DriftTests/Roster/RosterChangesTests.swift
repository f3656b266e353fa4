import AuditModel
import Drift
import Testing

struct RosterChangesTests {
    private func client(
        _ number: Int, _ code: String = "ACME", name: String = "", account: String = "a", labels: [String: String] = [:]
    ) -> Client {
        let id = Client.ID(environment: EnvironmentName("na3"), number: number)
        return Client(id: id, code: code, name: name, account: account, labels: labels)
    }

    @Test func `the same roster in another order has no changes`() {
        #expect(RosterChanges.between(before: [client(1), client(2)], after: [client(2), client(1)]).isEmpty)
    }

    @Test func `who came, left and retired is told by client`() {
        let changes = RosterChanges.between(
            before: [client(1), client(2, "BETA", name: "Beta"), client(3)],
            after: [client(4, labels: ["z": "1", "env": "prod"]), client(3)],
            retired: [client(1).id])
        #expect(changes.map(\.kind) == [.retired, .left, .joined])
        #expect(changes.map(\.before) == ["ACME, account a", "BETA (Beta), account a", nil])
        #expect(changes.map(\.after) == [nil, nil, "ACME, account a, env=prod, z=1"])
    }

    @Test func `a client that is described otherwise is told aspect by aspect`() {
        let changes = RosterChanges.between(
            before: [client(1, name: "Old", labels: ["env": "uat"])],
            after: [client(1, name: "New", account: "b", labels: ["env": "prod"])])
        #expect(changes.map(\.kind) == [.renamed, .movedAccount, .relabelled])
        #expect(changes.map(\.before) == ["ACME (Old)", "a", "env=uat"])
        #expect(changes.map(\.after) == ["ACME (New)", "b", "env=prod"])
        #expect(changes.allSatisfy { $0.client.name == "New" })
    }
}
