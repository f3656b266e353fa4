/// A deterministic machine over a ``Program``, whose states are made when a text first needs them.
///
/// A state is the places of the program that are alive, in order of preference, before assertions are looked at; those
/// are decided with the next symbol, when both sides of the place are known. So a match shows in the transition after
/// it. The states that are kept are bounded; past the bound all are dropped and made anew as they are needed, so that
/// even then a symbol costs no more than the size of the program.
struct StateMachine: Sendable {
    enum Kind: Sendable {
        /// From any start to the end of the leftmost-first match.
        case search
        /// From the start of the text to its end.
        case whole
        /// From the end of a match to its leftmost start; reads backward.
        case backward
    }

    private struct State: Hashable {
        var places: [Int32]
        /// What stands on the side that was read already.
        var side: Side

        func hash(into hasher: inout Hasher) {
            // All bytes at once are hashed several times faster than one number after another.
            places.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(side)
        }
    }

    /// A transition that was taken: where it leads, and whether a match ends before its symbol.
    private struct Transition {
        var rawValue: Int32
        static let unknown = Transition(rawValue: -1)

        init(rawValue: Int32) { self.rawValue = rawValue }
        init(to state: Int, endsMatch: Bool) { rawValue = Int32(state) << 1 | (endsMatch ? 1 : 0) }

        @inline(__always) var isKnown: Bool { rawValue >= 0 }
        @inline(__always) var state: Int { Int(rawValue >> 1) }
        @inline(__always) var endsMatch: Bool { rawValue & 1 == 1 }
    }

    private let kind: Kind
    private var states: [State] = []
    private var numbers: [State: Int] = [:]
    private var transitions: [Transition] = []
    /// The number of the state that a text starts in, by what stands on the side that is not read; -1 where it is not
    /// made.
    private var startNumbers = [Int](repeating: -1, count: Side.allCases.count)
    private var placeCount = 0
    private var closure = PlaceSet(capacity: 0)
    private var targets = PlaceSet(capacity: 0)
    private var stack: [Int32] = []
    /// How many states are kept now.
    var stateCount: Int { states.count }
    /// How many instructions were looked at and transitions taken, ever; tells that the work grows linearly.
    private(set) var steps = 0

    private static let dead = 0
    /// At most so many transitions, and half as many places in states, are kept.
    private let largestTransitionCount: Int

    /// - Parameter largestTransitionCount: about how many transitions are kept; a million are 4 MiB, and the states
    ///   to them as much again.
    init(_ kind: Kind, largestTransitionCount: Int = 1 << 20) {
        self.kind = kind
        self.largestTransitionCount = largestTransitionCount
    }

    /// Where the match ends that this kind of machine looks for; where the earliest is enough, any place up to which
    /// the text tells that there is a match.
    mutating func end(of program: Program, in text: UnsafeBufferPointer<UInt8>, isEarliestEnough: Bool) -> Int? {
        let stride = program.alphabet.count + 1
        var state = startState(of: program, beside: program.alphabet.end)
        var end: Int?
        var place = 0
        while place < text.count {
            let (symbol, width) = program.alphabet.symbol(in: text, at: place)
            var transition = transitions[state * stride + symbol]
            if !transition.isKnown { transition = makeTransition(from: state, on: symbol, in: program) }
            if transition.endsMatch {
                end = place
                if isEarliestEnough { return end }
            }
            state = transition.state
            steps += 1
            if state == Self.dead { return end }
            place += width
        }
        return endsMatchAtEdge(state, in: program) ? place : end
    }

    /// The leftmost place from which the program matches up to a place.
    mutating func start(of program: Program, in text: UnsafeBufferPointer<UInt8>, to end: Int) -> Int? {
        let alphabet = program.alphabet
        let stride = alphabet.count + 1
        let following = end < text.count ? alphabet.symbol(in: text, at: end).symbol : alphabet.end
        var state = startState(of: program, beside: following)
        var start: Int?
        var place = end
        while place > 0 {
            let (symbol, width) = alphabet.symbol(in: text, before: place)
            var transition = transitions[state * stride + symbol]
            if !transition.isKnown { transition = makeTransition(from: state, on: symbol, in: program) }
            if transition.endsMatch { start = place }
            state = transition.state
            steps += 1
            if state == Self.dead { return start }
            place -= width
        }
        return endsMatchAtEdge(state, in: program) ? 0 : start
    }

