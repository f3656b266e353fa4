/// Turns a ``SyntaxTree`` into a ``Program``. What is still to do stands on a stack of its own, so that no depth of
/// nesting can overflow the thread's.
struct Compiler {
    private enum Task {
        case visit(SyntaxTree.Index)
        case save(slot: Int32)
        /// Emits a split between what follows and what ``endOption`` will fill in.
        case beginOption(isGreedy: Bool)
        case endOption(isGreedy: Bool)
        /// Ends an option whose way back to the split comes first: `x*`.
        case endLoop(isGreedy: Bool)
        /// Notes where a `x+` starts.
        case beginPlus
        case endPlus(isGreedy: Bool)
        /// Ends an alternative that is not the last one.
        case endAlternative
        case endAlternation(count: Int)
    }

    private let tree: SyntaxTree
    private let alphabet: Alphabet
    private let limit: Int
    /// A reversed program matches the same texts from their ends to their starts, and notes no groups.
    private let isReversed: Bool
    /// What takes one scalar of each set.
    private let takes: [SetTest]
    private var instructions: [Instruction] = []
    private var tasks: [Task] = []
    /// Places that an open construct comes back to.
    private var places: [Int] = []

    private enum SetTest {
        case symbol(Int32)
        case row(Int32)
    }

    private init(tree: SyntaxTree, alphabet: Alphabet, takes: [SetTest], limit: Int, isReversed: Bool) {
        self.tree = tree
        self.alphabet = alphabet
        self.takes = takes
        self.limit = limit
        self.isReversed = isReversed
    }

    /// The program that reads forward, and a maker of the one that reads backward; nil where one would be too large.
    static func programs(of tree: SyntaxTree, limit: Int) -> (forward: Program, backward: Program)? {
        var assertions: Set<Assertion> = []
        for case .assertion(let assertion) in tree.nodes { assertions.insert(assertion) }
        guard let (alphabet, symbolsOfSets) = Alphabet.dividing(tree.sets, assertions: assertions) else { return nil }
        let wordsInRow = (alphabet.count + 63) / 64
        guard wordsInRow * symbolsOfSets.count(where: { $0.count != 1 }) <= largestRowWords else { return nil }
        // Row 0 is any symbol at all, for the search from place to place.
        var rows = [UInt64](repeating: .max, count: wordsInRow)
        let takes = symbolsOfSets.map { symbols -> SetTest in
            if symbols.count == 1 { return .symbol(Int32(symbols[0])) }
            let row = rows.count / wordsInRow
            rows += [UInt64](repeating: 0, count: wordsInRow)
            for symbol in symbols { rows[row * wordsInRow + symbol / 64] |= 1 << UInt64(symbol % 64) }
            return .row(Int32(row))
        }
        func program(isReversed: Bool) -> Program? {
            var compiler = Compiler(
                tree: tree, alphabet: alphabet, takes: takes, limit: limit, isReversed: isReversed)
            guard let (instructions, start) = compiler.compile() else { return nil }
            return Program(
                instructions: instructions, start: start,
                searchStart: tree.facts[tree.root].isAnchoredAtStart ? start : 0, rows: rows, wordsInRow: wordsInRow,
                alphabet: alphabet)
        }
        guard let forward = program(isReversed: false), let backward = program(isReversed: true) else { return nil }
        return (forward, backward)
    }

    /// 8 MiB of symbol sets.
    private static let largestRowWords = 1 << 20

    private mutating func compile() -> ([Instruction], start: Int32)? {
        // The search: match here, else take any scalar and try again.
        instructions = [.split(2, 1), .takeAny(row: 0, next: 0)]
        tasks = [.visit(tree.root)]
        while let task = tasks.popLast() {
            perform(task)
            if instructions.count + tasks.count / 2 > limit { return nil }
        }
        instructions.append(.match)
        skipJumps()
        return (instructions, 2)
    }

    private var here: Int32 { Int32(instructions.count) }

    private mutating func perform(_ task: Task) {
        switch task {
        case .visit(let index): visit(tree.nodes[index])
        case .save(let slot): instructions.append(.save(slot: slot, next: here + 1))
        case .beginOption(let isGreedy):
            places.append(instructions.count)
            instructions.append(isGreedy ? .split(here + 1, -1) : .split(-1, here + 1))
        case .endOption(let isGreedy):
            patch(places.removeLast(), isGreedy: isGreedy)
        case .endLoop(let isGreedy):
            let split = places.removeLast()
            instructions.append(.jump(Int32(split)))
            patch(split, isGreedy: isGreedy)
        case .beginPlus: places.append(instructions.count)
        case .endPlus(let isGreedy):
            let start = Int32(places.removeLast())
            instructions.append(isGreedy ? .split(start, here + 1) : .split(here + 1, start))
        case .endAlternative:
            let split = places.removeLast()
            places.append(instructions.count)
            instructions.append(.jump(-1))
            patch(split, isGreedy: true)
        case .endAlternation(let count):
            for place in places.suffix(count) { instructions[place] = .jump(here) }
            places.removeLast(count)
        }
    }

