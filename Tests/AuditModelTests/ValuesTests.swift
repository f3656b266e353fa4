import AuditModel
import AuditTestSupport
import Testing

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_793_498_400_007, "2026-11-01T02:00:00.007Z"),
        ] as [(Int64, String)])
    func `moments are told in RFC 3339 and read again`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test func `offsets are read, and nonsense is not`() {
        #expect(Timestamp(rfc3339: "2026-11-01T03:00:00+01:00") == Timestamp(rfc3339: "2026-11-01T02:00:00Z"))
        for text in ["2026-02-30T00:00:00Z", "2026-11-01", "2026-11-01T25:00:00Z", "2026-11-01T02:00:00", "x"] {
            #expect(Timestamp(rfc3339: text) == nil, "\(text)")
        }
    }

    @Test func `every day of 800 years is its own number`() throws {
        var day = try #require(CalendarDay(year: 1600, month: 1, day: 1))
        for _ in 0..<(800 * 366) {
            let fields = day.fields
            #expect(CalendarDay(year: fields.year, month: fields.month, day: fields.day) == day)
            day = CalendarDay(daysSince1970: day.daysSince1970 + 1)
        }
        #expect(CalendarDay(year: 2025, month: 2, day: 29) == nil)
        #expect(CalendarDay("2024-02-29") != nil)
        #expect(CalendarDay("2024-2-29") == nil)
    }
}

struct DigestTests {
    @Test func `digests are SHA-256 and survive their text`() {
        let digest = Digest(of: "abc")
        #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(hex: "zz") == nil)
        #expect(Digest(bytes: [1, 2, 3]) == nil)
    }

    @Test func `derived ids are version 5 and depend on all parts`() {
        let id = AuditRun.ID(environment: EnvironmentName("na3"), startedAt: Timestamp(milliseconds: 5))
        #expect(id.rawValue.count == 36)
        #expect(Array(id.rawValue)[14] == "5")
        #expect(id != AuditRun.ID(environment: EnvironmentName("na4"), startedAt: Timestamp(milliseconds: 5)))
        #expect(id != AuditRun.ID(environment: EnvironmentName("na3"), startedAt: Timestamp(milliseconds: 6)))
    }
}

struct ExitStatusTests {
    @Test func `the later row of the table wins`() {
        let order = ExitStatus.allCases.map(\.rawValue)
        #expect(order == [0, 1, 3, 75, 74, 5, 4, 2, 70, 130, 143])
        #expect([ExitStatus.findings, .incomplete, .success].max() == .incomplete)
        #expect([ExitStatus.usage, .authentication].max() == .usage)
    }
}

struct SettingObjectTests {
    @Test(arguments: [3, 24, 25, 60]) func `a key that is not there is nothing, and not null, however many there are`(
        count: Int
    ) {
        let object = SettingObject((0..<count).map { .init(key: "key\($0)", value: .integer(Int64($0))) })
        for key in ["", "a", "key", "key0x", "zzz"] {
            #expect(object[key].map { CanonicalJSON.text(of: $0) } ?? "nothing" == "nothing")
        }
        for index in 0..<count { #expect(object["key\(index)"] == .integer(Int64(index))) }
    }
}
