/// What the time that went by between two runs had to do with a verdict that moved.
public enum TimeRole: Sendable, Hashable {
    /// Nothing: the verdict moved, or would have, at the same moment too.
    case none
    /// It would have done it alone, and so would something else; or it took both.
    case contributes
    /// It did it alone, whatever else differs.
    case alone

    /// The two things that are put in the place of the earlier ones.
    private enum Input { case time, rest }

    /// Finds it by judging again with the two sides mixed, as ``Counterfactual`` does.
    ///
    /// - Parameter outcome: what the rule says with the moment (`time`), and with all else (`rest`), taken from the later
    ///   side where it is true and from the earlier one where it is not.
    public init<Outcome: Equatable>(outcome: (_ time: Bool, _ rest: Bool) throws -> Outcome) rethrows {
        let sets = try Counterfactual.sufficientSets(of: [Input.time, .rest]) { later in
            try outcome(later.contains(.time), later.contains(.rest))
        }
        if sets == [[.time]] {
            self = .alone
        } else {
            self = sets.contains { $0.contains(.time) } ? .contributes : .none
        }
    }
}
