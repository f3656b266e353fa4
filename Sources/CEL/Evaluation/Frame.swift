/// The state of one evaluation.
///
/// Made on the stack for each one, so it holds nothing that would have to be retained or allocated: the slots are borrowed
/// from the caller, and the names that macros bind lie on the stack, too.
struct Frame {
    /// Borrowed for the time of the evaluation; indices were checked against their number before it.
    let slots: UnsafeBufferPointer<Slot>
    /// Values of the names that macros bind, by how many are bound around them.
    let locals: UnsafeMutableBufferPointer<Value>
    private let surroundings: Unmanaged<Surroundings>
    private let limits: Limits
    private var stepsLeft: Int
    private var bytesLeft: Int
    /// Where what is read is written down, if it is.
    let trace: TraceRecorder?

    /// What stays the same in all evaluations of a program; must outlive the frame.
    final class Surroundings: Sendable {
        let timeZones: (any TimeZoneProvider)?
        let localCount: Int

        init(timeZones: (any TimeZoneProvider)?, localCount: Int) {
            self.timeZones = timeZones
            self.localCount = localCount
        }
    }

    @inline(__always)
    init(
        slots: UnsafeBufferPointer<Slot>, locals: UnsafeMutableBufferPointer<Value>, _ surroundings: Surroundings,
        _ limits: Limits, trace: TraceRecorder? = nil
    ) {
        self.slots = slots
        self.locals = locals
        self.surroundings = .passUnretained(surroundings)
        self.limits = limits
        stepsLeft = limits.steps
        bytesLeft = limits.builtBytes
        self.trace = trace
    }

    var timeZones: (any TimeZoneProvider)? { surroundings.takeUnretainedValue().timeZones }

    /// Counts steps.
    @inline(__always)
    mutating func spend(_ steps: Int) throws(EvaluationError) {
        stepsLeft &-= steps
        if stepsLeft < 0 { throw EvaluationError(.tooManySteps(limits.steps)) }
    }

    /// Counts the steps of going through a text.
    @inline(__always)
    mutating func spend(bytes: Int) throws(EvaluationError) {
        try spend(bytes >> 6)
    }

    /// Counts the size of a value that is about to be built.
    @inline(__always)
    mutating func build(_ bytes: Int) throws(EvaluationError) {
        let (left, overflow) = bytesLeft.subtractingReportingOverflow(bytes)
        guard !overflow, left >= 0 else {
            bytesLeft = -1
            throw EvaluationError(.tooMuchBuilt(limits.builtBytes))
        }
        bytesLeft = left
    }

    /// Counts the size of a list or a map of so many elements or entries that is about to be built.
    @inline(__always)
    mutating func build(elements: Int) throws(EvaluationError) {
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: 32)
        try build(overflow ? .max : bytes)
    }

    /// The language's `==`, its steps counted: values that share parts can be far larger than what holds them.
    mutating func areEqual(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            try spend(bytes: left.utf8.count)
            return left.hasSameBytes(as: right)
        case (.bytes(let left), .bytes(let right)):
            try spend(bytes: left.count)
            return left == right
        case (.list(let left), .list(let right)):
            guard left.count == right.count else { return false }
            for index in 0..<left.count {
                try spend(1)
                guard try areEqual(left[index], right[index]) else { return false }
            }
            return true
        case (.map(let left), .map(let right)):
            guard left.count == right.count else { return false }
            for index in 0..<left.count {
                try spend(1)
                let key = left.key(at: index)
                guard let one = left[key], let other = right[key], try areEqual(one, other) else { return false }
            }
            return true
        case (.optional(let left), .optional(let right)):
            guard let one = left.value, let other = right.value else { return left.value == nil && right.value == nil }
            return try areEqual(one, other)
        default: return left.isEqual(to: right)
        }
    }

    /// Whether a list has an element that is equal to a value.
    mutating func contains(_ list: ListValue, _ value: Value) throws(EvaluationError) -> Bool {
        for index in 0..<list.count {
            try spend(1)
            if try areEqual(list[index], value) { return true }
        }
        return false
    }
}
