public import AuditModel

/// The body of an answer that is no success: by one caller's model `{"code": integer, "message": text}`, in practice
/// also digits as text, other keys, or no JSON at all.
///
/// It never hides the status: whatever cannot be read is simply absent here, and the bytes are kept.
public struct ErrorBody: Sendable, Hashable {
    /// The vendor's internal code, where it is an integer or digits; to be read together with the status.
    public var code: Int?
    /// The server's text, as it came: untrusted.
    public var message: String?
    /// The bytes.
    public var raw: [UInt8]

    /// Reads what can be read.
    public init(_ raw: [UInt8]) {
        self.raw = raw
        guard let value = try? JSONReader.value(of: raw) else { return }
        code = value["code"].flatMap(WireValue.integer).flatMap(Int.init(exactly:))
        message = value["message"]?.stringValue
    }

    /// Whether a body that came with 200 is of the error shape: `message` as text beside a `code` (integer, digits or
    /// null). No group of settings has such keys.
    public static func hasShape(_ value: SettingValue) -> Bool {
        guard value["message"]?.stringValue != nil, let code = value["code"] else { return false }
        return code == .null || WireValue.integer(code) != nil
    }

    /// One clause for people: the message, shortened and made harmless, with the code; empty where there is neither.
    /// - Parameter secrets: what was sent and must not come back in the message.
    public func clause(hiding secrets: [Secret] = []) -> String {
        let text = UntrustedText.clause(message ?? "", hiding: secrets)
        return switch (text.isEmpty, code) {
        case (true, nil): ""
        case (true, let code?): "the server gives code \(code)"
        case (false, nil): "the server says \"\(text)\""
        case (false, let code?): "the server says \"\(text)\" (code \(code))"
        }
    }
}
