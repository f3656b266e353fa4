public import AuditModel

/// All that it takes to check, without a database, what one setting was on one night: the document, and the way from it
/// to a checkpoint of the log.
///
/// It shows the whole document of the group, not the one setting alone: the document's digest is what was logged.
public struct SettingProof: Sendable, Hashable {
    /// The setting, in the document's group; it names exactly one place.
    public var path: SettingPath
    /// What stands there; nil where the document has nothing there.
    public var value: SettingValue?
    /// The document's canonical bytes.
    public var document: [UInt8]
    /// The content of the capture's leaf, see ``CaptureLeaf``.
    public var capture: [UInt8]
    /// That the capture is in the run's capture tree.
    public var inclusion: InclusionProof
    /// The content of the run's leaf, see ``RunLeaf``.
    public var run: [UInt8]
    /// That the run's leaf is in the log, with the log's checkpoint.
    public var log: LogProof

    /// Joins the parts; nothing is checked before ``verify(trusting:)``.
    public init(
        path: SettingPath, value: SettingValue?, document: [UInt8], capture: [UInt8], inclusion: InclusionProof,
        run: [UInt8], log: LogProof
    ) {
        self.path = path
        self.value = value
        self.document = document
        self.capture = capture
        self.inclusion = inclusion
        self.run = run
        self.log = log
    }

    /// Makes a proof of a setting of a captured document, with the value that stands there.
    ///
    /// - Parameters:
    ///   - path: Of the group of the capture; names one place, which may be empty.
    ///   - document: The captured document.
    ///   - capture: Its capture.
    ///   - inclusion: That the capture is in the run's tree.
    ///   - run: The run's leaf.
    ///   - log: That the run's leaf is in the log.
    /// - Throws: ``SettingProofFailure`` of the step ``SettingProofStep/setting``.
    public init(
        of path: SettingPath, in document: SettingValue, capture: CaptureLeaf, inclusion: InclusionProof, run: RunLeaf,
        log: LogProof
    ) throws(SettingProofFailure) {
        // The dotted form is what is written and read again; it does not tell the first of several from all of them.
        let path = (try? SettingPath(dotted: path.dotted)) ?? path
        self.init(
            path: path, value: try Self.value(at: path, in: document),
            document: CanonicalJSON.bytes(of: document), capture: capture.bytes, inclusion: inclusion, run: run.bytes,
            log: log)
    }

    /// The value at the one place that a path names.
    static func value(at path: SettingPath, in document: SettingValue) throws(SettingProofFailure) -> SettingValue? {
        let found = path.resolved(in: document)
        guard found.count == 1 else {
            throw SettingProofFailure(.setting, .notOnePlace(path, count: found.count))
        }
        return found[0].value
    }
}

/// The steps of checking a proof, in their order. Each takes for granted what those before it have shown.
public enum SettingProofStep: String, CaseIterable, Sendable, Hashable {
    /// The file is a proof of this format and version.
    case form
    /// The document is canonical JSON.
    case document
    /// The stated value is what the document has at the path.
    case setting
    /// The capture's leaf names this document, and this group.
    case capture
    /// The run's leaf is one, of the same environment and with as many captures as the proof says.
    case run
    /// The capture is in the tree that the run's leaf commits to.
    case captureInclusion
    /// The checkpoint is that of the trusted log.
    case checkpoint
    /// The run is in the log.
    case runInclusion
}

/// The step at which a proof failed, and why. Nothing that a failed proof says is to be believed.
public struct SettingProofFailure: Error, Sendable, Hashable {
    /// Why a step failed.
    public enum Cause: Sendable, Hashable {
        /// The file, the document or a part is not JSON.
        case notJSON(JSONReadingError)
        /// The file is no proof, or of another version; or a part is missing, is of another kind, or should not be there.
        case form(LeafError)
        /// The dotted path cannot be read.
        case path(SettingPathError)
        /// The part of the proof about the log cannot be read.
        case log(LogProofError)
        /// The document's bytes are not the canonical ones of its value.
        case notCanonical
        /// The path names no one place, but several or none.
        case notOnePlace(SettingPath, count: Int)
        /// The document has another value there; nil: nothing.
        case otherValue(stated: SettingValue?, found: SettingValue?)
        /// A leaf cannot be read.
        case leaf(LeafError)
        /// The path is of another group than the capture.
        case otherGroup(stated: SettingsGroup, captured: SettingsGroup)
        /// The capture is of another document, or of none; the digest is that of the document in the proof.
        case otherDocument(Digest)
        /// The Merkle proof does not hold.
        case inclusion(MerkleProofError)
        /// The capture is of another environment than the run.
        case otherEnvironment(capture: EnvironmentName, run: EnvironmentName)
        /// The run's tree has another number of captures than the proof says.
        case otherCount(stated: UInt64, logged: Int)
        /// The checkpoint is not to be trusted.
        case checkpoint(CheckpointError)
        /// The checkpoint is not the one that is held.
        case otherCheckpoint(held: Checkpoint, found: Checkpoint)
    }

    /// The step.
    public var step: SettingProofStep
    /// Why.
    public var cause: Cause

    /// Joins the two.
    public init(_ step: SettingProofStep, _ cause: Cause) {
        self.step = step
        self.cause = cause
    }

    /// Does something whose error makes a step fail.
    static func at<Value, Failure: Error>(
        _ step: SettingProofStep, _ cause: (Failure) -> Cause, _ body: () throws(Failure) -> Value
    ) throws(SettingProofFailure) -> Value {
        do { return try body() } catch { throw SettingProofFailure(step, cause(error)) }
    }
}
