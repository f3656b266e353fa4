public import AuditModel

/// What a store holds of one client and one run: five captures by number, their times, and the results.
///
/// The same type goes in and comes out. To resume a client, take its night out, put new captures in the place of failed
/// ones, and append it again.
public struct ClientNight: Sendable, Hashable {
    /// The client's number; the run says the environment.
    public var number: Int
    /// The five captures.
    public var captures: PerGroup<StoredCapture>
    /// When each group was asked for and answered; nil where it was not asked for.
    public var times: PerGroup<CaptureTimes?>
    /// The results; nil where no rules were evaluated.
    public var results: ResultsID?
    /// Whether the row was pruned since nothing had changed: captures and results are known, times are not, and of the
    /// captures the log keeps hashes alone.
    public var isHashOnly: Bool

    /// Joins the parts.
    public init(
        number: Int, captures: PerGroup<StoredCapture>, times: PerGroup<CaptureTimes?>, results: ResultsID?,
        isHashOnly: Bool = false
    ) {
        self.number = number
        self.captures = captures
        self.times = times
        self.results = results
        self.isHashOnly = isHashOnly
    }
}

/// A capture whose document is known by its number in the store.
public enum StoredCapture: Sendable, Hashable {
    /// A document.
    case document(DocumentID)
    /// A failure with its reason; of several attempts the last.
    indirect case failure(CaptureFailure)
    /// Not asked for, by configuration.
    case notCollected(NotCollectedReason)

    /// The document's number, or nil where there is none.
    public var documentID: DocumentID? {
        guard case .document(let id) = self else { return nil }
        return id
    }

    /// What stands in the group's column of a night; stored, so the numbers never change.
    var code: Int64 {
        switch self {
        case .document(let id): id.rawValue
        case .failure(CaptureFailure(.notAttempted)): Self.notAttemptedCode
        case .failure: Self.failureCode
        case .notCollected(.countriesOfAnotherClient): Self.countriesOfAnotherClientCode
        }
    }

    static let failureCode: Int64 = 0
    static let countriesOfAnotherClientCode: Int64 = -1
    static let notAttemptedCode: Int64 = -2

    /// The capture of a column; nil for a failure, which stands in a table of its own.
    static func capture(ofCode code: Int64) throws -> StoredCapture? {
        switch code {
        case 1...: return .document(DocumentID(code))
        case failureCode: return nil
        case countriesOfAnotherClientCode: return .notCollected(.countriesOfAnotherClient)
        case notAttemptedCode: return .failure(CaptureFailure(.notAttempted))
        default: throw StoreError.inconsistent("no capture has the number \(code)")
        }
    }
}
