extension EmulatorFault {
    /// What is wrong with a text that should be a fault.
    public struct SpecError: Error, Sendable, Equatable, CustomStringConvertible {
        /// One sentence without a full stop.
        public var description: String
    }

    /// The keys and words of ``init(spec:)``, one line each, for help texts.
    public static let specHelp = """
        client=ID            only this client (a login: the one it names)
        group=NAME           internal, settings, messaging, voicePool, countries,
                             login, validate, logout, password, addVoice,
                             removeVoice or other
        night=N, night=N-M   only on these nights of the scenario
        skip=N               let N such requests pass first
        times=N              spoil N of them; without it, all
        status=CODE          answer with this status
        retry-after=VALUE    seconds or an HTTP date
        latency=2s           answer so much later (ms, s, m)
        reset=before         reset the connection before the answer
        reset=body           close it in the middle of the body
        write=done           do what is asked, whatever the answer says
        session=endSession   end the session first
        session=changePassword
                             change the user's password first
        body=WORD            what is wrong with the body: truncated, html, error,
                             client:ID, size:50MB, bomb:50MB, duplicateKey,
                             notANumber, surrogate, nulls, null:KEY, omit:KEY,
                             empty, extra, textNumbers
        """

    /// Reads `key=value,key=value`, for example `client=4200,group=internal,times=1,status=429,retry-after=3`.
    ///
    /// A comma before a space belongs to a value (HTTP dates have one).
    /// - Throws: ``SpecError`` at the first part that cannot be understood.
    public init(spec: String) throws(SpecError) {
        self.init()
        for part in Self.parts(of: spec) {
            guard let split = part.firstIndex(of: "=") else {
                throw SpecError(description: "'\(part)' is not KEY=VALUE")
            }
            try set(String(part[..<split]), to: String(part[part.index(after: split)...]))
        }
        let isHarmless =
            status == nil && latency == nil && payload == nil && deed == nil && cut == nil
        if isHarmless { throw SpecError(description: "'\(spec)' says when, but not what goes wrong") }
    }

    private mutating func set(_ key: String, to value: String) throws(SpecError) {
        switch key {
        case "client": clientID = try Self.number(value, key, in: 1...Int.max)
        case "group":
            guard let kind = EmulatorRequestKind(rawValue: value) else {
                throw SpecError(description: "there is no group '\(value)'")
            }
            self.kind = kind
        case "night": nights = try Self.nights(value)
        case "skip": skip = try Self.number(value, key, in: 0...Int.max)
        case "times": times = try Self.number(value, key, in: 1...Int.max)
        case "status": status = try Self.number(value, key, in: 200...599)
        case "retry-after": retryAfter = value
        case "latency": latency = try Self.duration(value)
        case "reset":
            switch value {
            case "before": cut = .beforeAnswer
            case "body": cut = .midBody
            default: throw SpecError(description: "'reset' is before or body, not '\(value)'")
            }
        case "write":
            guard value == "done" else { throw SpecError(description: "'write' is done, not '\(value)'") }
            isCarriedOut = true
        case "session":
            guard let deed = Deed(rawValue: value) else {
                throw SpecError(description: "'session' is endSession or changePassword, not '\(value)'")
            }
            self.deed = deed
        case "body": payload = try Payload(spec: value)
        default: throw SpecError(description: "there is no key '\(key)'")
        }
    }

    private static func parts(of spec: String) -> [String] {
        var parts: [String] = []
        for piece in spec.split(separator: ",", omittingEmptySubsequences: false) {
            if piece.hasPrefix(" "), !parts.isEmpty {
                parts[parts.count - 1] += "," + piece
            } else {
                parts.append(String(piece))
            }
        }
        return parts
    }

    static func nights(_ text: String) throws(SpecError) -> ClosedRange<Int> {
        let ends = text.split(separator: "-").map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
            throw SpecError(description: "'night' is a number or a range such as 3-5, not '\(text)'")
        }
        return first...last
    }

    fileprivate static func number(_ text: String, _ key: String, in range: ClosedRange<Int>) throws(SpecError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw SpecError(description: "'\(key)' is a whole number, not '\(text)'")
        }
        return number
    }

    private static func duration(_ text: String) throws(SpecError) -> Duration {
        for (unit, milliseconds) in [("ms", 1), ("s", 1000), ("m", 60_000)] where text.hasSuffix(unit) {
            if let number = Int(text.dropLast(unit.count)), (0...1_000_000).contains(number) {
                return .milliseconds(number * milliseconds)
            }
        }
        throw SpecError(description: "'latency' is a number with ms, s or m, not '\(text)'")
    }
}

extension EmulatorFault.Payload {
    /// Reads one of the words that ``EmulatorFault/specHelp`` lists.
    init(spec: String) throws(EmulatorFault.SpecError) {
        let halves = spec.split(separator: ":", maxSplits: 1).map(String.init)
        let argument = halves.count == 2 ? halves[1] : nil
        switch (halves.first ?? "", argument) {
        case ("truncated", nil): self = .truncated
        case ("html", nil): self = .html
        case ("error", nil): self = .error
        case ("client", let id?): self = .client(try EmulatorFault.number(id, "client", in: 1...Int.max))
        case ("size", let size?): self = .size(try Self.size(size))
        case ("bomb", let size?): self = .bomb(try Self.size(size))
        case ("duplicateKey", nil): self = .duplicateKey
        case ("notANumber", nil): self = .notANumber
        case ("surrogate", nil): self = .surrogate
        case ("nulls", nil): self = .nulls
        case ("null", let key?): self = .null(key)
        case ("omit", let key?): self = .omit(key)
        case ("empty", nil): self = .empty
        case ("extra", nil): self = .extra
        case ("textNumbers", nil): self = .textNumbers
        default: throw EmulatorFault.SpecError(description: "there is no body '\(spec)'")
        }
    }

    private static func size(_ text: String) throws(EmulatorFault.SpecError) -> Int {
        for (unit, bytes) in [("MB", 1_000_000), ("kB", 1000)] where text.hasSuffix(unit) {
            if let number = Int(text.dropLast(2)), (0...1_000).contains(number) { return number * bytes }
        }
        throw EmulatorFault.SpecError(description: "a size is a number with kB or MB, at most 1000MB, not '\(text)'")
    }
}
