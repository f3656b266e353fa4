internal import AuditModel
internal import CEL

/// What an expression in a policy may name: the five groups with their documented settings, the client, the file's
/// parameters and the moment of the run.
enum ExpressionEnvironment {
    /// The environment for the rules of a file.
    ///
    /// - Parameters:
    ///   - parameters: the file's parameters, typed by their values.
    ///   - isUndocumented: whether settings that the catalogue does not know may be named.
    static func environment(
        parameters: [String: SettingValue], isUndocumented: Bool, timeZones: NamedTimeZones?
    ) -> CEL.Environment {
        var variables = isUndocumented ? openGroups : documentedGroups
        variables["client"] = client
        variables["now"] = .timestamp
        variables["params"] = .object(ObjectType(name: "params", fields: parameters.mapValues(type(of:))))
        return CEL.Environment(variables: variables, timeZones: timeZones?.provider)
    }

    private static let client = ValueType.object(
        ObjectType(
            name: "client",
            fields: ["id": .int, "environment": .string, "labels": .map(key: .string, value: .string)]))

    private static let documentedGroups = groups { group in
        type(ofChildrenOf: SettingPath(group, []), name: group.rawValue)
    }

    private static let openGroups = groups { _ in .dyn }

    private static func groups(_ type: (SettingsGroup) -> ValueType) -> [String: ValueType] {
        Dictionary(uniqueKeysWithValues: SettingsGroup.allCases.map { ($0.rawValue, type($0)) })
    }

    /// The type of what is at a path: an object of the documented keys below it, or a list of such objects.
    private static func type(ofChildrenOf path: SettingPath, name: String) -> ValueType {
        let depth = path.steps.count
        var fields: [String: ValueType] = [:]
        var isList = false
        for definition in SettingsCatalogue.definitions
        where definition.path.group == path.group && definition.path.steps.count > depth
            && Array(definition.path.steps.prefix(depth)) == path.steps
        {
            switch definition.path.steps[depth] {
            case .each: isList = true
            case .key(let key) where fields[key] == nil:
                fields[key] = type(of: definition, at: path.appending(.key(key)), name: "\(name).\(key)")
            case .key, .index, .selected: break
            }
        }
        if isList { return .list(type(ofChildrenOf: path.appending(.each), name: "an element of \(name)")) }
        return fields.isEmpty ? .dyn : .object(ObjectType(name: name, fields: fields))
    }

    private static func type(of definition: SettingDefinition, at path: SettingPath, name: String) -> ValueType {
        guard definition.path == path else { return type(ofChildrenOf: path, name: name) }
        // Every key can be null in an answer, and a rule must be able to say what that means.
        return switch definition.type {
        case .boolean: .nullable(.bool)
        case .integer: .nullable(.int)
        case .string, .openEnumeration, .integerText: .nullable(.string)
        case .list: type(ofChildrenOf: path, name: name)
        }
    }

    private static func type(of value: SettingValue) -> ValueType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .integer: .int
        case .number: .double
        case .string: .string
        case .array(let elements):
            Set(elements.map(type(of:))).count == 1 ? .list(type(of: elements[0])) : .list(.dyn)
        case .object: .dyn
        }
    }
}
