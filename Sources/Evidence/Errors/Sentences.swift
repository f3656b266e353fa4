import AuditModel

// What is wrong, where, and where it can be said, how to mend it. One to three sentences for people, each without a name
// of the file, which the caller knows.

extension MerkleProofError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .emptyTree: "there is no proof from the empty tree, which is the beginning of every tree"
        case .indexBeyondSize(let index, let size): "entry \(index) is not in a tree of \(size) entries"
        case .sizeBeyondTree(let size, let tree): "the tree has \(tree) entries, and one of \(size) was asked for"
        case .sizesReversed(let first, let second):
            "the earlier tree has \(first) entries and the later one \(second), which is fewer"
        case .tooManyHashes(let expected): "the proof has too many hashes" + Self.expectation(expected)
        case .tooFewHashes(let expected): "the proof has too few hashes" + Self.expectation(expected)
        case .otherRoot(let computed, let stated):
            "the proof leads to the root \(computed.short)…, and the tree has \(stated.short)…: "
                + "what is proven, or the proof, was changed"
        case .otherFirstRoot(let computed, let stated):
            "the later tree does not begin with the earlier one: it leads to the root \(computed.short)…, and the "
                + "earlier one has \(stated.short)…. Entries were changed or taken away"
        }
    }

    private static func expectation(_ count: Int?) -> String {
        count.map { " (it takes \($0))" } ?? ""
    }
}

extension PrunedTreeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .overlapping(let leaf): "two pruned subtrees start at leaf \(leaf)"
        case .missing(let leaf): "leaf \(leaf) is neither held nor pruned"
        case .partsBesideTheTree(let count): "\(count) parts lie inside of others or outside of the tree"
        case .notHeld(let leaf): "of leaf \(leaf) no more than a hash is left"
        }
    }
}

extension PrunedLeavesError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .lastLine: "the last line has no end: the file was cut off"
        case .line(let number): "line \(number) is neither a leaf nor stands for hidden ones"
        case .tree(let error): "the lines are not those of one tree: \(error)"
        }
    }
}

extension KeyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed:
            "this is no key: NAME+ID+BASE64 is expected, or PRIVATE+KEY+NAME+ID+BASE64 for a secret one, with eight "
                + "lower-case hexadecimal digits as ID"
        case .otherID(let identity):
            "the key says that its id is \(identity.idText), which is not that of this name and key: it was changed or "
                + "copied badly"
        case .otherType(let type):
            "a key of type 0x\(Hexadecimal.text(of: [type])) cannot be used here: only Ed25519 (0x01) is"
        case .wrongLength(let count): "an Ed25519 key has 32 bytes, and this one \(count)"
        case .invalidName(let name):
            "a key cannot be called \(CanonicalJSON.text(of: .string(name))): a name is not empty and has no white space "
                + "and no '+'"
        }
    }
}

extension NoteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let limit): "the note is larger than \(limit) bytes"
        case .controlCharacter(let byte, let offset):
            "the note has the control character 0x\(Hexadecimal.text(of: [byte])) at byte \(offset); only line feeds are "
                + "allowed"
        case .notUTF8: "the note is not UTF-8"
        case .unterminatedText: "the text to sign does not end with a line feed"
        case .noSignatures:
            "the note has no signatures: an empty line and lines that start with '— ' are expected at its end"
        case .tooManySignatures(let limit): "the note has more than \(limit) signatures"
        case .malformedSignature(let number):
            "line \(number) below the text is no signature: '— ', the key's name, a space and base64 are expected"
        case .ambiguousKey(let key): "two of the given keys are \(key): name each once"
        case .wrongSignature(let key):
            "the signature of \(key) does not belong to this text: the text or the signature was changed"
        case .noKnownKey(let signers):
            "no given key has signed; these have: " + signers.map(\.description).joined(separator: ", ")
        }
    }
}

