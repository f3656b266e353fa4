import Foundation

/// The colours that a style sheet names, by day and by night, and how well one can be read on another.
public struct StyleColors: Sendable {
    /// `--name: #rrggbb` by name, for light and for dark.
    public let light: [String: String]
    /// What the dark scheme has; what it does not say again is as in the light one.
    public let dark: [String: String]

    /// Reads the rules for `:root` of a style sheet: those outside of media queries, and those of the dark scheme.
    public init(_ sheet: String) {
        let night = Self.roots(in: sheet, before: "@media(prefers-color-scheme:dark){")
        let all = Self.roots(in: sheet, before: "").filter { !night.contains($0) && !$0.contains("--bg:#fff;") }
        light = Self.variables(all)
        dark = light.merging(Self.variables(night)) { $1 }
    }

    private static func roots(in sheet: String, before: String) -> [String] {
        sheet.components(separatedBy: before + ":root{").dropFirst().map { String($0.prefix { $0 != "}" }) }
    }

    private static func variables(_ rules: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for match in rules.joined(separator: ";").matches(of: /--([a-z-]+):(#[0-9a-f]{3,6})/) {
            found[String(match.1)] = String(match.2)
        }
        return found
    }

    /// The contrast ratio of two colours, from 1 to 21.
    /// - SeeAlso: WCAG 2.2, "contrast ratio" and "relative luminance".
    public static func contrast(_ one: String, _ other: String) -> Double {
        let (lesser, greater) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
        return (greater + 0.05) / (lesser + 0.05)
    }

    private static func luminance(_ color: String) -> Double {
        var digits = Array(color.dropFirst())
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let parts = stride(from: 0, to: 6, by: 2).map { place -> Double in
            let share = Double(Int(String(digits[place...place + 1]), radix: 16) ?? 0) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// The pairs of a scheme that cannot be read well enough, as `dark muted on card: 4.2`.
    ///
    /// - Parameter pairs: text and what it stands on, by the names that the sheet gives them.
    /// - Parameter least: 4.5 for text, 3 for what is no text but has to be seen.
    public func problems(_ pairs: [(text: String, on: String)], least: Double) -> [String] {
        [("light", light), ("dark", dark)].flatMap { scheme, colors in
            pairs.compactMap { pair -> String? in
                guard let text = colors[pair.text], let ground = colors[pair.on] else {
                    return "\(scheme) has no \(pair.text) or no \(pair.on)"
                }
                let ratio = Self.contrast(text, ground)
                return ratio >= least ? nil : "\(scheme) \(pair.text) on \(pair.on): \(ratio)"
            }
        }
    }
}
