import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

struct WaiverSetTests {
    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    private func client(_ number: Int = 4199, in environment: String = "na3", labels: [String: String] = [:]) -> Client
    {
        Client(
            id: Client.ID(environment: EnvironmentName(environment), number: number), code: "ACME", labels: labels)
    }

    private func waiver(
        _ set: WaiverSet, over rule: String = "R", of client: Client, on text: String, _ json: String = "{}"
    ) throws -> String? {
        try set.waiver(over: rule, of: client, on: try day(text)) { try Snapshot.of([.internal: json]) }?.id
    }

    @Test func `the first and the last day count whole, the days around them do not`() throws {
        let set = try waiverSet(waiverText(["from": "2028-02-29", "expires": "2028-03-01"]))
        #expect(try waiver(set, of: client(), on: "2028-02-28") == nil)
        #expect(try waiver(set, of: client(), on: "2028-02-29") == "W-1")
        #expect(try waiver(set, of: client(), on: "2028-03-01") == "W-1")
        #expect(try waiver(set, of: client(), on: "2028-03-02") == nil)
    }

    @Test func `a waiver of random days holds on just those, leap days and turns of years included`() throws {
        var generator = SeededGenerator(seed: 0xDA7E5)
        print("seed \(generator.seed)")
        let leapDays = try ["2024-02-29", "2028-02-29", "2000-02-29", "2100-02-28"].map { try day($0).daysSince1970 }
        for _ in 0..<300 {
            let near = leapDays.randomElement(using: &generator) ?? 0
            let first = near + Int.random(in: -400...400, using: &generator)
            let length = Int.random(in: 0...800, using: &generator)
            let (from, expires) = (CalendarDay(daysSince1970: first), CalendarDay(daysSince1970: first + length))
            let set = try waiverSet(waiverText(["from": from.description, "expires": expires.description]))
            let waiver = try #require(set.waivers.first)
            for offset in [-1, 0, Int.random(in: 0...length, using: &generator), length, length + 1] {
                let today = CalendarDay(daysSince1970: first + offset)
                let holds = offset >= 0 && offset <= length
                #expect(waiver.isInForce(on: today) == holds, "\(from) to \(expires) on \(today)")
                #expect(waiver.daysLeft(on: today) == length - offset)
            }
        }
    }

