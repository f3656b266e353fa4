/// What a macro goes over, and the places of its variables.
struct Iteration: Sendable {
    let range: any Node
    /// The place of the element, or of a map the key; with two variables of the index or key.
    let first: Int
    /// The place of the value, with two variables.
    let second: Int?
    /// The place of an index, where nothing but fields of a list's elements is asked for: then the whole list is in the
    /// element's place, and no element is ever made.
    let deferred: Int?
    /// The steps that one element costs.
    let cost: Int
    let name: String
    let place: SourceRange

    /// What a range turned out to be.
    enum Elements {
        case list(ListValue)
        case map(MapValue)

        var count: Int {
            switch self {
            case .list(let list): list.count
            case .map(let map): map.count
            }
        }
    }

    func elements(_ frame: inout Frame) throws(EvaluationError) -> Elements {
        let value = try range.evaluate(&frame)
        switch value {
        case .list(let list):
            if deferred != nil { frame.locals[second ?? first] = value }
            return .list(list)
        case .map(let map):
            if let deferred { frame.locals[deferred] = .null }
            return .map(map)
        default: throw EvaluationError.noOverload(name, value).located(at: place)
        }
    }

    /// Gives the variables the values of one element.
    @inline(__always)
    func bind(_ index: Int, of elements: Elements, _ frame: inout Frame) throws(EvaluationError) {
        try frame.spend(cost)
        switch elements {
        case .list(let list):
            if second != nil { frame.locals[first] = .int(Int64(index)) }
            if let deferred {
                frame.locals[deferred] = .int(Int64(index))
            } else {
                frame.locals[second ?? first] = list[index]
            }
        case .map(let map):
            let key = map.key(at: index)
            if let second { frame.locals[second] = map[key] ?? .null }
            frame.locals[first] = key
        }
        if frame.trace != nil { bindPaths(index, of: elements, &frame) }
    }

    private func bindPaths(_ index: Int, of elements: Elements, _ frame: inout Frame) {
        let path = range.path(&frame)
        switch elements {
        case .list: frame.trace?.localPaths[second ?? first] = path?.appending(.index(index))
        case .map(let map):
            guard let second else { break }
            if case .string(let key) = map.key(at: index) {
                frame.trace?.localPaths[second] = path?.appending(.key(key))
            } else {
                frame.trace?.localPaths[second] = nil
            }
        }
        if case .list = elements, second == nil { return }
        frame.trace?.localPaths[first] = nil
    }
}

/// `v.id` of a list's element that is not made for it.
final class DeferredFieldNode: Node {
    private let element: Int
    private let index: Int
    private let field: String
    private let absentError: EvaluationError
    private let place: SourceRange

    init(element: Int, index: Int, field: String, at place: SourceRange) {
        self.element = element
        self.index = index
        self.field = field
        self.place = place
        absentError = EvaluationError(.noSuchKey(field), at: place)
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        switch slot(frame) {
        case .value(let value): return value
        case .absent: throw absentError
        case .failed(let error): throw error.located(at: place)
        }
    }

    @inline(__always)
    private func slot(_ frame: borrowing Frame) -> Slot {
        if case .int(let index) = frame.locals[index], case .list(let list) = frame.locals[element] {
            return list.field(field, ofElementAt: Int(index))
        }
        return frame.locals[element].field(field)
    }
}