    private mutating func endsMatchAtEdge(_ state: Int, in program: Program) -> Bool {
        let symbol = program.alphabet.end
        let known = transitions[state * (symbol + 1) + symbol]
        return (known.isKnown ? known : makeTransition(from: state, on: symbol, in: program)).endsMatch
    }

    private mutating func startState(of program: Program, beside symbol: Int) -> Int {
        let side = program.alphabet.sides[symbol]
        let known = startNumbers[Int(side.rawValue)]
        if known >= 0 { return known }
        if states.isEmpty {
            closure = PlaceSet(capacity: program.instructions.count)
            targets = PlaceSet(capacity: program.instructions.count)
            forgetStates(in: program)
        }
        let start = kind == .search ? program.searchStart : program.start
        let made = number(of: State(places: [start], side: side), in: program)
        startNumbers[Int(side.rawValue)] = made
        return made
    }

    private mutating func forgetStates(in program: Program) {
        states.removeAll()
        numbers.removeAll()
        transitions.removeAll()
        for side in startNumbers.indices { startNumbers[side] = -1 }
        placeCount = 0
        _ = number(of: State(places: [], side: .other), in: program)
    }

    private mutating func number(of state: State, in program: Program) -> Int {
        if let known = numbers[state] { return known }
        let number = states.count
        states.append(state)
        numbers[state] = number
        placeCount += state.places.count
        transitions += [Transition](repeating: .unknown, count: program.alphabet.count + 1)
        return number
    }

    private mutating func makeTransition(from number: Int, on symbol: Int, in program: Program) -> Transition {
        let state = states[number]
        let side = program.alphabet.sides[symbol]
        let isAtEdge = symbol == program.alphabet.end
        let endsMatch =
            kind == .backward
            ? close(state.places, left: side, right: state.side, isAtEdge: isAtEdge, in: program)
            : close(state.places, left: state.side, right: side, isAtEdge: isAtEdge, in: program)
        targets.removeAll()
        if !isAtEdge {
            for place in closure.places {
                if let next = program.next(after: place, taking: symbol) { _ = targets.insert(next) }
            }
        }
        steps += closure.places.count
        // Backward the order says nothing, as the longest match is looked for.
        let places = kind == .backward ? targets.places.sorted() : targets.places
        let target = places.isEmpty ? State(places: [], side: .other) : State(places: places, side: side)
        let isFull = transitions.count >= largestTransitionCount || placeCount >= largestTransitionCount / 2
        if isFull, numbers[target] == nil {
            forgetStates(in: program)
            return Transition(to: self.number(of: target, in: program), endsMatch: endsMatch)
        }
        let transition = Transition(to: self.number(of: target, in: program), endsMatch: endsMatch)
        transitions[number * (program.alphabet.count + 1) + symbol] = transition
        return transition
    }

    /// Puts into `closure` all that can be reached from the places without a symbol, in order of preference; true where
    /// a match is among them. What is less preferred than a match is left out, but backward, where the longest match
    /// counts.
    private mutating func close(
        _ places: [Int32], left: Side, right: Side, isAtEdge: Bool, in program: Program
    ) -> Bool {
        closure.removeAll()
        stack.removeAll(keepingCapacity: true)
        stack.append(contentsOf: places.reversed())
        var hasMatch = false
        while let place = stack.popLast() {
            guard closure.insert(place) else { continue }
            switch program.instructions[Int(place)] {
            case .take, .takeAny: break
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .jump(let next), .save(_, let next): stack.append(next)
            case .assert(let assertion, let next):
                if assertion.holds(left: left, right: right) { stack.append(next) }
            case .match:
                if kind == .whole, !isAtEdge { continue }
                hasMatch = true
                if kind != .backward { return true }
            }
        }
        return hasMatch
    }
}
