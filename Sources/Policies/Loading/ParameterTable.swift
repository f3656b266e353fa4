internal import AuditModel

/// The parameters of one file, typed by their defaults, and which of them rules use.
struct ParameterTable {
    private(set) var values: [String: SettingValue] = [:]
    /// As the file has them, whatever was set for the run.
    private(set) var defaults: [String: SettingValue] = [:]
    private(set) var places: [(name: String, place: SourcePlace)] = []
    private(set) var used: Set<String> = []
    /// The names whose value was set for the whole run, which nothing in a file replaces.
    private(set) var setForRun: Set<String> = []

    var names: [String] { places.map(\.name) }

    init() {}

    init(_ node: YAMLNode?, overrides: [String: SettingValue], log: inout MistakeLog) {
        for entry in log.entries(of: node, "'params'") {
            guard Self.isName(entry.key) else {
                log.error(.badName(entry.key, of: "parameter"), at: entry.keyPlace)
                continue
            }
            places.append((entry.key, entry.keyPlace))
            guard let value = log.literal(entry.value) else { continue }
            guard Self.isAllowed(value) else {
                log.error(
                    .expected(
                        "parameter '\(entry.key)'", what: "text, a number, a boolean or a list of these",
                        found: entry.value.kindName), at: entry.value.place)
                continue
            }
            values[entry.key] = value
            defaults[entry.key] = value
            guard let override = overrides[entry.key] else { continue }
            if accepts(override, for: entry.key) {
                values[entry.key] = override
                setForRun.insert(entry.key)
            } else {
                log.error(
                    .overrideType(entry.key, CanonicalJSON.text(of: override), wanted: value.typeName),
                    at: entry.value.place)
            }
        }
    }

    /// Whether a value may take the place of a parameter's: it is allowed at all, and of the type of the default.
    func accepts(_ value: SettingValue, for name: String) -> Bool {
        guard let current = values[name] else { return false }
        return Self.isAllowed(value) && Self.type(of: value) == Self.type(of: current)
    }

    /// The table with other values, but for parameters that are set for the whole run; nothing of it counts as used.
    func replacing(_ others: [String: SettingValue]) -> ParameterTable {
        var table = self
        table.used = []
        for (name, value) in others where !setForRun.contains(name) { table.values[name] = value }
        return table
    }

    /// Counts what another copy of the table used as used here, too.
    mutating func noteUse(of names: Set<String>) { used.formUnion(names) }

    /// A literal with its `$name` references put in; nil, and an error, for an unknown one.
    mutating func resolved(_ node: YAMLNode, in rule: String, log: inout MistakeLog) -> SettingValue? {
        if let elements = node.elements {
            var values: [SettingValue] = []
            for element in elements {
                guard let value = resolved(element, in: rule, log: &log) else { return nil }
                if element.string != nil, case .array = value {
                    log.error(.listInList(element.string ?? ""), at: element.place)
                    return nil
                }
                values.append(value)
            }
            return .array(values)
        }
        guard let text = node.string, text.hasPrefix("$") else { return log.literal(node) }
        if text.hasPrefix("$$") { return .string(String(text.dropFirst())) }
        return value(of: String(text.dropFirst()), in: rule, at: node.place, log: &log)
    }

    /// The value of a parameter, which counts as used; nil, and an error, for an unknown one.
    mutating func value(
        of name: String, in rule: String, at place: SourcePlace, prefix: String = "$", log: inout MistakeLog
    ) -> SettingValue? {
        guard names.contains(name) else {
            log.error(
                .unknownParameter(name, in: rule), at: place,
                suggestion: NearestName.to(name, among: names).map { prefix + $0 })
            return nil
        }
        used.insert(name)
        return values[name]
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first > UInt8(ascii: "9") else { return false }
        return text.utf8.allSatisfy { SourceText.isWordByte($0) }
    }

    private static func isAllowed(_ value: SettingValue) -> Bool {
        switch value {
        case .bool, .integer, .number, .string: true
        case .array(let elements):
            elements.allSatisfy { element in
                switch element {
                case .bool, .integer, .number, .string: true
                case .null, .array, .object: false
                }
            }
        case .null, .object: false
        }
    }

    /// An integer may stand for a number and a number for an integer; a list's elements are judged by the matchers.
    private static func type(of value: SettingValue) -> JSONTypes { JSONTypes(comparableWith: value) }
}

extension SourceText {
    /// Letters, digits, `_` and `-`.
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
