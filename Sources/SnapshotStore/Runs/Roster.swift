internal import AuditModel
internal import GRDB

/// The clients of a run, as rows of `client_facts` and `roster`.
enum Roster {
    /// The row of a roster, made where there is none like it.
    ///
    /// - Parameter clients: By number, each number once, all of the environment.
    static func rowID(of clients: [Client], environmentRow: Int64, in db: Database) throws -> Int64 {
        let digest = digest(of: clients, environmentRow: environmentRow)
        let known = try db.first("SELECT id FROM roster WHERE digest = ?", .bytes(digest.bytes)) { $0.integer(0) }
        if let known { return known }
        let members = try clients.map { try factsRowID(of: $0, environmentRow: environmentRow, in: db) }
        let json = "[" + members.map { String($0) }.joined(separator: ",") + "]"
        try db.run("INSERT INTO roster (digest, members) VALUES (?, ?)", .bytes(digest.bytes), .text(json))
        return db.lastInsertedRowID
    }

    /// The clients of a roster, by number.
    static func clients(ofRoster row: Int64, in db: Database) throws -> [Client] {
        let json = try db.first("SELECT members FROM roster WHERE id = ?", .integer(row)) { $0.bytes(0) }
        guard let json, let value = try? JSONReader.value(of: json), case .array(let members) = value,
            CanonicalJSON.bytes(of: value) == json
        else {
            throw StoreError.inconsistent("roster \(row) is not there or is no list in canonical form")
        }
        var environments: [Int64: EnvironmentName] = [:]
        // Many clients have the same few labels.
        var known: [[UInt8]: [String: String]] = [:]
        let facts = try db.prepared(
            "SELECT environment_id, number, code, name, account, labels FROM client_facts WHERE id = ?")
        defer { facts.reset() }
        return try members.map { member in
            facts.reset()
            try facts.bind(member.integerValue ?? 0, at: 1)
            guard try facts.step() else {
                throw StoreError.inconsistent("roster \(row) names a row of client_facts that is not there")
            }
            let environment = try environments[facts.integer(0)] ?? name(ofEnvironment: facts.integer(0), in: db)
            environments[facts.integer(0)] = environment
            let text = facts.bytes(5)
            let labels = try known[text] ?? labels(of: text)
            if known.count < 1024 { known[text] = labels }
            return Client(
                id: Client.ID(environment: environment, number: Int(facts.integer(1))), code: facts.text(2),
                name: facts.text(3), account: facts.text(4), labels: labels)
        }
    }

    private static func factsRowID(of client: Client, environmentRow: Int64, in db: Database) throws -> Int64 {
        let labels = labelsText(of: client)
        let known = try db.first(
            """
            SELECT id FROM client_facts WHERE environment_id = ? AND number = ? AND code = ? AND name = ? \
            AND account = ? AND labels = ?
            """, .integer(environmentRow), .integer(client.id.number), .text(client.code), .text(client.name),
            .text(client.account), .text(labels)
        ) { $0.integer(0) }
        if let known { return known }
        try db.run(
            """
            INSERT INTO client_facts (environment_id, number, code, name, account, labels) VALUES (?, ?, ?, ?, ?, ?)
            """, .integer(environmentRow), .integer(client.id.number), .text(client.code), .text(client.name),
            .text(client.account), .text(labels))
        return db.lastInsertedRowID
    }

    private static func name(ofEnvironment row: Int64, in db: Database) throws -> EnvironmentName {
        let name = try db.first("SELECT name FROM environment WHERE id = ?", .integer(row)) { $0.text(0) }
        guard let name else { throw StoreError.inconsistent("no environment \(row)") }
        return EnvironmentName(name)
    }

    private static func labelsText(of client: Client) -> String {
        if client.labels.isEmpty { return "{}" }
        let members = client.labels.map { SettingObject.Member(key: $0.key, value: .string($0.value)) }
        return CanonicalJSON.text(of: .object(SettingObject(members)))
    }

    private static func labels(of json: [UInt8]) throws -> [String: String] {
        if json.elementsEqual("{}".utf8) { return [:] }
        guard let value = try? JSONReader.value(of: json), case .object(let object) = value,
            CanonicalJSON.bytes(of: value) == json
        else { throw StoreError.inconsistent("labels in client_facts are no object in canonical form") }
        return Dictionary(
            try object.members.map { member in
                guard let text = member.value.stringValue else {
                    throw StoreError.inconsistent("a label in client_facts is no text")
                }
                return (member.key, text)
            }, uniquingKeysWith: { $1 })
    }

    /// A digest of everything in the clients. Each text goes with its length, so that no two rosters give the same bytes.
    static func digest(of clients: [Client], environmentRow: Int64) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(clients.count * 96)
        func append(_ number: Int) { withUnsafeBytes(of: Int64(number).bigEndian) { bytes.append(contentsOf: $0) } }
        func append(_ text: String) {
            append(text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        }
        append(Int(environmentRow))
        for client in clients {
            append(client.id.number)
            append(client.code)
            append(client.name)
            append(client.account)
            append(client.labels.count)
            for label in client.labels.sorted(by: { $0.key.precedesInUTF16($1.key) }) {
                append(label.key)
                append(label.value)
            }
        }
        return Digest(of: bytes)
    }
}
