internal import AuditModel

/// One file as far as it could be read.
struct PolicyDraft {
    var log: MistakeLog
    /// The layer of its file: a later one may override an earlier one's rules.
    var layer = 0
    var id: (text: String, place: SourcePlace)?
    var facts: PolicyFacts?
    var parameters = ParameterTable()
    var rules: [RuleDraft] = []
    /// Every id that stands in the file, of rules that could not be read, too.
    var ruleIDs: [(id: String, place: SourcePlace)] = []
    var titles: [(text: String, ruleID: String, place: SourcePlace)] = []
    var overrides: [OverrideDraft] = []
}
