extension ExportedSnapshot {
    /// The snapshot as the value that ``ExportedReader`` reads again without loss.
    public var json: SettingValue {
        let client = snapshot.client
        var groups = SettingObject()
        for (group, content) in snapshot.groups.pairs { groups[group.rawValue] = Self.json(content, times[group]) }
        return [
            "schema": .string(Self.schema),
            "run": [
                "id": .string(run.id.rawValue), "environment": .string(run.environment.rawValue),
                "baseURL": .string(run.baseURL), "synthetic": .bool(run.isSynthetic),
                "state": .string(run.state.rawValue), "startedAt": .string(run.startedAt.rfc3339),
                "sealedAt": run.sealedAt.map { .string($0.rfc3339) } ?? .null,
                "toolVersion": .string(run.toolVersion), "clients": .integer(Int64(run.clientCount)),
                "clientsExported": .integer(Int64(clientsExported)),
            ],
            "client": [
                "number": .integer(Int64(client.id.number)), "code": .string(client.code), "name": .string(client.name),
                "account": .string(client.account),
                "labels": .object(SettingObject(client.labels.map { .init(key: $0.key, value: .string($0.value)) })),
            ],
            "groups": .object(groups),
        ]
    }

    private static func json(_ content: GroupContent, _ times: CaptureTimes?) -> SettingValue {
        var object = SettingObject()
        switch content {
        case .document(let value, let digest):
            object["document"] = value
            object["digest"] = .string(digest.hex)
        case .failure(let failure):
            object["failure"] = [
                "reason": .string(failure.reason.rawValue),
                "status": failure.status.map { .integer(Int64($0)) } ?? .null,
                "request": .string(failure.request), "detail": .string(failure.detail),
            ]
        case .notCollected(let reason): object["notCollected"] = .string(reason.rawValue)
        }
        if let times {
            object["requestedAt"] = .string(times.requestedAt.rfc3339)
            object["answeredAt"] = .string(times.answeredAt.rfc3339)
        }
        return .object(object)
    }
}
