package import AuditModel

extension AuditReport {
    /// How the number of failures looks: none is good only where every rule could tell.
    package var failuresTone: Components.Tone {
        if !failures.isEmpty { return .bad }
        return rules.isEmpty || !unknowns.isEmpty || completeness.groupsCaptured == 0 ? .doubtful : .good
    }

    /// How the number of collected clients looks: good where nothing at all is missing.
    package var collectedTone: Components.Tone {
        let isWhole =
            completeness.clientsExpected > 0 && completeness.clientsCollected == completeness.clientsExpected
            && completeness.groupsFailed == 0 && completeness.groupsNotCollected == 0
        return isWhole ? .good : .doubtful
    }
}
