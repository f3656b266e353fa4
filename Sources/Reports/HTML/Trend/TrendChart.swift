package import AuditModel

/// How the last nights came out: the share of results that pass as a line, and below it, night by night, how many do not.
///
/// Positions are percentages, so that the drawing fits any width while its type keeps its size. A night whose run is
/// partial interrupts the line and has a hollow mark: what was not seen must not look like a good night.
package struct TrendChart {
    /// The nights, the oldest first.
    private let points: [TrendPoint]
    /// The same with what is known of waivers.
    private let recorded: [TrendPoint]

    /// A chart of some nights, the oldest first.
    ///
    /// Where waived failures could not be told apart for one of them, they are drawn as failures for all: otherwise the
    /// chart would show a fall that never was.
    package init(_ points: [TrendPoint]) {
        recorded = points
        self.points =
            points.allSatisfy(\.isWaivedApart)
            ? points
            : points.map { point in
                var point = point
                point.counts.fail += point.counts.waived
                point.counts.waived = 0
                return point
            }
    }

    /// The drawing with its legend and the same numbers as a table.
    package var html: HTML {
        HTML("figure", [.class("trend")]) {
            legend
            HTML("div", [.class("plot")]) {
                scale
                drawing
            }
            table
        }
    }

    private var legend: HTML {
        HTML("figcaption") {
            HTML("span", [.class("key share")]) { "share of results that pass" }
            HTML("span", [.class("key fail")]) {
                points == recorded ? "fail" : "fail, waived or not"
            }
            if points.contains(where: { $0.counts.waived > 0 }) {
                HTML("span", [.class("key waived")]) { "fail, waived" }
            }
            if points.contains(where: { $0.counts.unknown > 0 }) {
                HTML("span", [.class("key unknown")]) { "unknown" }
            }
            if points.contains(where: { $0.state != .complete }) {
                HTML("span", [.class("key partial")]) { "partial run" }
            }
            if policyChanges.count > 0 { HTML("span", [.class("key policies")]) { "other policies from here" } }
        }
    }

    // MARK: Places, in percent of the drawing

    /// Where the upper panel is, where the lower one, and where the days stand.
    private static let share = (top: 11.0, bottom: 58.0)
    private static let bars = (top: 67.0, bottom: 91.0)
    private static let days = 98.5

    private func x(_ index: Int) -> Double { (Double(index) + 0.5) / Double(points.count) * 100 }

    private func y(ofShare share: Double) -> Double {
        let height = Self.share.bottom - Self.share.top
        return Self.share.bottom - (share - lowestShare) / (1 - lowestShare) * height
    }

    private func height(ofCount count: Int) -> Double {
        Double(count) / Double(highestCount) * (Self.bars.bottom - Self.bars.top)
    }

    /// Where the upper axis begins, so that what moves is seen: the highest of a few round shares below all of them.
    private var lowestShare: Double {
        let lowest = points.compactMap(\.shareOfPasses).min() ?? 0
        return [0.98, 0.95, 0.9, 0.8, 0.7, 0.5].first { $0 < lowest } ?? 0
    }

    /// Where the lower axis ends.
    private var highestCount: Int { max(1, points.map(\.notPassing).max() ?? 1) }

    /// The nights that other policies judged than the night before.
    private var policyChanges: [Int] {
        points.indices.dropFirst().filter { points[$0].policySet != points[$0 - 1].policySet }
    }

    // MARK: The drawing

    private var scale: HTML {
        let middle = (1 + lowestShare) / 2
        let marks =
            [1, middle, lowestShare].map { (y(ofShare: $0), percentWords($0)) }
            + [(Self.bars.top, Words.number(highestCount)), (Self.bars.bottom, "0")]
        return HTML("svg", [.class("scale"), .init("aria-hidden", "true")]) {
            marks.map { mark in
                HTML("text", [.init("x", "100%"), .init("y", percent(mark.0)), .init("dy", "0.35em")]) { mark.1 }
            }
        }
    }

    private var drawing: HTML {
        let name = "Trend of \(Words.count(points.count, "night")), \(days(0)) to \(days(points.count - 1))"
        return HTML("svg", [.class("nights"), .init("role", "group"), .init("aria-label", name)]) {
            [1, (1 + lowestShare) / 2, lowestShare].map { line(0, y(ofShare: $0), 100, y(ofShare: $0), .class("rule")) }
            line(0, Self.bars.bottom, 100, Self.bars.bottom, .class("rule"))
            policyChanges.map { index in
                let place = Double(index) / Double(points.count) * 100
                return line(place, Self.share.top, place, Self.bars.bottom, .class("policies"))
            }
            points.indices.dropFirst().map(segment)
            points.indices.map(night)
            dayNames
        }
    }

    /// The line from the night before, where both are complete.
    private func segment(_ index: Int) -> HTML {
        let (one, other) = (points[index - 1], points[index])
        guard one.state == .complete, other.state == .complete, let before = one.shareOfPasses,
            let after = other.shareOfPasses
        else { return .empty }
        return line(x(index - 1), y(ofShare: before), x(index), y(ofShare: after), .class("share"))
    }

    private func night(_ index: Int) -> HTML {
        let point = points[index]
        let step = 100 / Double(points.count)
        let isLast = index == points.count - 1
        return HTML(
            "g",
            [
                point.state == .complete ? .class("night") : .class("night partial"), .init("role", "img"),
                // One stop of the keyboard for all; a page with a script leads from one to the next.
                .init("tabindex", isLast ? "0" : "-1"),
            ]
        ) {
            HTML("title") { sentence(point) }
            rectangle(x(index) - step / 2, 0, step, 100, .class("hit"))
            bars(point, x: x(index), width: min(step * 0.7, 3.4))
            if let share = point.shareOfPasses {
                HTML(
                    "circle",
                    [.init("cx", percent(x(index))), .init("cy", percent(y(ofShare: share))), .init("r", "4")]
                ) { HTML.empty }
            }
            HTML(
                "text",
                [.class("readout"), .init("x", "100%"), .init("y", "1em"), .init("aria-hidden", "true")]
            ) { sentence(point) }
        }
    }

    private func bars(_ point: TrendPoint, x: Double, width: Double) -> HTML {
        let parts: [(count: Int, fill: HTML.Attribute)] = [
            (point.counts.fail, .class("fail")), (point.counts.waived, .class("waived")),
            (point.counts.unknown, .class("unknown")),
        ]
        var top = Self.bars.bottom
        return .joined(
            parts.filter { $0.count > 0 }.map { part in
                let height = height(ofCount: part.count)
                top -= height
                return rectangle(x - width / 2, top, width, height, part.fill)
            })
    }

    /// The days of the first, the middle and the last night.
    private var dayNames: HTML {
        let last = points.count - 1
        var places: [(index: Int, anchor: StaticString)] = [(0, "start"), (last, "end")]
        if points.count > 4 { places.insert((last / 2, "middle"), at: 1) }
        return .joined(
            places.map { place in
                let x = place.index == 0 ? 0 : place.index == last ? 100 : x(place.index)
                return HTML(
                    "text",
                    [
                        .class("day"), .init("x", percent(x)), .init("y", percent(Self.days)),
                        .init("text-anchor", "\(place.anchor)"), .init("aria-hidden", "true"),
                    ]
                ) { days(place.index) }
            })
    }

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: HTML.Attribute) -> HTML {
        HTML(
            "line",
            [
                kind, .init("x1", percent(x1)), .init("y1", percent(y1)), .init("x2", percent(x2)),
                .init("y2", percent(y2)),
            ]
        ) { HTML.empty }
    }

    private func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: HTML.Attribute
    ) -> HTML {
        HTML(
            "rect",
            [
                kind, .init("x", percent(x)), .init("y", percent(y)), .init("width", percent(width)),
                .init("height", percent(height)),
            ]
        ) { HTML.empty }
    }

    /// Hundredths are enough for any screen, and the same on every machine.
    private func percent(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return (hundredths < 0 ? "-" : "") + Self.decimal(abs(hundredths), digits: 2) + "%"
    }

    /// `1234` with two digits: `12.34`; without the zeros at the end.
    private static func decimal(_ number: Int, digits: Int) -> String {
        var unit = 1
        for _ in 0..<digits { unit *= 10 }
        var fraction = String(number % unit)
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return String(number / unit) + (fraction.isEmpty ? "" : "." + fraction)
    }

    // MARK: Words

    private func days(_ index: Int) -> String { points[index].day.description }

    /// Rounded down: 100 % is said of nothing that is less.
    private func percentWords(_ share: Double) -> String {
        Self.decimal(Int((share * 1_000 + 1e-9).rounded(.down)), digits: 1) + " %"
    }

    private func shareWords(_ point: TrendPoint) -> String {
        point.shareOfPasses.map { percentWords($0) } ?? "–"
    }

    private func sentence(_ point: TrendPoint) -> String {
        let counts = point.counts
        let waived = counts.waived == 0 ? "" : " · \(Words.number(counts.waived)) waived"
        let unknown = counts.unknown == 0 ? "" : " · \(Words.number(counts.unknown)) unknown"
        return "\(point.day): \(shareWords(point)) pass · \(Words.number(counts.fail)) fail" + waived + unknown
            + (point.state == .complete ? "" : " · partial")
    }

    private var table: HTML {
        HTML("details") {
            HTML("summary") { "The same as a table" }
            Components.table(
                "Every night of the trend, the newest first",
                ["Day", "Run", "Clients", "Pass", "Fail", "Waived", "Unknown", "Not applicable", "Share of passes"],
                recorded.reversed().map { point in
                    let counts = point.counts
                    return [
                        HTML("span", [.class("brief")]) {
                            point.day.description
                            if point.state != .complete { HTML("span", [.class("badge doubtful")]) { "partial" } }
                        },
                        Components.code(point.runID.short),
                        number("\(Words.number(point.clientsCollected)) / \(Words.number(point.clientsExpected))"),
                        number(Words.number(counts.pass)), number(Words.number(counts.fail)),
                        number(point.isWaivedApart ? Words.number(counts.waived) : "among those that fail"),
                        number(Words.number(counts.unknown)), number(Words.number(counts.notApplicable)),
                        number(shareWords(point)),
                    ]
                })
        }
    }

    private func number(_ text: String) -> HTML { HTML("span", [.class("number")]) { text } }
}

extension TrendPoint {
    /// The results that apply and do not pass.
    fileprivate var notPassing: Int { counts.fail + counts.waived + counts.unknown }
}
