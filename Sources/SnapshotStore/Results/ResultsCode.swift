internal import AuditModel

/// Result vectors as JSON, in which any result reads back as it was.
///
/// A list, one element a rule. A rule that passed and has nothing to say is its id alone, since most of them do. Others are
/// objects: `rule`, `verdict`, and where they are not empty `comparisons`, `missing`, `message`, `notApplicable`,
/// `severity`. A comparison has `path`, `expected`, `reason` and, where they say something, `actual`, `negated`, `note`. A path is a
/// list: the group, then a string for a key, an integer for a position, null for `[*]`, and an object with `key`,
/// `value` and, where there is one, `occurrence` for a selection.
enum ResultsCode {
    /// The JSON of a vector.
    static func value(of results: [RuleResult]) -> SettingValue {
        .array(results.map(value))
    }

    /// The vector of some JSON.
    static func results(of json: SettingValue) throws -> [RuleResult] {
        guard case .array(let elements) = json else { throw unreadable("they are no list") }
        return try elements.map(result)
    }

    private static func value(of result: RuleResult) -> SettingValue {
        if result == RuleResult(ruleID: result.ruleID, verdict: .pass) { return .string(result.ruleID) }
        var object = SettingObject()
        object["rule"] = .string(result.ruleID)
        object["verdict"] = .string(result.verdict.rawValue)
        if !result.comparisons.isEmpty { object["comparisons"] = .array(result.comparisons.map(value)) }
        if !result.missing.isEmpty { object["missing"] = .array(result.missing.map { .string($0.rawValue) }) }
        object["message"] = result.message.map { .string($0) }
        object["notApplicable"] = result.notApplicableReason.map { .string($0) }
        object["severity"] = result.severity.map { .string($0.rawValue) }
        return .object(object)
    }

    private static func value(of comparison: Comparison) -> SettingValue {
        var object = SettingObject()
        object["path"] = .array([.string(comparison.path.group.rawValue)] + comparison.path.steps.map(value))
        object["expected"] = .string(comparison.expected)
        object["reason"] = .string(comparison.reason.rawValue)
        object["actual"] = comparison.actual
        if comparison.isNegated { object["negated"] = .bool(true) }
        object["note"] = comparison.note.map { .string($0) }
        return .object(object)
    }

    private static func value(of step: SettingPath.Step) -> SettingValue {
        switch step {
        case .key(let key): return .string(key)
        case .index(let index): return .integer(Int64(index))
        case .each: return .null
        case .selected(let key, let value, let occurrence):
            var object = SettingObject()
            object["key"] = .string(key)
            object["value"] = value
            object["occurrence"] = occurrence.map { .integer(Int64($0)) }
            return .object(object)
        }
    }

    private static func result(of json: SettingValue) throws -> RuleResult {
        if case .string(let ruleID) = json { return RuleResult(ruleID: ruleID, verdict: .pass) }
        guard case .object(let object) = json, let ruleID = object["rule"]?.stringValue,
            let verdict = object["verdict"]?.stringValue.flatMap(Verdict.init(rawValue:))
        else { throw unreadable("one has no rule or no verdict") }
        return RuleResult(
            ruleID: ruleID, verdict: verdict,
            comparisons: try (object["comparisons"]?.arrayValue ?? []).map(comparison),
            missing: try (object["missing"]?.arrayValue ?? []).map(group), message: object["message"]?.stringValue,
            notApplicableReason: object["notApplicable"]?.stringValue,
            severity: object["severity"]?.stringValue.flatMap(Severity.init(rawValue:)))
    }

    private static func comparison(of json: SettingValue) throws -> Comparison {
        guard let path = json["path"]?.arrayValue, let head = path.first, let expected = json["expected"]?.stringValue,
            let reason = json["reason"]?.stringValue.flatMap(ComparisonReason.init(rawValue:))
        else { throw unreadable("a comparison has no path, expectation or reason") }
        return Comparison(
            path: SettingPath(try group(of: head), try path.dropFirst().map(step)), expected: expected,
            actual: json["actual"], reason: reason, isNegated: json["negated"] == .bool(true),
            note: json["note"]?.stringValue)
    }

    private static func group(of json: SettingValue) throws -> SettingsGroup {
        guard let group = json.stringValue.flatMap(SettingsGroup.init(rawValue:)) else {
            throw unreadable("one names no group")
        }
        return group
    }

    private static func step(of json: SettingValue) throws -> SettingPath.Step {
        switch json {
        case .null: return .each
        case .string(let key): return .key(key)
        case .integer(let index): return .index(Int(index))
        case .object(let object):
            guard let key = object["key"]?.stringValue, let value = object["value"] else {
                throw unreadable("a selection has no key or no value")
            }
            return .selected(key: key, value: value, occurrence: object["occurrence"]?.integerValue.map { Int($0) })
        case .bool, .number, .array: throw unreadable("a path has a step of the type \(json.typeName)")
        }
    }

    private static func unreadable(_ clause: String) -> StoreError {
        .inconsistent("stored results cannot be read: \(clause)")
    }
}
