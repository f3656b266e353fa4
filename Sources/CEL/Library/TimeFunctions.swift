extension Library {
    static let time: [Function] = [
        accessors("getFullYear") { $0.year },
        accessors("getMonth") { $0.month - 1 },
        accessors("getDate") { $0.day },
        accessors("getDayOfMonth") { $0.day - 1 },
        accessors("getDayOfWeek") { $0.weekday },
        accessors("getDayOfYear") { $0.dayOfYear },
        accessors("getHours", ofDuration: { $0 / 3_600_000_000_000 }) { $0.secondOfDay / 3600 },
        accessors("getMinutes", ofDuration: { $0 / 60_000_000_000 }) { $0.secondOfDay / 60 % 60 },
        accessors("getSeconds", ofDuration: { $0 / 1_000_000_000 }) { $0.secondOfDay % 60 },
        // Of a duration the milliseconds alone, as the language definition has it.
        accessors("getMilliseconds", ofDuration: { $0 / 1_000_000 % 1000 }) { $0.millisecond },
    ].flatMap { $0 }

    /// A part of an instant, in UTC or a time zone, and of a span of nanoseconds where that has it.
    private static func accessors(
        _ name: String, ofDuration: (@Sendable (Int64) -> Int64)? = nil,
        _ part: @escaping @Sendable (CivilDate) -> Int64
    ) -> [Function] {
        let overloads = [Overload.member([.timestamp], .int)] + (ofDuration == nil ? [] : [.member([.duration], .int)])
        let plain = Function(
            name, overloads,
            .one { (value, _) throws(EvaluationError) in
                if case .timestamp(let time) = value {
                    return .int(part(CivilDate(secondsSince1970: time.seconds, nanoseconds: time.nanoseconds)))
                }
                if case .duration(let span) = value, let ofDuration { return .int(ofDuration(span.nanoseconds)) }
                throw EvaluationError.noOverload(name, value)
            })
        let inZone = Function(
            name, [.member([.timestamp, .string], .int)],
            .two { (value, zone, frame) throws(EvaluationError) in
                guard case .timestamp(let time) = value, case .string(let zoneName) = zone else {
                    throw EvaluationError.noOverload(name, value, zone)
                }
                let offset = try secondsFromUTC(in: zoneName, at: time.seconds, frame)
                let local = CivilDate(secondsSince1970: time.seconds + offset, nanoseconds: time.nanoseconds)
                return .int(part(local))
            })
        return [plain, inZone]
    }

    /// Whether a function of this name takes a time zone.
    static func readsClock(_ name: String) -> Bool { clockReaders.contains(name) }

    private static let clockReaders = Set(time.map(\.name))

    /// The offset of a zone, which is `UTC`, an offset such as `+02:00`, or a name that the host knows.
    static func secondsFromUTC(
        in zone: String, at seconds: Int64, _ frame: borrowing Frame
    ) throws(EvaluationError) -> Int64 {
        if zone == "UTC" || zone == "Z" || zone.isEmpty { return 0 }
        // The sign may be left out.
        var reader = DigitReader(zone.utf8.first.map(isDigit) == true ? "+" + zone : zone)
        if let offset = reader.offsetInSeconds(), reader.isAtEnd { return offset }
        guard let offset = frame.timeZones?.secondsFromUTC(in: zone, at: seconds), abs(offset) < 86_400 * 2 else {
            throw EvaluationError(.badTimeZone(zone))
        }
        return Int64(offset)
    }
}
