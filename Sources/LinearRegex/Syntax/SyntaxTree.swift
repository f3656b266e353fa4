/// What a pattern says. Nodes stand in one array, each after its parts, so that no depth of nesting needs a deep stack.
struct SyntaxTree: Sendable {
    typealias Index = Int

    enum Node: Sendable {
        /// The empty text.
        case empty
        /// One scalar of a set, by the set's place in ``SyntaxTree/sets``.
        case scalar(set: Int)
        case assertion(Assertion)
        case concatenation([Index])
        case alternation([Index])
        /// At least `minimum` and at most `maximum` (nil: any number) times.
        case repetition(Index, minimum: Int, maximum: Int?, isGreedy: Bool)
        /// A capturing group, numbered from 1.
        case group(Index, number: Int)
    }

    /// What is known of a node from its parts.
    struct Facts: Sendable {
        /// It can match the empty text.
        var isNullable: Bool
        /// It can match nothing but the empty text.
        var isEmptyOnly: Bool
        /// It matches nowhere but at the start of the text.
        var isAnchoredAtStart: Bool
        /// The largest product of counted repeats that are nested in it, itself among them.
        var repeatProduct: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var facts: [Facts] = []
    private(set) var sets: [ScalarSet] = []
    private(set) var rangeCount = 0
    private var indexOfSet: [ScalarSet: Int] = [:]
    /// The names of the capturing groups from 1 on; nil for one without.
    var groupNames: [String?] = []
    /// The whole pattern.
    var root: Index = 0

    mutating func add(_ node: Node) -> Index {
        facts.append(factsOf(node))
        nodes.append(node)
        return nodes.count - 1
    }

    mutating func addScalar(of set: ScalarSet) -> Index {
        let index = indexOfSet[set] ?? sets.count
        if index == sets.count {
            indexOfSet[set] = index
            sets.append(set)
            rangeCount += set.ranges.count
        }
        return add(.scalar(set: index))
    }

    private func factsOf(_ node: Node) -> Facts {
        switch node {
        case .empty:
            return Facts(isNullable: true, isEmptyOnly: true, isAnchoredAtStart: false, repeatProduct: 1)
        case .scalar:
            return Facts(isNullable: false, isEmptyOnly: false, isAnchoredAtStart: false, repeatProduct: 1)
        case .assertion(let assertion):
            return Facts(
                isNullable: true, isEmptyOnly: true, isAnchoredAtStart: assertion == .textStart, repeatProduct: 1)
        case .concatenation(let parts):
            return Facts(
                isNullable: parts.allSatisfy { facts[$0].isNullable },
                isEmptyOnly: parts.allSatisfy { facts[$0].isEmptyOnly },
                isAnchoredAtStart: parts.first.map { facts[$0].isAnchoredAtStart } ?? false,
                repeatProduct: parts.map { facts[$0].repeatProduct }.max() ?? 1)
        case .alternation(let parts):
            return Facts(
                isNullable: parts.contains { facts[$0].isNullable },
                isEmptyOnly: parts.allSatisfy { facts[$0].isEmptyOnly },
                isAnchoredAtStart: parts.allSatisfy { facts[$0].isAnchoredAtStart },
                repeatProduct: parts.map { facts[$0].repeatProduct }.max() ?? 1)
        case .repetition(let part, let minimum, let maximum, _):
            let (product, overflow) = facts[part].repeatProduct.multipliedReportingOverflow(
                by: max(maximum ?? minimum, 1))
            return Facts(
                isNullable: minimum == 0 || facts[part].isNullable,
                isEmptyOnly: maximum == 0 || facts[part].isEmptyOnly,
                isAnchoredAtStart: minimum > 0 && facts[part].isAnchoredAtStart,
                repeatProduct: overflow ? .max : product)
        case .group(let part, _):
            return facts[part]
        }
    }
}

/// A condition on a place between two scalars.
enum Assertion: UInt8, Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}
