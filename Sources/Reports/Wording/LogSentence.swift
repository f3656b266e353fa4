import AuditModel

extension AuditReport {
    /// Where this run stands in the log of sealed runs, and how far that counts; nil for what is in no log.
    var logSentences: [String] {
        guard let log else { return [] }
        let signature = log.signedBy.map { "signed by \($0)" } ?? "not signed"
        let checkpoint = log.origin.map { "the checkpoint of \(VisibleText.of($0)) is \(VisibleText.of(signature))" }
        var sentences = [
            "Log: entry \(log.index) of \(log.size), root \(log.root.short); "
                + (checkpoint ?? "no checkpoint was made of it") + "."
        ]
        guard let places = log.places else {
            // A report that is rendered again does not know where its checkpoint went that night.
            return sentences + ["Evidence counts only from the last checkpoint that is held elsewhere."]
        }
        let missed = log.missedPlaces ?? []
        if !missed.isEmpty {
            let names = missed.map(VisibleText.of).joined(separator: ", ")
            sentences.append(
                places.isEmpty
                    ? "The checkpoint got to none of its places (\(names)): evidence counts only from the last checkpoint that is "
                        + "held elsewhere."
                    : "The checkpoint is at: \(places.map(VisibleText.of).joined(separator: ", ")); it did not get to: \(names)."
            )
        } else if places.isEmpty {
            sentences.append(
                "The checkpoint went to no place outside of the database: evidence counts only from the last checkpoint that "
                    + "is held elsewhere ('evidence: checkpoints' in audit.yaml).")
        } else {
            sentences.append("The checkpoint is at: \(places.map(VisibleText.of).joined(separator: ", ")).")
        }
        return sentences
    }
}

extension LogFacts {
    var json: SettingValue {
        [
            "entry": .count(index), "size": .count(size), "root": .string(root.hex), "origin": .text(origin),
            "signedBy": .text(signedBy), "places": places.map { .list($0, SettingValue.string) } ?? .null,
        ]
    }
}
