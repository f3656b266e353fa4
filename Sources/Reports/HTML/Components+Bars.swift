package import AuditModel

// Shares as one bar; the numbers beside it say the same.
extension Components {
    /// The five verdicts of a rule.
    package static func bar(_ counts: VerdictCounts) -> HTML {
        bar([
            (counts.fail, .class("fail")), (counts.waived, .class("waived")), (counts.unknown, .class("unknown")),
            (counts.pass, .class("pass")), (counts.notApplicable, .class("none")),
        ])
    }

    /// Parts of a whole, side by side.
    package static func bar(_ parts: [(count: Int, fill: HTML.Attribute)]) -> HTML {
        let total = parts.reduce(0) { $0 + $1.count }
        guard total > 0 else { return .empty }
        var start = 0
        let rectangles = parts.filter { $0.count > 0 }.map { part in
            defer { start += part.count }
            return HTML(
                "rect",
                [
                    .init("x", String(start)), .init("width", String(part.count)), .init("height", "1"), part.fill,
                ]
            ) { HTML.empty }
        }
        return HTML(
            "svg",
            [
                .class("bar"), .init("viewBox", "0 0 \(total) 1"), .init("preserveAspectRatio", "none"),
                .init("aria-hidden", "true"),
            ]
        ) { rectangles }
    }
}
