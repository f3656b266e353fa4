internal import AuditModel
internal import CEL

/// The variables of expressions for one snapshot.
enum ExpressionVariables {
    /// A variable of an expression, or why there is none.
    static func value(
        of name: String, snapshot: Snapshot, now: Timestamp?, parameters: [String: SettingValue]
    ) -> Result<CEL.Value, EvaluationError>? {
        if let group = SettingsGroup(rawValue: name) {
            guard let body = snapshot.groups[group].value else {
                return .failure(EvaluationError(.unavailable("the group '\(name)'")))
            }
            return .success(body.celValue)
        }
        switch name {
        case "params":
            let members = parameters.map { SettingObject.Member(key: $0.key, value: $0.value) }
            return .success(SettingValue.object(SettingObject(members)).celValue)
        case "client":
            let client = snapshot.client
            let labels = SettingObject(client.labels.map { .init(key: $0.key, value: .string($0.value)) })
            let value: SettingValue = [
                "id": .integer(Int64(client.id.number)), "environment": .string(client.id.environment.rawValue),
                "labels": .object(labels),
            ]
            return .success(value.celValue)
        case "now":
            guard let now, let value = TimestampValue(millisecondsSince1970: now.milliseconds) else {
                return .failure(EvaluationError(.unavailable("the present ('now')")))
            }
            return .success(.timestamp(value))
        default: return nil
        }
    }
}

extension TimestampValue {
    fileprivate init?(millisecondsSince1970 milliseconds: Int64) {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        self.init(seconds: seconds, nanoseconds: Int32(milliseconds - seconds * 1000) * 1_000_000)
    }
}
