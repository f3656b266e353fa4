public import AuditModel

/// What a result vector says without its reasons: a verdict a rule.
public struct VerdictVector: Sendable, Hashable {
    /// The rules, in the order of the results. Vectors of one policy set mostly share one list.
    public let ruleIDs: [String]
    /// The verdict of each.
    public let verdicts: [Verdict]

    init(ruleIDs: [String], verdicts: [Verdict]) {
        self.ruleIDs = ruleIDs
        self.verdicts = verdicts
    }

    /// The verdicts of some results.
    public init(_ results: [RuleResult]) {
        self.init(ruleIDs: results.map(\.ruleID), verdicts: results.map(\.verdict))
    }

    /// The places of the rules with another verdict than in another vector; nil where the two are not of the same rules.
    public func places(differingFrom other: VerdictVector) -> [Int]? {
        guard ruleIDs.count == other.ruleIDs.count,
            zip(ruleIDs, other.ruleIDs).allSatisfy({ $0.isIdentical(to: $1) })
        else { return nil }
        return verdicts.indices.filter { verdicts[$0] != other.verdicts[$0] }
    }
}

/// Reads the verdicts out of stored results, see ``ResultsCode``, and passes over all else.
struct VerdictReader {
    /// The rules of the vector before, which mostly are those of the next.
    private var lastRules: [String] = []

    /// The verdicts of a vector in its canonical form.
    mutating func vector(of json: [UInt8]) throws -> VerdictVector {
        if let vector = json.withUnsafeBufferPointer({ vector(of: CanonicalCursor($0)) }) { return vector }
        return VerdictVector(try ResultsCode.results(of: JSONReader.value(of: json)))
    }

    private mutating func vector(of start: CanonicalCursor) -> VerdictVector? {
        var cursor = start
        var verdicts: [Verdict] = []
        verdicts.reserveCapacity(lastRules.count)
        // Nil as long as the rules are those of the vector before.
        var ownRules: [String]?
        guard cursor.take(UInt8(ascii: "[")) else { return nil }
        if cursor.take(UInt8(ascii: "]")) {
            return cursor.isAtEnd ? VerdictVector(ruleIDs: [], verdicts: []) : nil
        }
        repeat {
            guard let (rule, verdict) = Self.element(&cursor) else { return nil }
            let place = verdicts.count
            if ownRules == nil, place >= lastRules.count || !lastRules[place].utf8.elementsEqual(rule) {
                ownRules = Array(lastRules.prefix(place))
            }
            ownRules?.append(String(decoding: rule, as: UTF8.self))
            verdicts.append(verdict)
        } while cursor.take(UInt8(ascii: ","))
        guard cursor.take(UInt8(ascii: "]")), cursor.isAtEnd else { return nil }
        if let ownRules {
            lastRules = ownRules
        } else if verdicts.count < lastRules.count {
            lastRules = Array(lastRules.prefix(verdicts.count))
        }
        return VerdictVector(ruleIDs: lastRules, verdicts: verdicts)
    }

    private static func element(_ cursor: inout CanonicalCursor) -> (rule: UnsafeBufferPointer<UInt8>, Verdict)? {
        if cursor.next == UInt8(ascii: "\"") { return cursor.plainString().map { ($0, .pass) } }
        guard cursor.take(UInt8(ascii: "{")) else { return nil }
        var rule: UnsafeBufferPointer<UInt8>?
        var verdict: Verdict?
        repeat {
            guard let key = cursor.plainString(), cursor.take(UInt8(ascii: ":")) else { return nil }
            if key.elementsEqual("rule".utf8) {
                rule = cursor.plainString()
                guard rule != nil else { return nil }
            } else if key.elementsEqual("verdict".utf8) {
                guard let text = cursor.plainString() else { return nil }
                verdict = Verdict.allCases.first { text.elementsEqual($0.rawValue.utf8) }
            } else if cursor.value() == nil {
                return nil
            }
        } while cursor.take(UInt8(ascii: ","))
        guard cursor.take(UInt8(ascii: "}")), let rule, let verdict else { return nil }
        return (rule, verdict)
    }
}
