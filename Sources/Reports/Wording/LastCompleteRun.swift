package import AuditModel

extension AuditReport {
    /// When everything that was expected was captured last: a job that fails every night must not go unnoticed.
    package var lastCompleteSentence: String {
        guard let last = lastCompleteRun else {
            return "Last complete run: none so far; nothing here rests on complete evidence."
        }
        if last.id == run.id { return "Last complete run: this one." }
        return "Last complete run: \(last.id.short), which started at \(last.startedAt.rfc3339)."
    }
}
