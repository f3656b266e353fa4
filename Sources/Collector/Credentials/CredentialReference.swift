public import LiveVoxAPI

/// Where a credential is, never the credential: `env:NAME`, `file:/path` or `cmd:COMMAND` (decision 11). `{code}` in it
/// stands for the client's code.
public enum CredentialReference: Sendable, Hashable {
    /// The environment variable of this name.
    case environment(String)
    /// The file at this absolute path; a line end at its end is dropped.
    case file(String)
    /// What `/bin/sh -c` prints for this command; a line end at its end is dropped.
    case command(String)
    /// A credential that this process made itself, as for an emulator within it; no configuration can write it.
    case held(Secret)

    /// Reads a reference as it stands in the configuration.
    /// - Throws: ``CredentialError`` without the text: what is no reference may well be the credential itself.
    public init(_ text: String) throws(CredentialError) {
        guard let colon = text.firstIndex(of: ":") else { throw .notAReference }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "env":
            guard !rest.isEmpty, !rest.contains("="), !rest.contains(where: \.isWhitespace) else {
                throw .emptyReference
            }
            self = .environment(rest)
        case "file":
            guard rest.hasPrefix("/") else { throw .relativePath }
            self = .file(rest)
        case "cmd":
            guard rest.contains(where: { !$0.isWhitespace }) else { throw .emptyReference }
            self = .command(rest)
        default: throw .notAReference
        }
    }

    /// Whether it names another credential for each client.
    public var isPerClient: Bool { text.contains(Self.codePlaceholder) }

    /// What stands for the client's code.
    static let codePlaceholder = "{code}"

    private var text: String {
        switch self {
        case .environment(let text), .file(let text), .command(let text): text
        case .held: ""
        }
    }

    /// The reference with the client's code filled in.
    /// - Throws: ``CredentialError/unsafeCode`` for a code with anything but letters, digits, `.`, `_` and `-`, which
    ///   could leave the folder or end the command.
    func filled(withCode code: String) throws(CredentialError) -> CredentialReference {
        guard isPerClient else { return self }
        let isSafe = code.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isSafe, !code.isEmpty, !code.hasPrefix("."), !code.hasPrefix("-") else { throw .unsafeCode }
        return switch self {
        case .environment(let text): .environment(text.replacing(Self.codePlaceholder, with: code))
        case .file(let text): .file(text.replacing(Self.codePlaceholder, with: code))
        case .command(let text): .command(text.replacing(Self.codePlaceholder, with: code))
        case .held: self
        }
    }
}

extension CredentialReference: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `env:NAME` or `file:/path`; a command's text stays hidden, since people write secrets into commands.
    public var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        case .command: "cmd:…"
        case .held: Secret.placeholder
        }
    }
    /// As ``description``.
    public var debugDescription: String { description }
    /// No children, so that a dump shows no command.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
