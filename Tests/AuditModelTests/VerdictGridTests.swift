import AuditModel
import Testing

struct VerdictGridTests {
    private func client(_ number: Int) -> Client {
        Client(id: Client.ID(environment: EnvironmentName("na3"), number: number), code: "C\(number)")
    }

    @Test func `each cell is what was recorded, in whatever order results come`() {
        var grid = VerdictGrid(clients: [client(1), client(2)], ruleIDs: ["A", "B", "C"])
        grid.record(
            [
                RuleResult(ruleID: "C", verdict: .unknown), RuleResult(ruleID: "A", verdict: .pass),
                RuleResult(ruleID: "elsewhere", verdict: .fail),
            ], row: 1)
        grid.append(
            client(3), [RuleResult(ruleID: "B", verdict: .notApplicable, notApplicableReason: "out of scope")])
        #expect(grid[0, 0] == nil && grid[1, 1] == nil)
        #expect(grid[1, 0] == VerdictGrid.Cell(.pass) && grid[1, 2] == VerdictGrid.Cell(.unknown))
        #expect(grid[2, 1] == VerdictGrid.Cell(.notApplicable, notApplicableReason: "out of scope"))
        #expect(grid.clients.map(\.id.number) == [1, 2, 3])
    }

    @Test(arguments: Verdict.allCases)
    func `a verdict without a reason is itself`(verdict: Verdict) {
        var grid = VerdictGrid(ruleIDs: ["A"])
        grid.append(client(1), [RuleResult(ruleID: "A", verdict: verdict)])
        #expect(grid[0, 0] == VerdictGrid.Cell(verdict))
    }

    @Test func `parts are joined by client, and are equal to what was recorded at once`() {
        func results(_ number: Int) -> [RuleResult] {
            [
                RuleResult(ruleID: "A", verdict: number % 2 == 0 ? .pass : .fail),
                RuleResult(ruleID: "B", verdict: .notApplicable, notApplicableReason: "reason \(number)"),
            ]
        }
        var parts = [VerdictGrid(ruleIDs: ["A", "B"]), VerdictGrid(ruleIDs: ["A", "B"])]
        var whole = VerdictGrid(ruleIDs: ["A", "B"])
        for number in 1...9 {
            whole.append(client(number), results(number))
            parts[number % 2].append(client(number), results(number))
        }
        #expect(VerdictGrid.joined(parts) == whole)
        #expect(VerdictGrid.joined(parts.reversed()) == whole)
        #expect(VerdictGrid.joined([]) == VerdictGrid())
        #expect(VerdictGrid.joined([parts[0]]) != whole)
    }

    @Test func `more reasons than a byte can tell cost the reason, never the verdict`() {
        var grid = VerdictGrid(ruleIDs: ["A"])
        for number in 1...600 {
            grid.append(
                client(number),
                [RuleResult(ruleID: "A", verdict: .notApplicable, notApplicableReason: "reason \(number)")])
        }
        for row in 0..<600 {
            #expect(grid[row, 0]?.verdict == .notApplicable)
            let reason = grid[row, 0]?.notApplicableReason
            #expect(reason == "reason \(row + 1)" || reason == nil && row >= 240)
        }
    }
}