    @Test func `it covers its rules and clients alone`() throws {
        let set = try waiverSet(waiverText(["rules": "[R, S]", "clients": "[na3/4199, 7]"]))
        #expect(try waiver(set, over: "S", of: client(), on: "2026-10-02") == "W-1")
        #expect(try waiver(set, over: "T", of: client(), on: "2026-10-02") == nil)
        #expect(try waiver(set, of: client(in: "na4"), on: "2026-10-02") == nil)
        #expect(try waiver(set, of: client(7, in: "na4"), on: "2026-10-02") == "W-1")
        let scoped = try waiverSet(
            waiverText(["clients": nil, "scope": "{env: prod, line: [care, sales]}"]))
        #expect(
            try waiver(scoped, of: client(labels: ["env": "prod", "line": "sales"]), on: "2026-10-02") == "W-1")
        #expect(try waiver(scoped, of: client(labels: ["env": "prod"]), on: "2026-10-02") == nil)
        #expect(try waiver(scoped, of: client(labels: ["env": "uat", "line": "care"]), on: "2026-10-02") == nil)
    }

    @Test(arguments: [
        (#"{"maxFailedCcsLoginAttempts": 10}"#, true), (#"{"maxFailedCcsLoginAttempts": 11}"#, false),
        (#"{"maxFailedCcsLoginAttempts": 0}"#, false), (#"{"maxFailedCcsLoginAttempts": "10"}"#, false),
        (#"{"maxFailedCcsLoginAttempts": null}"#, false), ("{}", false),
    ])
    func `a pinned waiver holds for the values that were approved, and for nothing that is not there`(
        json: String, holds: Bool
    ) throws {
        let set = try waiverSet(
            waiverText(["while": "{internal.maxFailedCcsLoginAttempts: {atMost: 10, zero: violates}}"]))
        #expect(try waiver(set, of: client(), on: "2026-10-02", json) == (holds ? "W-1" : nil))
        let unread = try set.waiver(over: "R", of: client(), on: try day("2026-10-02")) { try Snapshot.of([:]) }
        #expect(unread == nil)
    }

    @Test func `of several, the one that ends last is told`() throws {
        let set = try waiverSet(
            waiverText() + String(waiverText(["id": "W-2", "expires": "2026-12-31"]).dropFirst("waivers:\n".count)))
        #expect(try waiver(set, of: client(), on: "2026-10-02") == "W-2")
    }

    private func problems(
        _ text: String, rules: Set<String>? = ["R"], clients: [Client]? = nil, on today: String = "2026-10-05",
        areAll: Bool = true
    ) throws -> [String] {
        try waiverSet(text).problems(
            rules: rules, clients: clients ?? [client()], areAll: areAll, on: try day(today)
        ).map { "\($0.kind.rawValue): \($0.sentence)" }
    }

    @Test func `what the file alone does not show is told in words`() throws {
        #expect(try problems(waiverText()) == [])
        #expect(
            try problems(waiverText(["rules": "[RR]"]), rules: ["R", "RRR"]) == [
                "unknownRule: Waiver W-1 names the rule RR, which no policy has. Did you mean 'R'?"
            ])
        #expect(
            try problems(waiverText(["clients": "[na3/1]"])) == [
                "unknownClient: Waiver W-1 names client na3/1, which is not on the roster."
            ])
        #expect(try problems(waiverText(["clients": "[na4/1, 5]"]), areAll: false) == [])
        #expect(
            try problems(waiverText(), clients: [client(), client(in: "na4")]) == [
                "ambiguousClient: Waiver W-1 names client 4199, which several environments have; write na3/4199 or na4/4199."
            ])
        #expect(
            try problems(waiverText(["clients": nil, "scope": "{env: prod}"])) == [
                "emptyScope: Waiver W-1 has a scope that matches no client."
            ])
    }

    @Test(arguments: [
        ("2026-10-16", nil), ("2026-10-17", "endingSoon: Waiver W-1 ends on 2026-10-31, 14 days are left."),
        ("2026-10-30", "endingSoon: Waiver W-1 ends on 2026-10-31, 1 day is left."),
        ("2026-10-31", "endingSoon: Waiver W-1 ends on 2026-10-31, today is its last day."),
        (
            "2026-11-01",
            "expired: Waiver W-1 has ended: its last day was 2026-10-31; renew it or take it out."
        ), ("2026-09-30", nil),
    ])
    func `an end is told from fourteen days before`(today: String, sentence: String?) throws {
        #expect(try problems(waiverText(), on: today) == (sentence.map { [$0] } ?? []))
    }

    @Test func `overlaps need a rule, a client and a day in common`() throws {
        func both(_ changes: [String: String?]) -> String {
            waiverText() + String(waiverText(changes.merging(["id": "W-2"]) { $1 }).dropFirst("waivers:\n".count))
        }
        let overlap = [
            "overlapping: Waiver W-2 overlaps with waiver W-1: both cover R for na3/4199; keep one, so that it is plain which end counts."
        ]
        let rules: Set<String> = ["R", "S"]
        #expect(try problems(both(["from": "2026-10-31", "expires": "2026-12-31"]), rules: rules) == overlap)
        #expect(try problems(both(["from": "2026-11-01", "expires": "2026-12-31"]), rules: rules) == [])
        #expect(try problems(both(["rules": "[S]"]), rules: rules) == [])
        #expect(
            try problems(
                both(["clients": nil, "scope": "{env: prod}"]), rules: rules,
                clients: [client(labels: ["env": "prod"])]) == overlap)
        #expect(
            try problems(both(["clients": "[na3/7]"]), rules: rules, clients: [client(), client(7)]) == [])
    }

    @Test func `one that lies over nothing is unused, but only while it is in force and concerns somebody`() throws {
        let set = try waiverSet(waiverText())
        func unused(_ today: String, _ used: Set<String>, _ clients: [Client]) throws -> [String] {
            set.unused(on: try day(today), used: used, concerning: clients).map(\.waiverID)
        }
        #expect(try unused("2026-10-05", [], [client()]) == ["W-1"])
        #expect(try unused("2026-10-05", ["W-1"], [client()]) == [])
        #expect(try unused("2026-11-05", [], [client()]) == [])
        #expect(try unused("2026-10-05", [], [client(1)]) == [])
    }
}
