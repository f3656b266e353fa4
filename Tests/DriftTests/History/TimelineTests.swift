import AuditModel
import AuditTestSupport
import Drift
import Testing

struct TimelineTests {
    /// A letter a night, `.` for a night that saw nothing.
    private func timeline(_ nights: String) -> Timeline<Character> {
        var timeline = Timeline<Character>()
        for (night, letter) in nights.enumerated() {
            if letter == "." { timeline.miss(night: night) } else { timeline.see(letter, night: night) }
        }
        return timeline
    }

    @Test func `a change lies after the last night of the old value and up to the first of the new one`() {
        let shifts = timeline("aabb").shifts
        #expect(shifts == [.init(before: "a", after: "b", lastBefore: 1, firstAfter: 2, missed: [])])
    }

    @Test func `missed nights widen the interval and are kept with it`() {
        let timeline = timeline(".a..b.b.")
        #expect(timeline.shifts == [.init(before: "a", after: "b", lastBefore: 1, firstAfter: 4, missed: [2, 3])])
        #expect(timeline.spans.map(\.missedBefore) == [[0], [2, 3]])
        #expect(timeline.spans.map(\.missedWithin) == [[], [5]])
        #expect(timeline.missedAfter == [7])
    }

    @Test func `nothing seen is no value`() {
        #expect(timeline("...").spans.isEmpty)
        #expect(timeline("...").missedAfter == [0, 1, 2])
        #expect(timeline("").shifts.isEmpty)
    }

    @Test(arguments: [
        ("aba", [0..<3]), ("abab", [0..<4]), ("abcb", [1..<4]), ("abac", [0..<3]), ("abaca", [0..<3, 2..<5]),
        ("abc", []), ("aabbaa", [0..<3]), ("a", []), ("abcabc", []), ("ab.a", [0..<3]),
    ])
    func `values that take turns are one stretch`(nights: String, stretches: [Range<Int>]) {
        #expect(timeline(nights).oscillations == stretches)
    }

    @Test func `intervals overlap where both changes may have been one moment`() {
        let one = timeline("a..b").shifts[0]
        #expect(one.overlaps(timeline(".ab").shifts[0]))
        #expect(one.overlaps(timeline("ab").shifts[0]))
        #expect(!timeline("ab").shifts[0].overlaps(timeline(".ab").shifts[0]), "they only touch")
    }

    @Test func `every night is in exactly one place, whatever was seen`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let nights = String(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in "ab.c".randomElement(using: &random) ?? "a" })
            let timeline = timeline(nights)
            let letters = Array(nights)
            var rebuilt = [Character?](repeating: nil, count: letters.count)
            for night in timeline.missedAfter { rebuilt[night] = "." }
            for span in timeline.spans {
                for night in span.first...span.last { rebuilt[night] = span.value }
                for night in span.missedBefore + span.missedWithin { rebuilt[night] = "." }
            }
            #expect(rebuilt == letters.map(Optional.some), "seed \(seed), nights \(nights)")
            for shift in timeline.shifts {
                #expect(letters[shift.lastBefore] == shift.before && letters[shift.firstAfter] == shift.after)
                #expect(
                    Array(shift.lastBefore + 1..<shift.firstAfter) == shift.missed, "seed \(seed), nights \(nights)")
            }
        }
    }
}

struct ExposureTests {
    /// `F` fail, `P` pass, `U` unknown, `N` not applicable, `.` not judged; a night a day.
    private func exposure(_ nights: String) -> Exposure {
        let verdicts = nights.map { letter -> Verdict? in
            switch letter {
            case "F": .fail
            case "P": .pass
            case "U": .unknown
            case "N": .notApplicable
            default: nil
            }
        }
        return Exposure(
            verdicts, at: verdicts.indices.map { Timestamp(milliseconds: Int64($0) * 86_400_000) })
    }

    private func days(_ exposure: Exposure) -> [Double] {
        [exposure.atLeast / .seconds(86_400), exposure.atMost / .seconds(86_400)]
    }

    @Test(arguments: [
        ("PFFFP", [2.0, 4.0]), ("PFP", [0, 2]), ("PFUFP", [0, 4]), ("PFUUFFP", [1, 6]), ("PUFFUP", [1, 5]),
        ("FFP", [1, 2]), ("PFF", [1, 2]), ("FFF", [2, 2]), ("UFFU", [1, 3]), ("PFPFP", [0, 4]), ("PPP", [0, 0]),
        ("NFN", [0, 2]), ("P.F.P", [0, 4]), ("UUU", [0, 0]),
    ])
    func `failing time is bounded below by failing nights and above by those that saw the rule hold`(
        nights: String, bounds: [Double]
    ) {
        #expect(days(exposure(nights)) == bounds)
    }

    @Test func `what fails when first or last seen says so`() {
        #expect(exposure("UFFP").isOpenAtStart)
        #expect(!exposure("UFFP").isOpenAtEnd)
        #expect(exposure("PFU").isOpenAtEnd)
        #expect(!exposure("PFU").isOpenAtStart)
        #expect(!exposure("UU").isOpenAtEnd)
    }

    @Test func `a failure is reopened where it passed between, and not where it could not be seen`() {
        #expect(exposure("FPFUFPF").reopened == 2)
        #expect(exposure("FUFNF").reopened == 0)
    }

    @Test func `the lower bound is never above the upper one, and a missing night never raises it`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var nights = (0..<Int.random(in: 1...16, using: &random)).map { _ in
                "PFUN.F".randomElement(using: &random) ?? "F"
            }
            let whole = exposure(String(nights))
            #expect(whole.atLeast <= whole.atMost, "seed \(seed), nights \(String(nights))")
            nights[Int.random(in: nights.indices, using: &random)] = "U"
            #expect(exposure(String(nights)).atLeast <= whole.atLeast, "seed \(seed), nights \(String(nights))")
        }
    }
}
