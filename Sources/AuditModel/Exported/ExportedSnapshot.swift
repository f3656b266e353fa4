/// One client's snapshot of one run, as an exported file holds it: all that a store has of it but the results, which
/// follow from the evidence.
///
/// The form is JSON (``json``, ``ExportedReader``). Documents stand in it as they were stored: members sorted, lists in
/// the order received, so that a file that is imported gives the very digests it was exported with. Sensitive values are
/// the tokens that the store has in their place.
public struct ExportedSnapshot: Sendable, Hashable {
    /// The run it was captured in. How it was judged is not exported: kind `fetchOnly`, no policy and no waiver set.
    public var run: AuditRun
    /// How many of the run's clients were exported together: as many files belong to the folder.
    public var clientsExported: Int
    /// The client and its five captures.
    public var snapshot: Snapshot
    /// When each group was asked for and answered; nil where it was not asked for.
    public var times: PerGroup<CaptureTimes?>

    /// Joins the parts; what the form does not hold of the run (kind, policies, waivers) is dropped.
    public init(
        run: AuditRun, clientsExported: Int, snapshot: Snapshot, times: PerGroup<CaptureTimes?>
    ) {
        self.run = run
        self.run.kind = .fetchOnly
        self.run.policySet = nil
        self.run.waiverSet = nil
        self.clientsExported = clientsExported
        self.snapshot = snapshot
        self.times = times
    }

    /// What the form calls itself; the number grows when a member changes its meaning or goes.
    public static let schema = "audit-snapshot/1"

    /// How deep and how large a file may be: a document at its own limits, and what stands around it, pretty-printed.
    public static let limits = JSONReader.Limits(depth: JSONReader.Limits().depth + 8, sizeInBytes: 1 << 30)

    /// The file's place in the exported folder: `environment/number.json`, always two plain names, whatever the
    /// environment is called.
    public var place: String { Self.folder(of: run.environment) + "/" + Self.fileName(of: snapshot.client.id.number) }

    /// The name of a client's file.
    public static func fileName(of number: Int) -> String { "\(number).json" }

    /// The name of an environment's folder: the environment's, with every byte but ASCII letters, digits, `-`, `_` and a
    /// dot that is not the first as `%XX`. So it never leads elsewhere, is never hidden, and two environments never share one.
    public static func folder(of environment: EnvironmentName) -> String {
        var name: [UInt8] = []
        for byte in environment.rawValue.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                name.append(byte)
            case UInt8(ascii: ".") where !name.isEmpty: name.append(byte)
            default: name += Array(("%" + Hexadecimal.text(of: [byte]).uppercased()).utf8)
            }
        }
        return name.isEmpty ? "%" : String(decoding: name, as: UTF8.self)
    }
}
