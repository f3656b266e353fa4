import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request to the emulator itself, under `/_emulator`; nothing of the platform's.
struct ControlCommand: Sendable {
    var method: String
    /// What follows `/_emulator`.
    var segments: [String]
    var body: ByteBuffer
    var contentType: String?

    /// The paths and their methods, for 405.
    private static let methods = [
        "night": "GET, POST", "clock": "POST", "unlock": "POST", "sessions": "DELETE", "trail": "GET",
        "statistics": "GET, DELETE", "faults": "POST, DELETE", "clients": "PUT, DELETE",
    ]

    func perform(on platform: Platform) -> Answer {
        guard let subject = segments.first, let allowed = Self.methods[subject] else { return .notFound }
        guard segments.count == (subject == "clients" ? 3 : 1) else { return .notFound }
        switch (subject, method) {
        case ("night", "GET"): return .json(["night": .number(platform.withState { $0.night })])
        case ("night", "POST"):
            guard let command: Night = decoded() else { return .badRequest("Expected {\"night\": n}.") }
            platform.withState { $0.setNight(command.night) }
            return .json(["night": .number(command.night)])
        case ("clock", "POST"):
            guard let command: Clock = decoded() else { return .badRequest("Expected {\"advanceSeconds\": n}.") }
            platform.advanceClock(by: .seconds(command.advanceSeconds))
            return .noContent
        case ("unlock", "POST"):
            platform.withState { $0.users.unlockAll() }
            return .noContent
        case ("sessions", "DELETE"):
            platform.withState { $0.sessions.revise { _ in nil } }
            return .noContent
        case ("trail", "GET"): return .json(.array(platform.withState { $0.trail }.map(\.json)))
        case ("statistics", "GET"): return .json(platform.statistics.json)
        case ("statistics", "DELETE"):
            platform.resetStatistics()
            return .noContent
        case ("faults", "POST"):
            return addFault(to: platform)
        case ("faults", "DELETE"):
            platform.withState { $0.faults = [] }
            return .noContent
        case ("clients", "PUT"): return replaceBody(with: body, on: platform)
        case ("clients", "DELETE"): return replaceBody(with: nil, on: platform)
        default: return .methodNotAllowed(allowed)
        }
    }

    /// A fault is a JSON object, or one line as `audit emulator --fault` takes it.
    private func addFault(to platform: Platform) -> Answer {
        let fault: EmulatorFault
        if body.readableBytesView.first == UInt8(ascii: "{") {
            guard let command: Fault = decoded() else { return .badRequest("Expected a fault; see the documentation.") }
            fault = command.fault
        } else {
            let spec = String(decoding: body.readableBytesView, as: UTF8.self)
            do throws(EmulatorFault.SpecError) {
                fault = try EmulatorFault(spec: spec.last == "\n" ? String(spec.dropLast()) : spec)
            } catch {
                return .badRequest("\(error).")
            }
        }
        platform.withState { $0.faults.append(fault) }
        return .noContent
    }

    private func replaceBody(with bytes: ByteBuffer?, on platform: Platform) -> Answer {
        guard let id = Int(segments[1]), let group = EmulatorGroup(rawValue: segments[2]) else { return .notFound }
        let replacement = bytes.map {
            PlatformState.ReplacedBody(bytes: $0, contentType: contentType ?? "application/json")
        }
        return platform.withState { state in
            guard let place = state.fleet.place(ofClient: id) else { return .notFound }
            state.replaceBody(at: place, group, with: replacement)
            return .noContent
        }
    }

    private func decoded<Command: Decodable>() -> Command? {
        try? JSONDecoder().decode(Command.self, from: Data(body.readableBytesView))
    }

    private struct Night: Decodable { var night: Int }

    private struct Clock: Decodable { var advanceSeconds: Int }

    /// `{client?, group?, night?, skip?, times?, status?, retryAfter?, latencyMilliseconds?, body?, contentType?, payload?,
    /// session?, reset?, truncate?, write?}`.
    ///
    /// `payload` and `session` are the words of ``EmulatorFault/specHelp`` after `body=` and `session=`; `group` is a group or another kind of request, such as `login`; `retryAfter` is a number of seconds or any text;
    /// `reset` closes the connection before the answer, `truncate` in the middle of its body.
    private struct Fault: Decodable {
        var fault: EmulatorFault

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let kind = try container.decodeIfPresent(String.self, forKey: .group).map { name in
                guard let kind = EmulatorRequestKind(rawValue: name) else {
                    throw DecodingError.dataCorruptedError(forKey: .group, in: container, debugDescription: name)
                }
                return kind
            }
            let seconds = try? container.decode(Int.self, forKey: .retryAfter)
            let cut: EmulatorFault.Cut? =
                if try container.decodeIfPresent(Bool.self, forKey: .reset) == true {
                    .beforeAnswer
                } else if try container.decodeIfPresent(Bool.self, forKey: .truncate) == true {
                    .midBody
                } else {
                    nil
                }
            let night = try container.decodeIfPresent(Int.self, forKey: .night)
            let payload = try container.decodeIfPresent(String.self, forKey: .payload).map {
                try EmulatorFault.Payload(spec: $0)
            }
            let deed = try container.decodeIfPresent(String.self, forKey: .session).map { name in
                guard let deed = EmulatorFault.Deed(rawValue: name) else {
                    throw DecodingError.dataCorruptedError(forKey: .session, in: container, debugDescription: name)
                }
                return deed
            }
            fault = EmulatorFault(
                clientID: try container.decodeIfPresent(Int.self, forKey: .client), kind: kind,
                nights: night.map { $0...$0 }, skip: try container.decodeIfPresent(Int.self, forKey: .skip) ?? 0,
                times: try container.decodeIfPresent(Int.self, forKey: .times),
                status: try container.decodeIfPresent(Int.self, forKey: .status),
                retryAfter: try seconds.map { "\($0)" }
                    ?? container.decodeIfPresent(String.self, forKey: .retryAfter),
                latency: try container.decodeIfPresent(Int.self, forKey: .latencyMilliseconds)
                    .map { .milliseconds($0) },
                body: try container.decodeIfPresent(String.self, forKey: .body),
                contentType: try container.decodeIfPresent(String.self, forKey: .contentType) ?? "application/json",
                payload: payload, deed: deed, cut: cut,
                isCarriedOut: try container.decodeIfPresent(String.self, forKey: .write) == "done")
        }

        private enum CodingKeys: String, CodingKey {
            case client, group, night, skip, times, status, payload, session, retryAfter, latencyMilliseconds, body,
                contentType, reset, truncate, write
        }
    }
}
