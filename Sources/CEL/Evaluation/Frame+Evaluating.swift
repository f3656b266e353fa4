extension Frame {
    /// Evaluates something in a frame of its own.
    @inline(__always)
    static func evaluating<Result>(
        _ slots: [Slot], _ surroundings: Surroundings, _ limits: Limits, trace: TraceRecorder? = nil,
        _ body: (inout Frame) throws(EvaluationError) -> Result
    ) throws(EvaluationError) -> Result {
        try slots.withUnsafeBufferPointer { (slots) throws(EvaluationError) in
            if surroundings.localCount == 0 {
                let none = UnsafeMutableBufferPointer<Value>(start: nil, count: 0)
                var frame = Frame(slots: slots, locals: none, surroundings, limits, trace: trace)
                return try body(&frame)
            }
            return try withUnsafeTemporaryAllocation(of: Value.self, capacity: surroundings.localCount) {
                (locals) throws(EvaluationError) in
                locals.initialize(repeating: .null)
                defer { locals.deinitialize() }
                var frame = Frame(slots: slots, locals: locals, surroundings, limits, trace: trace)
                return try body(&frame)
            }
        }
    }
}