    /// Lets a split's open way lead to the next instruction.
    private mutating func patch(_ split: Int, isGreedy: Bool) {
        let inner = Int32(split + 1)
        instructions[split] = isGreedy ? .split(inner, here) : .split(here, inner)
    }

    private mutating func visit(_ node: SyntaxTree.Node) {
        switch node {
        case .empty: break
        case .scalar(let set):
            switch takes[set] {
            case .symbol(let symbol): instructions.append(.take(symbol: symbol, next: here + 1))
            case .row(let row): instructions.append(.takeAny(row: row, next: here + 1))
            }
        case .assertion(let assertion): instructions.append(.assert(assertion, next: here + 1))
        case .concatenation(let parts):
            tasks += (isReversed ? parts : parts.reversed()).map { .visit($0) }
        case .alternation(let parts):
            tasks.append(.endAlternation(count: parts.count - 1))
            for (number, part) in parts.enumerated().reversed() {
                let isLast = number == parts.count - 1
                if !isLast { tasks.append(.endAlternative) }
                tasks.append(.visit(part))
                if !isLast { tasks.append(.beginOption(isGreedy: true)) }
            }
        case .repetition(let part, let minimum, let maximum, let isGreedy):
            repeated(part, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
        case .group(let part, let number):
            if isReversed {
                tasks.append(.visit(part))
            } else {
                let slot = Int32(2 * (number - 1))
                tasks += [.save(slot: slot + 1), .visit(part), .save(slot: slot)]
            }
        }
    }

    private mutating func repeated(_ part: SyntaxTree.Index, minimum: Int, maximum: Int?, isGreedy: Bool) {
        // To match the empty text twice is to match it once.
        let most = tree.facts[part].isEmptyOnly ? 1 : Int.max
        let needed = min(minimum, most)
        guard let maximum else {
            if needed > 0 {
                tasks += [.endPlus(isGreedy: isGreedy), .visit(part), .beginPlus]
                tasks += [Task](repeating: .visit(part), count: needed - 1)
            } else if tree.facts[part].isNullable {
                // (x+)? keeps the order of preference where x can be empty: https://golang.org/issue/46123.
                tasks += [
                    .endOption(isGreedy: isGreedy), .endPlus(isGreedy: isGreedy), .visit(part), .beginPlus,
                    .beginOption(isGreedy: isGreedy),
                ]
            } else {
                tasks += [.endLoop(isGreedy: isGreedy), .visit(part), .beginOption(isGreedy: isGreedy)]
            }
            return
        }
        let optional = min(maximum, most) - needed
        // Each further one is inside the option of the one before it: x{2,4} is xx(x(x)?)?.
        tasks += [Task](repeating: .endOption(isGreedy: isGreedy), count: optional)
        for _ in 0..<optional { tasks += [.visit(part), .beginOption(isGreedy: isGreedy)] }
        tasks += [Task](repeating: .visit(part), count: needed)
    }

    /// Lets every instruction that leads to a jump lead to the jump's end.
    private mutating func skipJumps() {
        // A jump leads forward, or back to the split of its loop, so that ends are found from the last to the first
        // but for those few, which take a second step.
        var ends = instructions.indices.map(Int32.init)
        for place in instructions.indices.reversed() {
            if case .jump(let target) = instructions[place] { ends[place] = ends[Int(target)] }
        }
        for (place, instruction) in instructions.enumerated() {
            switch instruction {
            case .take(let symbol, let next): instructions[place] = .take(symbol: symbol, next: ends[Int(next)])
            case .takeAny(let row, let next): instructions[place] = .takeAny(row: row, next: ends[Int(next)])
            case .split(let first, let second): instructions[place] = .split(ends[Int(first)], ends[Int(second)])
            case .save(let slot, let next): instructions[place] = .save(slot: slot, next: ends[Int(next)])
            case .assert(let assertion, let next):
                instructions[place] = .assert(assertion, next: ends[Int(next)])
            case .jump, .match: break
            }
        }
    }
}
