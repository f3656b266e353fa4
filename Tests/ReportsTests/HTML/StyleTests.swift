import AuditTestSupport
import Testing

@testable import Reports

/// What can be read, computed from the colours of the style sheet itself.
struct StyleTests {
    private let colors = StyleColors(Stylesheet.text)

    @Test func `the ratio of two colours is WCAG's`() {
        #expect(StyleColors.contrast("#000", "#ffffff") == 21)
        #expect(StyleColors.contrast("#777777", "#fff") < 4.5 && StyleColors.contrast("#767676", "#fff") > 4.5)
    }

    @Test func `all text stands out enough from all that it stands on, by day and by night`() {
        let texts = [
            "ink", "muted", "link", "critical", "high", "medium", "low", "info", "good", "bad", "doubtful", "waived",
        ]
        let pairs = texts.flatMap { text in ["bg", "card", "soft"].map { (text: text, on: $0) } }
        let tints = ["bad", "doubtful", "waived"].map { (text: $0, on: $0 + "-tint") }
        #expect(colors.problems(pairs + tints, least: 4.5) == [])
        #expect(colors.light["bg"] != colors.dark["bg"] && colors.light.count >= 20)
    }

    @Test func `fields can be told from what they stand on`() {
        #expect(colors.problems([("edge", "bg"), ("edge", "card")], least: 3) == [])
    }

    @Test func `on paper everything is dark on white`() throws {
        let print = "\(Stylesheet.print)"
        let inks = print.matches(
            of: /--(ink|muted|link|critical|high|medium|low|info|good|bad|doubtful|waived):(#[0-9a-f]+)/)
        #expect(inks.count == 12)
        for ink in inks { #expect(StyleColors.contrast(String(ink.2), "#fff") >= 4.5, "\(ink.0)") }
    }
}
