public import AuditModel

/// What rules can tell apart of one run × client: five documents by number, or what stands in their place. No reasons, no
/// times: a failure is a failure.
public struct CaptureIDs: Sendable, Hashable {
    /// One group's.
    public enum Part: Sendable, Hashable {
        /// A document.
        case document(DocumentID)
        /// Not captured, whatever the reason.
        case failed
        /// Not asked for, by configuration.
        case notCollected
    }

    private static let failed: Int64 = 0
    private static let notCollected: Int64 = -1

    private var codes: PerGroup<Int64>

    init(_ row: PreparedStatement, from first: Int32) {
        codes = PerGroup { group in
            let code = row.integer(first + Int32(GroupCode.code(of: group)) - 1)
            return code == StoredCapture.notAttemptedCode ? Self.failed : code
        }
    }

    /// What a group has.
    public subscript(group: SettingsGroup) -> Part {
        switch codes[group] {
        case Self.failed: .failed
        case Self.notCollected: .notCollected
        case let code: .document(DocumentID(code))
        }
    }

    /// The same with some groups, which nobody reads, taken for failed: so they tell nothing apart.
    public func without(_ groups: [SettingsGroup]) -> CaptureIDs {
        var copy = self
        for group in groups { copy.codes[group] = Self.failed }
        return copy
    }
}
