/// Which of several differing inputs made an outcome another: each is put in the place of the earlier one and looked at.
public enum Counterfactual {
    /// The smallest sets of inputs that, taken from the later side with all others left as they were, give the later
    /// outcome.
    ///
    /// One set with one input: that input did it. Several sets: each did it alone. A set with several inputs: it took them
    /// together. Empty where the outcome is the same with all inputs from either side.
    /// - Parameters:
    ///   - inputs: those that differ between the sides; each once, 16 at most are looked at in every combination.
    ///   - outcome: the outcome with these inputs taken from the later side.
    public static func sufficientSets<Input: Hashable, Outcome: Equatable>(
        of inputs: [Input], outcome: (Set<Input>) throws -> Outcome
    ) rethrows -> [[Input]] {
        let later = try outcome(Set(inputs))
        if try outcome([]) == later { return [] }
        guard inputs.count <= 16 else { return [inputs] }
        for size in 1..<max(inputs.count, 1) {
            let found = try combinations(of: inputs, size: size).filter { try outcome(Set($0)) == later }
            if !found.isEmpty { return found }
        }
        return [inputs]
    }

    private static func combinations<Input>(of inputs: [Input], size: Int) -> [[Input]] {
        guard size > 0 else { return [[]] }
        return inputs.indices.flatMap { place in
            combinations(of: Array(inputs[(place + 1)...]), size: size - 1).map { [inputs[place]] + $0 }
        }
    }
}
