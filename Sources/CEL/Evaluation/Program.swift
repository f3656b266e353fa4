/// An expression that was read, checked and made ready; evaluate it as often as you like, from any thread.
public final class Program: Sendable {
    /// The type of the result, as far as it is known without data.
    public let resultType: ValueType
    /// The chains of selections from variables that the program reads, each once, in the order of the text.
    public let references: [Reference]
    /// The text that was compiled.
    public let source: String

    /// Those of ``references`` that are held against 0, or have a lower bound that leaves it out.
    public let zeroTests: Set<Reference>
    /// What fails in each evaluation that comes to it, whatever the data, such as `1 / 0` and `timestamp('soon')`.
    public let certainErrors: [CertainError]

    private let root: any Node
    private let tracing: any Node
    private let surroundings: Frame.Surroundings
    private let slotCount: Int
    private let ownSlots: SlotTable

    init(
        source: String, resultType: ValueType, _ environment: Environment, _ expression: Expression,
        _ resolutions: [Checker.Resolution?], slots: inout SlotTable
    ) {
        self.source = source
        self.resultType = resultType
        var planner = Planner(environment, resolutions, slots: slots, isTracing: false)
        root = planner.node(expression)
        surroundings = Frame.Surroundings(timeZones: environment.timeZones, localCount: planner.localCount)
        zeroTests = ZeroTests(expression, planner).references
        certainErrors = planner.certainErrors.map { CertainError($0, in: source) }
        let planned = planner.slots
        references = planner.usedSlots.map { planned.references[$0] }
        var tracingPlanner = Planner(environment, resolutions, slots: planned, isTracing: true)
        tracing = tracingPlanner.node(expression)
        slots = planned
        slotCount = planned.references.count
        ownSlots = planned
    }

    /// The value for one set of data.
    /// - Parameter slots: made by the ``SlotTable`` that the program was compiled with, or a later state of it.
    public func evaluate(_ slots: [Slot], limits: Limits = Limits()) -> Result<Value, EvaluationError> {
        do throws(EvaluationError) {
            return .success(try value(slots, limits: limits))
        } catch {
            return .failure(error)
        }
    }

    /// The value for one set of data, or the reason why there is none.
    /// - Parameter slots: made by the ``SlotTable`` that the program was compiled with, or a later state of it.
    public func value(_ slots: [Slot], limits: Limits = Limits()) throws(EvaluationError) -> Value {
        try check(slots)
        return try Frame.evaluating(slots, surroundings, limits) { (frame) throws(EvaluationError) in
            try root.evaluate(&frame)
        }
    }

    /// The value for one set of data, which must be a bool.
    /// - Parameter slots: made by the ``SlotTable`` that the program was compiled with, or a later state of it.
    public func bool(_ slots: [Slot], limits: Limits = Limits()) throws(EvaluationError) -> Bool {
        try check(slots)
        return try Frame.evaluating(slots, surroundings, limits) { (frame) throws(EvaluationError) in
            try root.evaluateBool(&frame)
        }
    }

    /// The value where variables have values; slower than with slots, which are made anew here.
    public func evaluate(variables: [String: Value], limits: Limits = Limits()) -> Result<Value, EvaluationError> {
        evaluate(ownSlots.slots(of: variables), limits: limits)
    }

    /// The value, and each operand that was read on the way with what was there, in the order of first reading.
    ///
    /// Slower than ``evaluate(_:limits:)``; meant for what failed. At most 1,000 operands are kept.
    public func trace(
        _ slots: [Slot], limits: Limits = Limits()
    ) -> (result: Result<Value, EvaluationError>, operands: [TracedOperand]) {
        let recorder = TraceRecorder(localCount: surroundings.localCount)
        do throws(EvaluationError) {
            try check(slots)
            let value = try Frame.evaluating(slots, surroundings, limits, trace: recorder) {
                (frame) throws(EvaluationError) in
                try tracing.evaluate(&frame)
            }
            return (.success(value), recorder.operands)
        } catch {
            return (.failure(error), recorder.operands)
        }
    }

    /// The value where variables have values, and each operand that was read.
    public func trace(
        variables: [String: Value], limits: Limits = Limits()
    ) -> (result: Result<Value, EvaluationError>, operands: [TracedOperand]) {
        trace(ownSlots.slots(of: variables), limits: limits)
    }

    /// The program reads slots by their indices without looking again.
    @inline(__always)
    private func check(_ slots: [Slot]) throws(EvaluationError) {
        guard slots.count >= slotCount else { throw EvaluationError(.unavailable("the data")) }
    }
}

/// A part of an expression that no data can save, where it stands.
public struct CertainError: Error, Sendable, Hashable {
    /// What goes wrong.
    public let cause: EvaluationError.Cause
    /// Where, as offsets in Unicode scalars.
    public let scalarRange: Range<Int>

    init(_ error: EvaluationError, in source: String) {
        cause = error.cause
        scalarRange = (error.place ?? SourceRange(0, 0)).scalarRange(in: source)
    }
}

extension Environment {
    /// How much of an expression is looked at before it runs.
    public enum Checking: Sendable {
        /// Names and types.
        case full
        /// Only whether it can be read; unknown names and types that do not fit are errors when it runs.
        case none
    }

    /// Reads an expression.
    /// - Throws: all that is wrong with its form.
    public func parse(_ source: String) throws(CompilationError) -> Expression {
        let (expression, _, mistakes) = Parser.parse(source)
        guard mistakes.isEmpty else { throw CompilationError(mistakes, in: source) }
        return expression
    }

    /// Reads and checks an expression and makes a program of it.
    /// - Parameters:
    ///   - result: the type that the result must have; `dyn` for any.
    ///   - slots: gets the references that the program reads; one table can serve many programs.
    /// - Throws: all that is wrong with the text, not only the first.
    public func compile(
        _ source: String, result: ValueType = .dyn, checking: Checking = .full, slots: inout SlotTable
    ) throws(CompilationError) -> Program {
        let (expression, count, parsing) = Parser.parse(source)
        var checker = Checker(self, source: source, count: max(count, 1))
        let type = checker.check(whole: expression, result: result)
        let mistakes = parsing + (checking == .full ? checker.mistakes : [])
        guard mistakes.isEmpty else { throw CompilationError(mistakes, in: source) }
        return Program(
            source: source, resultType: type, self, expression, checker.resolutions, slots: &slots)
    }

    /// Reads and checks an expression and makes a program of it, with slots of its own.
    /// - Throws: all that is wrong with the text, not only the first.
    public func compile(
        _ source: String, result: ValueType = .dyn, checking: Checking = .full
    ) throws(CompilationError) -> Program {
        var slots = SlotTable()
        return try compile(source, result: result, checking: checking, slots: &slots)
    }
}
