import AuditModel
import Reports

/// A setting's values over the nights as a strip: one shade a value, a gap where a night saw nothing, and a thin line in the
/// interval in which one value became the next. The tables beside it say the same.
enum TimelineStrip {
    /// How many shades there are; what is beyond takes them again.
    private static let shades: [StaticString] = ["s0", "s1", "s2", "s3", "s4", "s5"]

    /// The strip; one unit of its width is one night.
    static func svg(_ setting: ClientHistory.Setting, nights: Int) -> HTML {
        let places = places(in: setting)
        var parts: [HTML] = []
        for (index, span) in setting.spans.enumerated() {
            if index > 0 {
                let start = setting.spans[index - 1].last.night + 1
                if start < span.first.night {
                    parts.append(bar(start, span.first.night, .class("between"), thin: true))
                }
            }
            var start = span.first.night
            for missed in span.missedWithin + [span.last.night + 1] {
                if missed > start { parts.append(bar(start, missed, shade(places[index], of: span))) }
                if missed <= span.last.night { parts.append(bar(missed, missed + 1, .class("between"), thin: true)) }
                start = missed + 1
            }
        }
        return HTML(
            "svg",
            [
                .class("strip"), .init("viewBox", "0 0 \(max(nights, 1)) 10"), .init("preserveAspectRatio", "none"),
                .init("aria-hidden", "true"),
            ]
        ) { parts }
    }

    /// The shade of one of a setting's values, to stand beside the value.
    static func key(of place: Int, in setting: ClientHistory.Setting) -> HTML {
        HTML(
            "svg",
            [
                .class("strip swatch"), .init("viewBox", "0 0 1 10"), .init("preserveAspectRatio", "none"),
                .init("aria-hidden", "true"),
            ]
        ) {
            bar(0, 1, shade(places(in: setting)[place], of: setting.spans[place]))
        }
    }

    /// The place of each span's value among the different values, in the order first seen.
    private static func places(in setting: ClientHistory.Setting) -> [Int] {
        var known: [SettingValue?: Int] = [:]
        return setting.spans.map { span in
            let next = known.count
            return known[span.value]
                ?? {
                    known[span.value] = next
                    return next
                }()
        }
    }

    private static func shade(_ place: Int, of span: ClientHistory.Span) -> HTML.Attribute {
        span.value == nil ? .class("none") : .class(shades[place % shades.count])
    }

    private static func bar(_ start: Int, _ end: Int, _ shade: HTML.Attribute, thin: Bool = false) -> HTML {
        HTML(
            "rect",
            [
                .init("x", String(start)), .init("y", thin ? "4" : "0"), .init("width", String(end - start)),
                .init("height", thin ? "2" : "10"), shade,
            ]
        ) { HTML.empty }
    }
}
