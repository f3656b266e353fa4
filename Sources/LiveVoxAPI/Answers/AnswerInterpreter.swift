public import AuditModel

/// From what the platform answered to a document, or to the reason why there is none.
///
/// Nothing that is merely JSON with status 200 counts: an error body, another group's body and another client's body
/// are failures (decision 9). What cannot be detected here is an answer with every known key and wrong values.
public enum AnswerInterpreter {
    /// The document of one group.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came, unpacked.
    ///   - client: the client that was asked for; its code must be that of the general settings, byte for byte.
    ///   - request: what was asked, for the failure.
    public static func document(
        _ group: SettingsGroup, status: Int, body: [UInt8], client: Client, request: String
    ) -> Result<SettingValue, CaptureFailure> {
        guard status == 200 else { return .failure(failure(status: status, body: body, request: request)) }
        func failed(_ reason: CaptureFailure.Reason, _ detail: String) -> Result<SettingValue, CaptureFailure> {
            .failure(CaptureFailure(reason, status: status, request: request, detail: detail))
        }
        let value: SettingValue
        switch body.withUnsafeBufferPointer({ JSONReader.value(of: $0) }) {
        case .success(let read): value = read
        case .failure(let error):
            let reason: CaptureFailure.Reason = error.isWellFormedJSON ? .notRepresentable : .notJSON
            return failed(reason, notJSON(body) ?? UntrustedText.clause(error.description))
        }
        if ErrorBody.hasShape(value) {
            return failed(.unexpectedShape, ErrorBody(body).clause())
        }
        switch group {
        case .countries:
            guard let rows = Country.rows(of: value), let countries = rows.arrayValue else {
                return failed(.unexpectedShape, "a list was expected, and came: \(value.typeName)")
            }
            guard countries.isEmpty || countries.contains(where: isCountry) else {
                return failed(.unexpectedShape, "no element of the list is a country")
            }
            if !countries.isEmpty, countries.allSatisfy(isAllNull) { return failed(.unexpectedShape, allNull) }
            return .success(rows)
        case .internal, .settings, .messaging, .voicePool:
            guard let object = value.objectValue else {
                return failed(.unexpectedShape, "an object was expected, and came: \(value.typeName)")
            }
            let known = SettingsCatalogue.knownKeys(of: group)
            guard object.members.contains(where: { known.contains($0.key) }) else {
                return failed(
                    .unexpectedShape, object.isEmpty ? "the object is empty" : "the object has no key of this group")
            }
            // One setting that is null is a change; a whole group of nulls is a platform that has lost its data.
            if object.members.count > 1, isAllNull(value) { return failed(.unexpectedShape, allNull) }
            if group == .settings, let mismatch = mismatch(of: object["clientCode"], with: client) {
                return failed(.wrongClient, mismatch)
            }
            return .success(value)
        }
    }

    /// The failure that a status other than 200 means. The body only adds a clause.
    /// - Parameter secrets: what was sent and must not come back in that clause.
    public static func failure(
        status: Int, body: [UInt8], request: String, hiding secrets: [Secret] = []
    ) -> CaptureFailure {
        let reason: CaptureFailure.Reason =
            switch status {
            case 401: .unauthorized
            case 403: .forbidden
            case 404: .notFound
            case 429: .rateLimited
            case 500...: .serverError
            case 200..<300: .unexpectedShape
            default: .rejected
            }
        let detail =
            switch status {
            case 200..<300: "a body with status 200 was expected"
            case 300..<400: "the server redirects, which is not followed, since that would carry the session elsewhere"
            default: ErrorBody(body).clause(hiding: secrets)
            }
        return CaptureFailure(reason, status: status, request: request, detail: detail)
    }

    /// The five results with the identity settled: where the general settings are another client's, all are.
    public static func settlingIdentity(
        _ results: [SettingsGroup: Result<SettingValue, CaptureFailure>]
    ) -> [SettingsGroup: Result<SettingValue, CaptureFailure>] {
        guard case .failure(let failure)? = results[.settings], failure.reason == .wrongClient else { return results }
        return results.mapValues { _ in .failure(failure) }
    }

    private static let allNull = "every setting of the group is null"

    private static func isAllNull(_ value: SettingValue) -> Bool {
        value.objectValue?.members.allSatisfy { $0.value == .null } ?? (value == .null)
    }

    private static func isCountry(_ value: SettingValue) -> Bool {
        value.objectValue?.members.contains { Country.keys.contains($0.key) } ?? false
    }

    /// Absent and null are deviations that the catalogue flags, and say nothing about whose settings these are.
    private static func mismatch(of code: SettingValue?, with client: Client) -> String? {
        switch code {
        case nil, .null?: nil
        case .string(let code)? where code.isIdentical(to: client.code): nil
        case .string(let code)?: "the answer's clientCode is '\(UntrustedText.clause(code, limit: 40))'"
        case let other?: "the answer's clientCode is no text (\(other.typeName))"
        }
    }

    private static func notJSON(_ body: [UInt8]) -> String? {
        let start = body.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if start.isEmpty { return "the body is empty" }
        guard start.first == UInt8(ascii: "<") else { return nil }
        return "it looks like an HTML page, perhaps of a login or a proxy"
    }
}
