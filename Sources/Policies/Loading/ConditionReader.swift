internal import AuditModel
internal import CEL

/// Reads a `check` or `when`: `all`, `any`, `not`, and PATH → MATCHER; all of a map's keys must hold.
struct ConditionReader {
    /// `rule LV-INT-003`, as mistakes name it.
    let rule: String
    let isUndocumented: Bool
    let defaults: RuleDefaults
    let timeZones: NamedTimeZones?
    var parameters: ParameterTable
    var log: MistakeLog

    /// The condition; nil where it has a mistake, which is in the log then.
    mutating func condition(of node: YAMLNode, key: String, isWhen: Bool, isNegated: Bool = false) -> Condition? {
        guard let entries = node.entries else {
            log.error(
                .expected("'\(key)'", what: "a map of settings to what they must be", found: node.kindName),
                at: node.place)
            return nil
        }
        guard !entries.isEmpty else {
            log.error(.emptyCondition(key), at: node.place)
            return nil
        }
        var parts: [Condition?] = []
        for entry in entries {
            let word = ConditionWord(rawValue: entry.key)
            switch word {
            case .all?, .any?:
                guard let elements = entry.value.elements else {
                    log.error(
                        .expected("'\(entry.key)'", what: "a list", found: entry.value.kindName), at: entry.value.place)
                    parts.append(nil)
                    continue
                }
                if elements.isEmpty { log.error(.emptyCondition(entry.key), at: entry.value.place) }
                let read = elements.map { condition(of: $0, key: entry.key, isWhen: isWhen, isNegated: isNegated) }
                let good = read.compactMap(\.self)
                parts.append(
                    good.count < read.count || good.isEmpty ? nil : word == .all ? .all(good) : .any(good))
            case .not?:
                let part = condition(of: entry.value, key: "not", isWhen: isWhen, isNegated: !isNegated)
                parts.append(part.map { .not($0) })
            case .cel?:
                parts.append(expression(entry).map { .expression($0) })
            case nil: parts.append(comparison(entry, isWhen: isWhen, isNegated: isNegated))
            }
        }
        let good = parts.compactMap(\.self)
        guard good.count == parts.count else { return nil }
        return good.count == 1 ? good[0] : .all(good)
    }

    private mutating func comparison(_ entry: YAMLNode.Entry, isWhen: Bool, isNegated: Bool) -> Condition? {
        let target = target(of: entry)
        // The matcher is read even where the path is wrong: all mistakes in one go.
        var reader = MatcherReader(
            rule: rule, path: entry.key, definition: target?.definition, isWhen: isWhen, isNegated: isNegated,
            defaults: defaults, parameters: parameters, log: log)
        defer {
            parameters = reader.parameters
            log = reader.log
        }
        let isList = target?.path.steps.contains(.each) ?? entry.key.contains("[*]")
        if isList {
            let matcher = reader.listMatcher(of: entry.value, at: entry.keyPlace)
            return target.flatMap { target in matcher.map { .list(Lookup(target.path), $0) } }
        }
        let matcher = reader.scalarMatcher(of: entry.value, at: entry.keyPlace)
        return target.flatMap { target in matcher.map { .scalar(Lookup(target.path), $0) } }
    }

    // MARK: Expressions

    /// Compiles a `cel:` text; each of its mistakes is told at its place in the file.
    private mutating func expression(_ entry: YAMLNode.Entry) -> PolicyExpression? {
        guard let text = log.text(entry.value, "'cel'") else { return nil }
        let source = log.source
        func place(_ offset: Int) -> SourcePlace {
            source.place(ofCharacter: offset, in: text, startingAt: entry.value.place)
        }
        let environment = ExpressionEnvironment.environment(
            parameters: parameters.values, isUndocumented: isUndocumented, timeZones: timeZones)
        do {
            let program = try environment.compile(text, result: .bool)
            let named = program.references.filter { $0.variable == "params" }
            // The whole map counts as every parameter.
            parameters.noteUse(
                of: Set(named.flatMap { $0.path.first.map { [$0] } ?? parameters.names }))
            // All parameters of the file, so that its expressions can share one table of operands.
            let expression = PolicyExpression(program, in: environment, parameters: parameters.values)
            for path in expression.pathsWithOpenZero {
                guard let meaning = SettingsCatalogue.definition(at: path)?.zeroMeaning else { continue }
                log.warning(.zeroIsOpenInExpression(path.dotted, meaning: meaning), at: entry.value.place)
            }
            for error in program.certainErrors {
                log.error(
                    .certainError(error.cause.sentence, in: rule), at: place(error.scalarRange.lowerBound))
            }
            return program.certainErrors.isEmpty ? expression : nil
        } catch {
            for mistake in error.mistakes {
                log.error(
                    .expression("\(mistake.problem), in \(rule)"), at: place(mistake.scalarRange.lowerBound),
                    suggestion: mistake.suggestion)
            }
            return nil
        }
    }

