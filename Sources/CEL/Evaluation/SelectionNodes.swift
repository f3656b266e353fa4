/// `a.b`
final class SelectNode: Node {
    let operand: any Node
    let field: String
    private let absentError: EvaluationError
    private let place: SourceRange

    init(_ operand: any Node, field: String, at place: SourceRange) {
        self.operand = operand
        self.field = field
        self.place = place
        absentError = EvaluationError(.noSuchKey(field), at: place)
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try operand.evaluate(&frame)
        if case .map(let map) = value {
            guard let found = map.value(forKey: field) else { throw absentError }
            return found
        }
        do throws(EvaluationError) {
            guard let found = try value.selected(field) else { throw absentError }
            return found
        } catch {
            throw error.located(at: place)
        }
    }

    func path(_ frame: inout Frame) -> OperandPath? { operand.path(&frame)?.appending(.key(field)) }
}

/// `a.?b`
final class OptionalSelectNode: Node {
    private let operand: any Node
    private let field: String
    private let place: SourceRange

    init(_ operand: any Node, field: String, at place: SourceRange) {
        self.operand = operand
        self.field = field
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try operand.evaluate(&frame)
        do throws(EvaluationError) {
            guard let found = try value.selected(field) else { return .optional(.none) }
            if case .optional = value { return found }
            return .optional(OptionalValue(found))
        } catch {
            throw error.located(at: place)
        }
    }
}

/// `has(a.b)`
final class PresenceNode: BooleanNode {
    private let operand: any Node
    private let field: String
    private let place: SourceRange

    init(_ operand: any Node, field: String, at place: SourceRange) {
        self.operand = operand
        self.field = field
        self.place = place
    }

    func evaluateBool(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let value = try operand.evaluate(&frame)
        let found: Value?
        do throws(EvaluationError) {
            found = try value.selected(field)
        } catch {
            throw error.located(at: place)
        }
        if frame.trace != nil, let path = operand.path(&frame)?.appending(.key(field)) {
            frame.trace?.record(path, found.map { .value($0) } ?? .absent)
        }
        if case .optional = value, case .optional(let inner)? = found { return inner.value != nil }
        return found != nil
    }
}

/// `a[b]`, `a[?b]`
final class IndexNode: Node {
    private let operand: any Node
    private let index: any Node
    private let isOptional: Bool
    private let place: SourceRange

    init(_ operand: any Node, _ index: any Node, isOptional: Bool, at place: SourceRange) {
        self.operand = operand
        self.index = index
        self.isOptional = isOptional
        self.place = place
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let container = try operand.evaluate(&frame)
        if case .optional(let optional) = container, optional.value == nil { return container }
        let key = try index.evaluate(&frame)
        do throws(EvaluationError) {
            if case .optional(let optional) = container, let value = optional.value {
                return .optional(OptionalValue(try Self.element(of: value, at: key, isOptional: true)))
            }
            guard let element = try Self.element(of: container, at: key, isOptional: isOptional) else {
                return .optional(.none)
            }
            return isOptional ? .optional(OptionalValue(element)) : element
        } catch {
            throw error.located(at: place)
        }
    }

    /// The element; where it is missing, nil or an error.
    private static func element(
        of container: Value, at key: Value, isOptional: Bool
    ) throws(EvaluationError) -> Value? {
        switch container {
        case .list(let list):
            guard let index = wholeNumber(key) else { throw EvaluationError(.badIndex(key.shortText)) }
            if (0..<Int64(list.count)).contains(index) { return list[Int(index)] }
            if isOptional { return nil }
            throw EvaluationError(.indexOutOfRange(index, count: list.count))
        case .map(let map):
            if let value = map[key] { return value }
            if isOptional { return nil }
            throw EvaluationError(.noSuchKey(key.shortText))
        default: throw EvaluationError.noOverload("_[_]", container, key)
        }
    }

    /// A list's index: an int, or another number of the same worth.
    private static func wholeNumber(_ key: Value) -> Int64? {
        switch key {
        case .int(let value): value
        case .uint(let value): Int64(exactly: value) ?? .max
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    func path(_ frame: inout Frame) -> OperandPath? {
        guard let base = operand.path(&frame), let key = try? index.evaluate(&frame) else { return nil }
        if case .string(let key) = key { return base.appending(.key(key)) }
        return Self.wholeNumber(key).flatMap { Int(exactly: $0) }.map { base.appending(.index($0)) }
    }
}

extension Value {
    /// The value in an error's sentence.
    var shortText: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .uint(let value): String(value) + "u"
        case .double(let value): value.celText
        case .string(let value): "'" + String(String.UnicodeScalarView(value.unicodeScalars.prefix(64))) + "'"
        default: typeName.name
        }
    }
}
