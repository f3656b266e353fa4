import AuditModel
import AuditTestSupport
import Drift
import Testing

/// Verdicts as letters: p, f, u (unknown), n (not applicable); a dot is a night without the client.
func verdicts(_ text: String) -> [Verdict?] {
    text.map { letter in
        switch letter {
        case "p": .pass
        case "f": .fail
        case "u": .unknown
        case "n": .notApplicable
        default: nil
        }
    }
}

/// The nights of one client, one text a rule; nights in a row that are alike stand together.
func stretches(_ rules: String...) -> [VerdictStretch] {
    let columns = rules.map(verdicts)
    var stretches: [VerdictStretch] = []
    for night in (columns.first ?? []).indices {
        let vector = columns.compactMap { $0[night] }
        guard vector.count == rules.count else { continue }
        if let last = stretches.last, last.nights.upperBound == night, last.verdicts == vector {
            stretches[stretches.count - 1].nights = last.nights.lowerBound..<night + 1
        } else {
            stretches.append(VerdictStretch(nights: night..<night + 1, verdicts: vector))
        }
    }
    return stretches
}

struct VerdictHistoryTests {
    private func history(_ text: String) -> VerdictHistory {
        var history = VerdictHistory()
        for stretch in stretches(text) { history.add(stretch.verdicts[0], nights: stretch.nights) }
        return history
    }

    @Test(arguments: [
        ("", 0), ("f", 0), ("fff", 0), ("fp", 0), ("pf", 0), ("fpf", 1), ("ffppff", 1), ("fpfpf", 2), ("pfpf", 1),
        // A failure that could not be seen for a while has not gone, and one that did not apply was not mended.
        ("fuf", 0), ("fnf", 0), ("f.f", 0),
        // Once it has passed in between, it has come back.
        ("fupf", 1), ("fpuf", 1), ("fpnf", 1), ("fp.f", 1), ("f.pf", 1), ("npuf", 0),
    ])
    func `a rule flaps where it fails again after it has passed`(nights: String, flaps: Int) {
        #expect(history(nights).flaps == flaps)
    }

    @Test func `first, last and counts are told`() {
        let history = history("nppffupf.u")
        #expect(history.firstFailure == 3)
        #expect(history.lastFailure == 7)
        #expect(history.counts.fail == 3)
        #expect(history.counts.pass == 3)
        #expect(history.counts.unknown == 2)
        #expect(history.counts.notApplicable == 1)
        #expect(history.lastVerdict == .unknown)
        #expect(history.lastNight == 9)
        let never = self.history("pp.")
        #expect(never.firstFailure == nil)
        #expect(never.lastNight == 1)
        #expect(VerdictHistory().lastVerdict == nil)
    }

    @Test func `nights one by one and nights in stretches give the same`() {
        var generator = SeededGenerator(seed: 11)
        for round in 0..<500 {
            let text = String(
                (0..<Int.random(in: 0...30, using: &generator)).compactMap { _ in
                    "ppffun.".randomElement(using: &generator)
                })
            var single = VerdictHistory()
            for (night, verdict) in verdicts(text).enumerated() {
                if let verdict { single.add(verdict, nights: night..<night + 1) }
            }
            #expect(single == history(text), "seed \(generator.seed), round \(round): \(text)")
        }
    }
}
