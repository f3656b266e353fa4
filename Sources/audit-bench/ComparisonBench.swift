import AuditModel
import Drift

/// Pairs of parsed snapshots, lists keyed.
enum ComparisonBench {
    static func run() throws {
        let before = SampleFleet.snapshots(1000)
        let after = try before.map { snapshot -> Snapshot in
            var copy = snapshot
            // A night as it comes: one value is another, one list is in another order.
            if case .document(.object(var object), _) = copy.groups[.internal] {
                object["callRecordingDays"] = .integer(Int64(snapshot.client.id.number % 60))
                copy.groups[.internal] = .document(.object(object), Digest(of: .object(object)))
            }
            if let list = copy.groups[.countries].value?.arrayValue {
                let turned = SettingValue.array(Array(list.reversed()))
                copy.groups[.countries] = .document(turned, Digest(of: turned))
            }
            return try reread(copy)
        }
        let ours = Measure.operationsPerSecond(before.count) {
            var changes = 0
            for (one, other) in zip(before, after) { changes += Changes.between(one, other).changes.count }
            return changes
        }
        let reference = Measure.operationsPerSecond(before.count) {
            var bytes = 0
            for (one, other) in zip(before, after) {
                for group in SettingsGroup.allCases {
                    guard let left = one.groups[group].value, let right = other.groups[group].value else { continue }
                    // What a checker without keys and digests does first: write both out and compare the texts.
                    if CanonicalJSON.bytes(of: left) != CanonicalJSON.bytes(of: right) { bytes += 1 }
                }
            }
            return bytes
        }
        Measure.print(
            "snapshot comparisons", ours, reference: ("writing both out and comparing the text", reference), bar: 70_000
        )
    }

    /// The same read again, so that both sides share no storage, as two nights do not.
    private static func reread(_ snapshot: Snapshot) throws -> Snapshot {
        var copy = snapshot
        for (group, content) in snapshot.groups.pairs {
            guard case .document(let value, let digest) = content else { continue }
            copy.groups[group] = .document(try JSONReader.value(of: CanonicalJSON.bytes(of: value)), digest)
        }
        return copy
    }
}
