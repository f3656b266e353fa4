internal import AuditModel
internal import CEL

extension Evaluation {
    /// An expression: false fails, and so does an error, which has no opposite; in a `when` an error is unknown.
    ///
    /// The groups that it names decide first, whether or not it would come to read them: what a short circuit hides
    /// tonight may decide tomorrow.
    mutating func outcome(_ expression: PolicyExpression, isNegated: Bool) -> Outcome {
        var absence: Outcome?
        for group in expression.groups {
            let path = expression.paths.first { $0.group == group } ?? SettingPath(group, [])
            if case .none(let outcome) = body(
                of: group, path: path, expected: { expression.expected }, isNegated: isNegated)
            {
                absence = absence == .unknown ? .unknown : outcome
            }
        }
        if let absence { return absence }
        let result = expression.holds(for: evidence)
        let outcome: Outcome =
            switch result {
            case .success(true): .pass
            case .success(false): .fail
            case .failure: isWhen ? .unknown : .noValue
            }
        let isAgainst = outcome != (isNegated ? .fail : .pass)
        if isAgainst || keepsAll { explain(expression, result, outcome, isAgainst: isAgainst, isNegated: isNegated) }
        return outcome
    }

    /// Keeps every operand that was read, with its value.
    private mutating func explain(
        _ expression: PolicyExpression, _ result: Result<Bool, EvaluationError>, _ outcome: Outcome, isAgainst: Bool,
        isNegated: Bool
    ) {
        var error: String?
        if case .failure(let failure) = result { error = "The expression has no value: \(failure.description)." }
        let all = expression.trace(for: evidence)
        // A list whose elements were read says nothing more than they do.
        let operands = all.filter { operand in !all.contains { $0.path.isBelow(operand.path) } }
        let others = operands.compactMap(Self.remark)
        var isFirst = true
        for operand in operands {
            guard let path = Self.path(of: operand.path) else { continue }
            var notes = expression.caveats[path.generalised].map { [$0] } ?? []
            if isFirst {
                notes =
                    (error.map { [$0] } ?? []) + (others.isEmpty ? [] : ["With \(others.joined(separator: ", "))."])
                    + notes
                isFirst = false
            }
            var actual: SettingValue?
            var reason: ComparisonReason = error != nil ? .error : result.isTrue ? .satisfied : .violated
            switch operand.outcome {
            case .value(let value):
                actual = SettingValue(cel: value)
                if Self.isOutOfRange(actual, at: path) {
                    notes.append("The value is outside the setting's legal range.")
                }
            case .absent: reason = error == nil ? reason : .absent
            case .failed: reason = .error
            }
            keep(
                Comparison(
                    path: path, expected: expression.expected, actual: actual, reason: reason, isNegated: isNegated,
                    note: notes.isEmpty ? nil : notes.joined(separator: " ")),
                outcome, isAgainst: isAgainst)
        }
        guard isFirst else { return }
        // Nothing was read of the settings: what was read besides is all that there is to say.
        let verdict = error ?? "\(expression.expected) is \(result.isTrue)."
        remarks.append(
            ([verdict] + (others.isEmpty ? [] : ["With \(others.joined(separator: ", "))."])).joined(separator: " "))
    }

    /// The setting that an operand is; nil for parameters, the client and the present.
    private static func path(of operand: OperandPath) -> SettingPath? {
        guard let group = SettingsGroup(rawValue: operand.variable) else { return nil }
        return SettingPath(
            group,
            operand.steps.map { step in
                switch step {
                case .key(let key): .key(key)
                case .index(let index): .index(index)
                }
            })
    }

    /// `params.maxDailyAttempts = 7`, for what is no setting.
    private static func remark(_ operand: TracedOperand) -> String? {
        guard path(of: operand.path) == nil else { return nil }
        switch operand.outcome {
        case .value(let value):
            return "\(operand.path) = \(text(of: value))"
        case .absent: return "no \(operand.path)"
        case .failed: return nil
        }
    }

    private static func text(of value: CEL.Value) -> String {
        if case .timestamp(let moment) = value {
            return Timestamp(milliseconds: moment.seconds * 1000 + Int64(moment.nanoseconds) / 1_000_000).rfc3339
        }
        return SettingValue(cel: value).map { CanonicalJSON.text(of: $0) } ?? value.typeName.name
    }

    private static func isOutOfRange(_ value: SettingValue?, at path: SettingPath) -> Bool {
        guard let integer = value?.integerValue, let range = SettingsCatalogue.definition(at: path)?.legalRange else {
            return false
        }
        return !range.contains(integer)
    }
}

extension OperandPath {
    fileprivate func isBelow(_ other: OperandPath) -> Bool {
        variable == other.variable && steps.count > other.steps.count && steps.starts(with: other.steps)
    }
}

extension Result where Success == Bool {
    fileprivate var isTrue: Bool { if case .success(true) = self { true } else { false } }
}
