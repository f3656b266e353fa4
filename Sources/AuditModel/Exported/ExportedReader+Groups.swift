extension ExportedReader {
    private static let groupNames = SettingsGroup.allCases.map(\.rawValue)
    private static let groupKeys = ["answeredAt", "digest", "document", "failure", "notCollected", "requestedAt"]

    /// The five captures with their times.
    mutating func groups(
        _ value: SettingValue?
    ) -> (content: PerGroup<GroupContent>, times: PerGroup<CaptureTimes?>)? {
        guard let object = object(value, "groups", keys: Self.groupNames) else { return nil }
        var times = PerGroup<CaptureTimes?>(repeating: nil)
        var isWhole = true
        let content = PerGroup<GroupContent> { group in
            // A content that is not there is a mistake by now, and the value that stands for it is dropped.
            guard let entry = self.object(object[group.rawValue], place(group), keys: Self.groupKeys),
                let content = self.content(entry, group)
            else {
                isWhole = false
                return .notCollected(.countriesOfAnotherClient)
            }
            times[group] = self.times(entry, group)
            return content
        }
        return isWhole ? (content, times) : nil
    }

    private func place(_ group: SettingsGroup) -> String {
        // Constants, since this is asked for each group of each file.
        switch group {
        case .internal: "groups.internal"
        case .settings: "groups.settings"
        case .messaging: "groups.messaging"
        case .voicePool: "groups.voicePool"
        case .countries: "groups.countries"
        }
    }

    private mutating func content(_ entry: SettingObject, _ group: SettingsGroup) -> GroupContent? {
        let document = entry["document"]
        let failure = entry["failure"]
        let reason = entry["notCollected"]
        switch (document, failure, reason) {
        case (let document?, nil, nil): return self.document(document, entry, group)
        case (nil, let failure?, nil):
            return self.failure(failure, place(group) + ".failure").map { .failure($0) }
        case (nil, nil, _?):
            return named(entry, "notCollected", place(group), among: NotCollectedReason.allCases).map {
                .notCollected($0)
            }
        default:
            mistakes.append(
                ExportedMistake(place(group), "just one of 'document', 'failure' and 'notCollected' belongs here"))
            return nil
        }
    }

    private mutating func document(
        _ document: SettingValue, _ entry: SettingObject, _ group: SettingsGroup
    ) -> GroupContent? {
        guard let digest = entry["digest"]?.stringValue.flatMap({ Digest(hex: $0) }) else {
            mistakes.append(ExportedMistake(place(group) + ".digest", "64 hexadecimal digits belong here"))
            return nil
        }
        if care == .evidence {
            let computed = Digest(of: document)
            guard computed == digest else {
                mistakes.append(
                    ExportedMistake(
                        place(group) + ".document",
                        "it was changed after it was exported: its digest is \(computed.short)…, not \(digest.short)…"))
                return nil
            }
        }
        return .document(document, digest)
    }

    private mutating func failure(_ value: SettingValue, _ place: String) -> CaptureFailure? {
        guard let object = object(value, place, keys: ["detail", "reason", "request", "status"]) else { return nil }
        let reason = named(object, "reason", place, among: CaptureFailure.Reason.allCases)
        let request = text(object, "request", place)
        let detail = text(object, "detail", place)
        var status: Int?
        if object["status"] != .null {
            status = number(object, "status", place, from: 0)
            if status == nil { return nil }
        }
        guard let reason, let request, let detail else { return nil }
        return CaptureFailure(reason, status: status, request: request, detail: detail)
    }

    private mutating func times(_ entry: SettingObject, _ group: SettingsGroup) -> CaptureTimes? {
        if entry["requestedAt"] == nil, entry["answeredAt"] == nil { return nil }
        guard let requestedAt = time(entry, "requestedAt", place(group)),
            let answeredAt = time(entry, "answeredAt", place(group))
        else { return nil }
        return CaptureTimes(requestedAt: requestedAt, answeredAt: answeredAt)
    }
}
