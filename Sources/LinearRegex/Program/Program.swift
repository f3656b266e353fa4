/// One step of the machine. Places are indices in ``Program/instructions``.
enum Instruction: Sendable {
    /// Takes one scalar of this symbol.
    case take(symbol: Int32, next: Int32)
    /// Takes one scalar of any symbol in a row of ``Program/rows``.
    case takeAny(row: Int32, next: Int32)
    /// Goes two ways; the first is preferred.
    case split(Int32, Int32)
    case jump(Int32)
    /// Notes the place in the text; slot 2n is the start of group n + 1, slot 2n + 1 its end.
    case save(slot: Int32, next: Int32)
    case assert(Assertion, next: Int32)
    case match
}

/// A pattern as instructions for a machine that follows all ways at once, after Ken Thompson and Rob Pike.
struct Program: Sendable {
    var instructions: [Instruction]
    /// Where a match starts that must start at the given place.
    var start: Int32
    /// Where a match starts that may start at any later place as well.
    var searchStart: Int32
    /// Symbol sets, `wordsInRow` words each, one bit a symbol.
    var rows: [UInt64]
    var wordsInRow: Int
    var alphabet: Alphabet

    @inline(__always)
    func row(_ row: Int32, contains symbol: Int) -> Bool {
        rows[Int(row) * wordsInRow + symbol >> 6] >> UInt64(symbol & 63) & 1 == 1
    }

    /// Where an instruction that takes a scalar goes on after this symbol; nil where it takes another, or none.
    @inline(__always)
    func next(after instruction: Int32, taking symbol: Int) -> Int32? {
        switch instructions[Int(instruction)] {
        case .take(let wanted, let next): Int(wanted) == symbol ? next : nil
        case .takeAny(let row, let next): self.row(row, contains: symbol) ? next : nil
        case .split, .jump, .save, .assert, .match: nil
        }
    }
}
