/// Follows all ways of a ``Program`` through a text whose match is known already, and notes where groups start and end:
/// Rob Pike's machine.
struct GroupFinder {
    /// Ways that are alive at a place, in order of preference, each with its row of slots.
    private struct Ways {
        var places: PlaceSet
        var slots: [Int] = []

        mutating func removeAll() {
            places.removeAll()
            slots.removeAll(keepingCapacity: true)
        }
    }

    private enum Task {
        case visit(Int32)
        /// Gives a slot its value back, once what depends on another one was visited.
        case restore(slot: Int32, value: Int)
    }

    private let program: Program
    private let slotCount: Int
    private var current: Ways
    private var next: Ways
    private var visited: PlaceSet
    private var tasks: [Task] = []
    /// The slots of the way that is being followed; -1 for none.
    private var row: [Int]
    /// How many instructions were looked at.
    private(set) var steps = 0

    init(_ program: Program, groupCount: Int) {
        self.program = program
        slotCount = 2 * groupCount
        let places = PlaceSet(capacity: program.instructions.count)
        (current, next, visited) = (Ways(places: places), Ways(places: places), places)
        row = [Int](repeating: -1, count: slotCount)
    }

    /// The groups of the preferred match among those with these bounds.
    mutating func groups(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> [Range<Int>?] {
        let alphabet = program.alphabet
        var left = start == 0 ? alphabet.end : alphabet.symbol(in: text, before: start).symbol
        var place = start
        var (symbol, width) = place < text.count ? alphabet.symbol(in: text, at: place) : (alphabet.end, 0)
        visited.removeAll()
        current.removeAll()
        follow(program.start, at: place, left: left, right: symbol)
        swap(&current, &next)
        while place < end {
            let taken = symbol
            left = symbol
            place += width
            (symbol, width) = place < text.count ? alphabet.symbol(in: text, at: place) : (alphabet.end, 0)
            visited.removeAll()
            next.removeAll()
            for (number, way) in current.places.places.enumerated() {
                guard let target = program.next(after: way, taking: taken) else { continue }
                for slot in 0..<slotCount { row[slot] = current.slots[number * slotCount + slot] }
                follow(target, at: place, left: left, right: symbol)
            }
            swap(&current, &next)
        }
        guard let number = current.places.places.firstIndex(where: isMatch) else {
            return [Range<Int>?](repeating: nil, count: slotCount / 2)
        }
        return (0..<slotCount / 2).map { group in
            let (low, high) = (
                current.slots[number * slotCount + 2 * group], current.slots[number * slotCount + 2 * group + 1]
            )
            return low >= 0 && high >= low ? low..<high : nil
        }
    }

    private func isMatch(_ place: Int32) -> Bool {
        if case .match = program.instructions[Int(place)] { true } else { false }
    }

    /// Adds to `next` what can be reached from an instruction without a symbol, with the slots in `row`.
    private mutating func follow(_ instruction: Int32, at place: Int, left: Int, right: Int) {
        let sides = (left: program.alphabet.sides[left], right: program.alphabet.sides[right])
        tasks.append(.visit(instruction))
        while let task = tasks.popLast() {
            guard case .visit(let instruction) = task else {
                if case .restore(let slot, let value) = task { row[Int(slot)] = value }
                continue
            }
            guard visited.insert(instruction) else { continue }
            steps += 1
            switch program.instructions[Int(instruction)] {
            case .take, .takeAny, .match:
                _ = next.places.insert(instruction)
                next.slots += row
            case .split(let first, let second):
                tasks.append(.visit(second))
                tasks.append(.visit(first))
            case .jump(let target): tasks.append(.visit(target))
            case .save(let slot, let target):
                tasks.append(.restore(slot: slot, value: row[Int(slot)]))
                row[Int(slot)] = place
                tasks.append(.visit(target))
            case .assert(let assertion, let target):
                if assertion.holds(left: sides.left, right: sides.right) { tasks.append(.visit(target)) }
            }
        }
    }
}
