// How the values that reports are made of are written down and read again without loss. What could make arithmetic or a
// look-up fail is refused while it is read, since whoever hands such a file over may have written anything into it.

extension AuditRun.ID: Codable {
    public init(from decoder: any Decoder) throws { self.init(try String(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}

extension EnvironmentName: Codable {
    public init(from decoder: any Decoder) throws { self.init(try String(from: decoder)) }
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}

extension Client.ID: Codable {
    /// `na3/4199`; what an environment is called may have a slash, too.
    public init(from decoder: any Decoder) throws {
        let text = try String(from: decoder)
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")),
            let number = Int(text[text.index(after: slash)...])
        else { throw decoder.refusal("no client") }
        self.init(environment: EnvironmentName(String(text[..<slash])), number: number)
    }
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Digest: Codable {
    public init(from decoder: any Decoder) throws {
        guard let digest = Digest(hex: try String(from: decoder)) else { throw decoder.refusal("no digest") }
        self = digest
    }
    public func encode(to encoder: any Encoder) throws { try hex.encode(to: encoder) }
}

extension Timestamp: Codable {
    /// Moments of the years 1 to 9999, as RFC 3339 knows them.
    public init(from decoder: any Decoder) throws {
        guard let moment = Timestamp(rfc3339: try String(from: decoder)) else { throw decoder.refusal("no moment") }
        self = moment
    }
    public func encode(to encoder: any Encoder) throws { try rfc3339.encode(to: encoder) }
}

extension CalendarDay: Codable {
    public init(from decoder: any Decoder) throws {
        guard let day = CalendarDay(try String(from: decoder)) else { throw decoder.refusal("no day") }
        self = day
    }
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension SettingValue: Codable {
    /// A value is the text of its canonical JSON, so that `5` and `5.0`, or a number beyond what a reader keeps, stay what
    /// they are whatever the format around it.
    public init(from decoder: any Decoder) throws {
        do { self = try JSONReader.value(of: try String(from: decoder)) } catch let error as JSONReadingError {
            throw decoder.refusal("no value: \(error)")
        }
    }
    public func encode(to encoder: any Encoder) throws { try CanonicalJSON.text(of: self).encode(to: encoder) }
}

extension Decoder {
    /// What is thrown for a value that cannot be.
    func refusal(_ clause: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: clause))
    }
}
