import AuditModel
import AuditTestSupport
import Foundation
import NIOHTTP1
import Testing

/// Every page of the dashboard, and its twin, over a fleet in which everything that comes from outside is hostile.
@Suite(.serialized)
struct HostileDashboardTests {
    /// Reads every page that a link leads to, of each kind so many as tell something.
    private func crawl(
        _ dashboard: DashboardProcess, _ body: (String, DashboardProcess.Page) throws -> Void
    ) async throws -> [String: Int] {
        var open = ["/", "/healthz", "/metrics"]
        var seen = Set(open)
        var kinds: [String: Int] = [:]
        while let path = open.popLast() {
            let page = try await dashboard.get(path)
            try body(path, page)
            guard page.type == "text/html" else { continue }
            for link in try MarkupOutline(page.body).attributes where link.name == "href" && link.value.hasPrefix("/") {
                guard seen.insert(link.value).inserted else { continue }
                let segments = link.value.split(separator: "/")
                let kind = "\(segments.first ?? "") \(segments.count)" + (link.value.contains(".json") ? " twin" : "")
                kinds[kind, default: 0] += 1
                if kinds[kind, default: 0] <= 30 { open.append(link.value) }
            }
        }
        return kinds
    }

    private static func kind(_ page: DashboardProcess.Page) -> HostileBytes.Kind {
        switch page.type {
        case "text/html": .html
        case "application/json": .json
        default: .text
        }
    }

    @Test func `every page and every twin is safe, and its addresses lead back to it`() async throws {
        try await HostileFleet.with { fleet in
            let dashboard = try DashboardProcess(in: fleet.folder, fleet.common)
            var marked: Set<String> = []
            let kinds = try await crawl(dashboard) { path, page in
                #expect(page.status == 200, "\(path)")
                #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(path)")
                HostileBytes.check(page.body, as: Self.kind(page), path, isMarked: false)
                for (name, value) in page.headers {
                    #expect(HostileBytes.acting(value, besides: "") == [], "\(path): \(name)")
                }
                if page.body.contains(HostileText.mark) {
                    marked.insert(
                        path.split(separator: "/").first.map { String($0.prefix { $0 != "." && $0 != "?" }) } ?? "")
                }
            }
            #expect(kinds.count >= 12, "\(kinds)")
            #expect(
                marked.isSuperset(of: ["", "runs", "clients", "rules", "diff", "waivers", "healthz", "metrics"]),
                "\(marked)")
            #expect(dashboard.stop() == 0)
        }
    }

    @Test func `what an address says is safe in the page that refuses it`() async throws {
        try await HostileFleet.with { fleet in
            let dashboard = try DashboardProcess(in: fleet.folder, fleet.common)
            let hostile = Self.encoded(HostileText.body)
            let long = String(repeating: "x", count: 3000)
            let paths = [
                "/\(hostile)", "/runs/\(hostile)", "/rules/\(hostile)", "/clients/\(hostile)/1",
                "/clients/x/\(hostile)",
                "/clients/\(hostile)/4199/settings/\(hostile)", "/rules?severity=\(hostile)",
                "/rules?environment=\(hostile)",
                "/diff?from=\(hostile)&to=latest", "/diff?from=previous&to=latest&client=\(hostile)",
                "/diff?from=previous&to=latest&group=\(hostile)",
                "/clients?q=\(hostile)&sort=\(hostile)&page=\(hostile)",
                "/runs?environment=\(hostile)", "/waivers?environment=\(hostile)", "/login?next=\(hostile)",
                "/rules/\(long)",
            ]
            for path in paths {
                for accept in ["text/html", "application/json"] {
                    let page = try await dashboard.get(path, [("Accept", accept)])
                    #expect([200, 400, 404].contains(page.status), "\(page.status) \(path)")
                    HostileBytes.check(page.body, as: Self.kind(page), path, isMarked: false)
                    #expect(
                        page.headers.first(name: "Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
                    #expect(page.body.utf8.count < 100_000 || page.status == 200, "\(path)")
                }
            }
            #expect(dashboard.stop() == 0)
        }
    }

    /// As it stands in an address: every byte but letters and digits as `%XX`.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                String(Unicode.Scalar(byte))
            default: "%" + Hexadecimal.text(of: [byte])
            }
        }.joined()
    }
}
