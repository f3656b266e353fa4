internal import Synchronization

/// What a pattern was compiled to, and what its machines have learnt from earlier texts.
final class Core: Sendable {
    let forward: Program
    /// Matches the same texts from their ends to their starts.
    let backward: Program
    let groupNames: [String?]
    private let searchers: Mutex<[StateMachine]>
    private let wholeMatchers: Mutex<[StateMachine]>
    private let startFinders: Mutex<[StateMachine]>

    init(tree: SyntaxTree, limit: Int) throws(PatternError) {
        guard let programs = Compiler.programs(of: tree, limit: limit) else {
            throw PatternError(.tooLarge, offset: 0, in: [])
        }
        (forward, backward) = programs
        groupNames = tree.groupNames
        searchers = Mutex([])
        wholeMatchers = Mutex([])
        startFinders = Mutex([])
    }

    /// Where the leftmost-first match ends, or any match where the earliest is enough; nil where there is none.
    func searchEnd(in text: UnsafeBufferPointer<UInt8>, isEarliestEnough: Bool) -> Int? {
        with(searchers, StateMachine(.search)) {
            $0.end(of: forward, in: text, isEarliestEnough: isEarliestEnough)
        }
    }

    func isWholeMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        with(wholeMatchers, StateMachine(.whole)) { $0.end(of: forward, in: text, isEarliestEnough: true) != nil }
    }

    /// Where the leftmost match that ends there starts.
    func searchStart(in text: UnsafeBufferPointer<UInt8>, to end: Int) -> Int {
        if forward.start == forward.searchStart { return 0 }
        // There is a match that ends there, so there is a start; the fallback is never used.
        return with(startFinders, StateMachine(.backward)) { $0.start(of: backward, in: text, to: end) } ?? end
    }

    /// The groups of the preferred match among those with these bounds, of which there must be one.
    func match(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> LinearPattern.Match {
        if groupNames.isEmpty { return LinearPattern.Match(range: start..<end, groups: []) }
        var finder = GroupFinder(forward, groupCount: groupNames.count)
        return LinearPattern.Match(range: start..<end, groups: finder.groups(in: text, from: start, to: end))
    }

    /// Lends a machine out for one call; calls at the same time each have one of their own.
    private func with<Result>(
        _ pool: borrowing Mutex<[StateMachine]>, _ new: @autoclosure () -> StateMachine,
        _ body: (inout StateMachine) -> Result
    ) -> Result {
        var machine = pool.withLock { $0.popLast() } ?? new()
        defer {
            pool.withLock { machines in
                if machines.count < Self.largestPool { machines.append(machine) }
            }
        }
        return body(&machine)
    }

    private static let largestPool = 4
}