    // MARK: Paths

    private mutating func target(of entry: YAMLNode.Entry) -> (path: SettingPath, definition: SettingDefinition?)? {
        let path: SettingPath
        do {
            path = try SettingPath(dotted: entry.key)
        } catch {
            // `al:` is more likely a mistyped `all:` than a group.
            let words: [ConditionWord] = [.all, .any, .not]
            let suggestion =
                entry.key.contains(".") ? nil : NearestName.to(entry.key, among: words.map(\.rawValue))
            log.error(
                .badPath(entry.key, error.message, in: rule),
                at: log.source.place(entry.keyPlace, key: entry.key, error.offset),
                suggestion: error.suggestion ?? suggestion)
            return nil
        }
        let definition = SettingsCatalogue.definition(at: path)
        if !isUndocumented {
            guard definition != nil, selectorsAreKnown(in: path), messagingKeyIsKnown(path, definition) else {
                log.error(.unknownSetting(entry.key, in: rule), at: entry.keyPlace, suggestion: nearest(to: path))
                return nil
            }
        }
        return (path, definition)
    }

    private func selectorsAreKnown(in path: SettingPath) -> Bool {
        for (index, step) in path.steps.enumerated() {
            guard case .selected(let key, _, _) = step else { continue }
            let list = SettingPath(path.group, Array(path.steps[..<index]))
            guard SettingsCatalogue.definition(at: list.appending(.each).appending(.key(key))) != nil else {
                return false
            }
        }
        return true
    }

    /// A messaging property by a key that the catalogue does not list is as unknown as any other setting.
    private func messagingKeyIsKnown(_ path: SettingPath, _ definition: SettingDefinition?) -> Bool {
        guard let definition, path.group == .messaging else { return true }
        let selectsKey = path.steps.contains { step in
            if case .selected(key: "key", value: .string, occurrence: _) = step { true } else { false }
        }
        let endsInValue = path.steps.last == .key("value")
        return !selectsKey || !endsInValue || definition.path != definition.path.generalised
    }

    /// The known setting that was most likely meant: of the same name elsewhere, then nearest in the group, then anywhere.
    private func nearest(to path: SettingPath) -> String? {
        let known = SettingsCatalogue.definitions.map(\.path)
        if let elsewhere = known.first(where: { $0.group != path.group && $0.steps == path.steps }) {
            return elsewhere.dotted
        }
        func tail(_ path: SettingPath) -> String { String(path.dotted.dropFirst(path.group.rawValue.count)) }
        let tails = known.filter { $0.group == path.group && !$0.steps.isEmpty }.map(tail)
        return NearestName.to(tail(path), among: tails).map { path.group.rawValue + $0 }
            ?? NearestName.to(path.dotted, among: known.map(\.dotted))
    }
}

extension SourceText {
    /// A place inside a key, `offset` UTF-8 bytes into its text.
    func place(_ start: SourcePlace, key: String, _ offset: Int) -> SourcePlace {
        guard lines.indices.contains(start.line - 1) else { return start }
        let rest = lines[start.line - 1].unicodeScalars.dropFirst(start.column - 1)
        let quote = rest.first == "\"" || rest.first == "'" ? 1 : 0
        let characters = String(decoding: Array(key.utf8.prefix(offset)), as: UTF8.self).unicodeScalars.count
        return SourcePlace(line: start.line, column: start.column + quote + characters)
    }
}
