import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

struct TrendChartTests {
    private func markup(_ points: [TrendPoint]) -> String { TrendChart(points).html.markup }

    private func lines(_ points: [TrendPoint]) -> Int {
        markup(points).components(separatedBy: "<line class=\"share\"").count - 1
    }

    @Test func `a partial run interrupts the line, and has a mark of its own`() {
        let complete = (1...5).map { SampleReports.point("2026-10-0\($0)", pass: 200, fail: $0) }
        #expect(lines(complete) == 4)
        for index in complete.indices {
            var points = complete
            points[index].state = .partial
            let isAtEnd = index == 0 || index == 4
            #expect(lines(points) == (isAtEnd ? 3 : 2))
            #expect(markup(points).components(separatedBy: "class=\"night partial\"").count == 2)
        }
    }

    @Test func `a night in which nothing applies has no share, and is no stop of the line`() {
        var points = (1...3).map { SampleReports.point("2026-10-0\($0)", pass: 200, fail: $0) }
        points[1].counts = VerdictCounts()
        #expect(points[1].shareOfPasses == nil)
        #expect(lines(points) == 0)
        #expect(markup(points).components(separatedBy: "<circle").count == 3)
    }

    @Test(arguments: [(pass: 9_999, fail: 1, "99.9 %"), (10_000, 0, "100 %"), (0, 7, "0 %"), (2, 1, "66.6 %")])
    func `a share is rounded down, so that all of it is said of nothing less`(pass: Int, fail: Int, words: String) {
        let points = [SampleReports.point("2026-10-01", pass: pass, fail: fail)]
        #expect(markup(points).contains("2026-10-01: \(words) pass"))
    }

    @Test func `what is unknown makes the share of passes worse, never better`() throws {
        let seen = SampleReports.point("2026-10-01", pass: 90, fail: 10)
        let unseen = SampleReports.point("2026-10-01", pass: 80, fail: 10, unknown: 10)
        #expect(try #require(unseen.shareOfPasses) < #require(seen.shareOfPasses))
    }

    @Test func `where one night's waivers are not told apart, none is drawn apart, and the table says which`() {
        var points = SampleReports.trend
        #expect(markup(points).contains("class=\"waived\""))
        points[0].counts.fail += points[0].counts.waived
        points[0].counts.waived = 0
        points[0].isWaivedApart = false
        let markup = markup(points)
        #expect(!markup.contains("class=\"waived\"") && markup.contains("fail, waived or not"))
        #expect(markup.contains("among those that fail"))
        #expect(markup.contains("2026-10-31: 92.6 % pass · 18 fail"))
    }

    /// Coordinates of what has one place for each night, within the drawing, and never a number that browsers do not read.
    @Test func `whatever the numbers, everything is drawn within the drawing`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        print("seed \(seed)")
        for _ in 0..<200 {
            let points = (0..<Int.random(in: 1...40, using: &random)).map { index in
                SampleReports.point(
                    CalendarDay(daysSince1970: 20_000 + index).description,
                    Bool.random(using: &random) ? .complete : .partial,
                    pass: Int.random(in: 0...3, using: &random) * Int.random(in: 0...90_000, using: &random),
                    fail: Int.random(in: 0...2, using: &random) * Int.random(in: 0...9_000, using: &random),
                    waived: Int.random(in: 0...3, using: &random), unknown: Int.random(in: 0...50, using: &random))
            }
            let outline = try MarkupOutline("<!DOCTYPE html>\n" + markup(points))
            let places: Set = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"]
            for (name, value) in outline.attributes where places.contains(name) && value != "1em" {
                let number = try #require(value.hasSuffix("%") ? Double(value.dropLast()) : nil, "\(name) \(value)")
                #expect((-0.01...100.01).contains(number), "\(name) \(value)")
            }
            #expect(outline.tags.count { $0 == "<tr>" } == points.count + 1)
            #expect(outline.attributes.filter { $0.name == "tabindex" && $0.value == "0" }.count == 1)
        }
    }
}
