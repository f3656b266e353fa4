public import AuditModel

/// The names of the files that checking looks for.
public enum PackNames {
    /// What the pack says of itself.
    public static let manifest = "manifest.json"
    /// The digests of all other files, as `sha256sum -c` reads them.
    public static let sums = "SHA256SUMS"
    /// The words for people.
    public static let readme = "README.txt"
    /// The page for people.
    public static let index = "index.html"
    /// What every file for people is rendered from.
    public static let record = "record.json"
    /// The checkpoint that every proof leads to.
    public static let checkpoint = "checkpoint.txt"
    /// The older checkpoint, of the time of the earlier run.
    public static let earlierCheckpoint = "proofs/checkpoint-from.txt"
    /// That the log of the checkpoint goes on from that of the earlier run.
    public static let consistency = "proofs/consistency.json"
    /// Where the proofs of settings are.
    public static let settings = "proofs/settings/"

    /// The entry of a run in the log, exactly as it was hashed: `proofs/run-from.leaf.json`.
    public static func leaf(_ side: String) -> String { "proofs/run-\(side).leaf.json" }
    /// That the entry is in the log (c2sp.org/tlog-proof@v1).
    public static func proof(_ side: String) -> String { "proofs/run-\(side).tlog-proof" }

    /// The log at the checkpoint with the runs of the period shown, as `PrunedLeaves` writes it.
    public static let log = "proofs/log.ndjson"
    /// The result vectors that results name, one a line, by their digests.
    public static let vectors = "proofs/results.ndjson"
    /// The documents that differ between the two runs, one a line, by their digests.
    public static let documents = "proofs/documents.ndjson"
    /// A run's captures, as `PrunedLeaves` writes them.
    public static func captures(_ side: String) -> String { "proofs/run-\(side).captures.ndjson" }
    /// A run's results, as `PrunedLeaves` writes them.
    public static func results(_ side: String) -> String { "proofs/run-\(side).results.ndjson" }

    /// The two runs' names in file names.
    public static let sides = ["from", "to"]
}

/// A name that is safe as part of a file's name on every system: letters, digits, `.`, `-` and `_` of ASCII, at most 40 of
/// them, not starting with a dot; everything else is one `_`.
public func safeFileName(_ text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars where name.utf8.count < 40 {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": name.unicodeScalars.append(scalar)
        default: if name.last != "_" { name += "_" }
        }
    }
    let trimmed = name.drop { $0 == "." }
    return trimmed.isEmpty ? "_" : String(trimmed)
}

/// Puts the files of a pack together.
public enum PackWriter {
    /// The pack: the files, with `manifest.json` and `SHA256SUMS` added. The same files give the same bytes; all are dated by
    /// the end of the later run.
    ///
    /// - Parameter text: writes the manifest as JSON; whichever way, a reader gets the same value.
    /// - Throws: ``ZipError``.
    public static func bytes(
        of files: [ZipArchive.Entry], _ manifest: PackManifest, limits: ZipArchive.Limits = ZipArchive.Limits(),
        text: (SettingValue) -> String = PrettyJSON.text
    ) throws(ZipError) -> [UInt8] {
        var manifest = manifest
        let sorted = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        manifest.files = sorted.map {
            PackManifest.File(name: $0.name, size: $0.bytes.count, digest: Digest(of: $0.bytes))
        }
        let own = ZipArchive.Entry(name: PackNames.manifest, bytes: Array(text(manifest.json).utf8))
        let listed = manifest.files + [PackManifest.File(name: own.name, size: 0, digest: Digest(of: own.bytes))]
        let sums = ZipArchive.Entry(name: PackNames.sums, bytes: sums(of: listed))
        return try ZipArchive.bytes(of: sorted + [own, sums], modified: manifest.to.sealedAt, limits: limits)
    }

    /// The lines of `SHA256SUMS`, by name.
    static func sums(of files: [PackManifest.File]) -> [UInt8] {
        Array(
            files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                .map { "\($0.digest.hex)  \($0.name)\n" }.joined().utf8)
    }
}
