public import AuditModel

/// Where plans and the journal of one database are: the folder `DATABASE.remediation`, mode 0700.
public struct RemediationFolder: Sendable, Hashable {
    /// The folder.
    public let path: String

    /// The folder of a database.
    public init(ofDatabase database: String) { path = database + ".remediation" }

    /// The file of the journal.
    public var journal: String { path + "/journal.ndjson" }
    /// The file whose lock is the right to apply.
    var lock: String { path + "/lock" }
    private var plans: String { path + "/plans" }

    /// The file of a plan: its canonical JSON, so that `sha256sum` prints its id.
    public func file(of plan: Digest) -> String { "\(plans)/\(plan.hex).json" }

    /// Keeps a plan.
    public func write(_ plan: RemediationPlan) throws(RemediationError) {
        try attempt { () throws(DurableFile.Failure) in
            try DurableFile.makeFolder(path)
            try DurableFile.makeFolder(plans)
            try DurableFile.replace(file(of: plan.digest), by: CanonicalJSON.bytes(of: plan.json))
        }
    }

    /// The plan with an id, or with the beginning of one (eight digits or more).
    ///
    /// - Throws: ``RemediationError/unknownPlan(_:folder:)``, ``RemediationError/ambiguousPlan(_:count:)``, and
    ///   ``RemediationError/planAltered(path:)`` where the file is not what its name says.
    public func plan(_ text: String) throws(RemediationError) -> RemediationPlan {
        let wanted = text.lowercased()
        guard wanted.count >= 8, wanted.utf8.count <= 64, wanted.allSatisfy(\.isHexDigit) else {
            throw .noDigest(text)
        }
        let names = try attempt { () throws(DurableFile.Failure) in try DurableFile.names(in: plans) }
            .filter { $0.hasPrefix(wanted) && $0.hasSuffix(".json") && $0.utf8.count == 69 }
        guard let name = names.first else { throw .unknownPlan(text, folder: plans) }
        guard names.count == 1 else { throw .ambiguousPlan(text, count: names.count) }
        let file = plans + "/" + name
        let bytes = try attempt { () throws(DurableFile.Failure) in try DurableFile.bytes(of: file) }
        guard let bytes, Digest(of: bytes).hex + ".json" == name else { throw .planAltered(path: file) }
        guard let plan = (try? JSONReader.value(of: bytes)).flatMap({ RemediationPlan($0) }),
            CanonicalJSON.bytes(of: plan.json) == bytes
        else { throw .planUnreadable(path: file) }
        return plan
    }
}

/// Turns a failed system call into the error that people are told.
func attempt<Value>(_ body: () throws(DurableFile.Failure) -> Value) throws(RemediationError) -> Value {
    do throws(DurableFile.Failure) {
        return try body()
    } catch {
        throw .inputOutput(path: error.path, cause: error.text)
    }
}
