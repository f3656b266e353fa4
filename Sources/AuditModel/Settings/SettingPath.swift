/// Where a setting is: a group, then steps into its JSON.
///
/// Written for people in dotted form (`messaging.property[key=requeue_limit].value`), for machines as an RFC 6901
/// pointer (`/property/2/value`), where every step is concrete.
public struct SettingPath: Sendable, Hashable, Codable {
    /// One step into a value.
    public enum Step: Sendable, Hashable, Codable {
        /// The member of an object.
        case key(String)
        /// The element of an array by position, from 0.
        case index(Int)
        /// Every element of an array: `[*]`.
        case each
        /// The elements of an array whose member `key` equals `value`: `[key=VALUE]`; the `occurrence`-th of them
        /// (from 1) where one is meant, nil where all are.
        case selected(key: String, value: SettingValue, occurrence: Int?)
    }

    /// The group.
    public var group: SettingsGroup
    /// The steps from the group's body.
    public var steps: [Step]

    /// Joins the two.
    public init(_ group: SettingsGroup, _ steps: [Step] = []) {
        self.group = group
        self.steps = steps
    }

    /// A path of object keys alone.
    public init(_ group: SettingsGroup, key: String) {
        self.init(group, [.key(key)])
    }

    /// The path with one step more.
    public func appending(_ step: Step) -> SettingPath {
        SettingPath(group, steps + [step])
    }

    /// Whether the path can name several settings at once.
    public var isPattern: Bool {
        steps.contains { step in
            switch step {
            case .each: true
            case .selected(_, _, let occurrence): occurrence == nil
            case .key, .index: false
            }
        }
    }

    /// The same path with positions and selections replaced by `[*]`: what the catalogue is looked up by.
    public var generalised: SettingPath {
        SettingPath(
            group,
            steps.map { step in
                switch step {
                case .index, .selected: .each
                case .key, .each: step
                }
            })
    }

    /// The dotted form. Keys that are no plain words are quoted as JSON strings: `messaging["odd key"]`.
    public var dotted: String {
        var text = group.rawValue
        for step in steps {
            switch step {
            case .key(let key): text += Self.isPlain(key) ? "." + key : "[" + Self.quoted(key) + "]"
            case .index(let index): text += "[\(index)]"
            case .each: text += "[*]"
            case .selected(let key, let value, let occurrence):
                text += "[" + key + "=" + Self.selectorText(of: value)
                if let occurrence, occurrence > 1 { text += "#\(occurrence)" }
                text += "]"
            }
        }
        return text
    }

    /// The RFC 6901 pointer within the group's body, or nil where a step is not concrete.
    public var pointer: String? {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key):
                text += "/"
                for scalar in key.unicodeScalars {
                    switch scalar {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            case .index(let index): text += "/\(index)"
            case .each, .selected: return nil
            }
        }
        return text
    }

    /// Whether a key can stand after a dot as it is.
    static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.allSatisfy(isWordByte)
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        CanonicalJSON.text(of: .string(text))
    }

    /// A selector's value: words stand bare; text that would read as something else is quoted.
    private static func selectorText(of value: SettingValue) -> String {
        if case .string(let text) = value, isPlain(text), Int64(text) == nil, !["true", "false", "null"].contains(text)
        {
            return text
        }
        return CanonicalJSON.text(of: value)
    }
}

extension SettingPath: CustomStringConvertible {
    /// The dotted form.
    public var description: String { dotted }
}

extension SettingPath: Comparable {
    /// By group, then by the bytes of the dotted form; numbers inside brackets sort as numbers.
    public static func < (left: Self, right: Self) -> Bool {
        if left.group != right.group { return left.group < right.group }
        for (one, other) in zip(left.steps, right.steps) where one != other { return precedes(one, other) }
        return left.steps.count < right.steps.count
    }

    private static func precedes(_ one: Step, _ other: Step) -> Bool {
        switch (one, other) {
        // As their dotted forms sort, which differ in the keys alone.
        case (.key(let one), .key(let other)) where isPlain(one) && isPlain(other): one.precedesInUTF16(other)
        case (.index(let one), .index(let other)): one < other
        case (.selected(_, .integer(let one), _), .selected(_, .integer(let other), _)) where one != other:
            one < other
        case _ where rank(one) != rank(other): rank(one) < rank(other)
        default: SettingPath(.internal, [one]).dotted.precedesInUTF16(SettingPath(.internal, [other]).dotted)
        }
    }

    /// Steps of different kinds are never compared as text with those that compare as numbers: that would be no order.
    private static func rank(_ step: Step) -> Int {
        switch step {
        case .key: 0
        case .index: 1
        case .each: 2
        case .selected(_, .integer, _): 3
        case .selected: 4
        }
    }
}