extension CheckpointError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notLines: "a checkpoint is lines of UTF-8, each ended by a line feed"
        case .tooFewLines(let count):
            "a checkpoint has three lines at least (origin, size, root), and this one \(count)"
        case .invalidSize: "the checkpoint's second line is not a number of entries in plain decimal digits"
        case .invalidRoot: "the checkpoint's third line is not the base64 of a root of 32 bytes"
        case .invalidLine(let number): "line \(number) of the checkpoint is empty or has a control character"
        case .note(let error): "the checkpoint is not to be trusted: \(error)"
        case .logDidNotSign(let key): "the checkpoint is signed, but not by the log's own key \(key)"
        case .otherOrigin(let expected, let found):
            "the checkpoint is of the log \(CanonicalJSON.text(of: .string(found))), and "
                + "\(CanonicalJSON.text(of: .string(expected))) was expected"
        case .truncated(let held, let found):
            "the log has \(found) entries, and the checkpoint that is held was made of \(held): the last ones are gone"
        case .rewritten(let size, let held, let found):
            "the first \(size) entries of the log have the root \(found.short)…, and the checkpoint that is held has "
                + "\(held.short)…: entries were changed, taken away or put between"
        }
    }
}

extension LogProofError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .otherFormat: "the proof does not start with the line c2sp.org/tlog-proof@v1"
        case .invalidExtra: "the line 'extra' of the proof is not base64"
        case .invalidIndex: "the proof has no line 'index' with a plain number where it is due"
        case .invalidHash(let number): "hash \(number) of the proof is not the base64 of 32 bytes"
        case .tooManyHashes(let limit): "the proof has more than \(limit) hashes"
        case .noCheckpoint: "the proof has no empty line with a checkpoint below it"
        case .checkpoint(let error): error.description
        case .inclusion(let error): error.description
        }
    }
}

extension LeafError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let error): "it is not JSON: \(error)"
        case .otherFormat(let expected): "it is not of the format '\(expected)'"
        case .otherVersion(let expected): "it is of another version than \(expected), which this version of audit reads"
        case .missing(let key): "'\(key)' is missing"
        case .invalid(let key): "'\(key)' has a value that cannot be"
        case .unknown(let key): "\(CanonicalJSON.text(of: .string(key))) does not belong there"
        case .notCanonical: "it is not written in canonical form"
        case .outOfOrder(let leaf): "\(leaf) comes twice or out of order"
        }
    }
}

extension SettingProofFailure: CustomStringConvertible {
    /// What the step would have shown, and why it did not.
    public var description: String { "\(step.claim): no, \(cause)" }
}

extension SettingProofStep {
    /// What the step shows where it holds, as a clause.
    public var claim: String {
        switch self {
        case .form: "the file is a proof of a setting"
        case .document: "the document is canonical JSON"
        case .setting: "the document has the stated value at the path"
        case .capture: "this document is what was captured"
        case .run: "the run is one that the log can hold"
        case .captureInclusion: "the capture is one of that run"
        case .checkpoint: "the checkpoint is that of the log"
        case .runInclusion: "the run is in the log"
        }
    }
}

extension SettingProofFailure.Cause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let error): "it is not JSON: \(error)"
        case .form(let error): error.description
        case .path(let error): "the path cannot be read: \(error.message) (at byte \(error.offset))"
        case .log(let error): error.description
        case .notCanonical: "its bytes are not those that its value is written as"
        case .notOnePlace(let path, let count):
            "\(path) names \(count) places in it, and a proof is of one; a position such as [0] names one"
        case .otherValue(let stated, let found):
            "it has \(Self.text(of: found)) there, and \(Self.text(of: stated)) was stated"
        case .leaf(let error): error.description
        case .otherGroup(let stated, let captured):
            "the path is of the group \(stated.rawValue), and \(captured.rawValue) was captured"
        case .otherDocument(let digest): "the capture is not of the document with the digest \(digest.short)…"
        case .inclusion(let error): error.description
        case .otherEnvironment(let capture, let run):
            "the capture is of the environment \(Self.text(of: .string(capture.rawValue))), and the run of "
                + Self.text(of: .string(run.rawValue))
        case .otherCount(let stated, let logged):
            "the run has \(logged) captures, and the proof is made for \(stated)"
        case .checkpoint(let error): error.description
        case .otherCheckpoint(let held, let found):
            "the checkpoint in the proof (\(Self.summary(of: found))) is not the one that is held "
                + "(\(Self.summary(of: held)))"
        }
    }

    private static func text(of value: SettingValue?) -> String { value.map(CanonicalJSON.text) ?? "nothing" }

    private static func summary(of checkpoint: Checkpoint) -> String {
        "\(CanonicalJSON.text(of: .string(checkpoint.origin))), \(checkpoint.size) entries, "
            + "root \(checkpoint.root.short)…"
    }
}
