internal import AuditModel
internal import GRDB

// What is stored once under its digest.
extension StoreVerifier {
    mutating func verifyDocuments() throws {
        let total = try count("document")
        let statement = try db.prepared(
            "SELECT id, group_id, digest, order_free_digest, json FROM document ORDER BY id")
        defer { statement.reset() }
        statement.reset()
        while try statement.step() {
            outcome.documents += 1
            if outcome.documents.isMultiple(of: 512) { progress("documents", part(outcome.documents, of: total)) }
            let name = "document \(statement.integer(0))"
            do {
                let group = try GroupCode.group(of: statement.integer(1))
                let bytes = statement.bytes(4)
                guard try digest(statement, 2, equals: Digest(of: bytes), in: "document", name, "json") else {
                    continue
                }
                let orderFree = KeyedLists.orderFreeDigest(of: try JSONReader.value(of: bytes), group: group)
                _ = try digest(statement, 3, equals: orderFree, in: "document", name, "json without its order")
            } catch {
                outcome.add("document", name, error)
            }
        }
    }

    mutating func verifyResults() throws {
        let statement = try db.prepared("SELECT id, digest, json FROM results ORDER BY id")
        defer { statement.reset() }
        statement.reset()
        while try statement.step() {
            outcome.results += 1
            let name = "results \(statement.integer(0))"
            do {
                let bytes = statement.bytes(2)
                guard try digest(statement, 1, equals: Digest(of: bytes), in: "results", name, "json") else { continue }
                _ = try ResultsCode.results(of: JSONReader.value(of: bytes))
            } catch {
                outcome.add("results", name, error)
            }
        }
    }

    mutating func verifyPolicies() throws {
        var texts: Set<Digest> = []
        let statement = try db.prepared("SELECT rowid, digest, text FROM policy_text ORDER BY rowid")
        defer { statement.reset() }
        statement.reset()
        while try statement.step() {
            let computed = Digest(of: statement.bytes(2))
            if try digest(
                statement, 1, equals: computed, in: "policy_text", "policy_text \(statement.integer(0))", "text")
            {
                texts.insert(computed)
            }
        }
        let sets = try db.prepared("SELECT rowid, digest, members FROM policy_set ORDER BY rowid")
        defer { sets.reset() }
        sets.reset()
        while try sets.step() {
            let name = "policy_set \(sets.integer(0))"
            do {
                let bytes = sets.bytes(2)
                guard try digest(sets, 1, equals: Digest(of: bytes), in: "policy_set", name, "members") else {
                    continue
                }
                for member in try JSONReader.value(of: bytes).arrayValue ?? [] {
                    guard let digest = member["digest"]?.stringValue.flatMap({ Digest(hex: $0) }),
                        texts.contains(digest)
                    else {
                        outcome.add("policy_set", name, "the text of its file \(member["name"] ?? .null) is not there")
                        continue
                    }
                }
            } catch {
                outcome.add("policy_set", name, error)
            }
        }
    }

    mutating func verifyRosters() throws {
        let rows = try db.all("SELECT id, digest FROM roster ORDER BY id") { row in
            (id: row.integer(0), digest: Result { try row.digest(1) })
        }
        for row in rows {
            let name = "roster \(row.id)"
            do {
                let clients = try Roster.clients(ofRoster: row.id, in: db)
                // The environment's number is part of the digest; a roster without clients is of whichever has it.
                let environments = try db.all(
                    "SELECT DISTINCT environment_id FROM run WHERE roster_id = ?", .integer(row.id)
                ) { $0.integer(0) }
                let stored = try row.digest.get()
                let isHeld = environments.allSatisfy { Roster.digest(of: clients, environmentRow: $0) == stored }
                if !isHeld || environments.count > 1 {
                    outcome.add(
                        "roster", name,
                        "its clients (roster.members, client_facts) are not those that its digest \(stored.short)… is of"
                    )
                }
            } catch {
                outcome.add("roster", name, error)
            }
        }
    }

    mutating func verifyRawBodies() throws {
        guard let key else { return }
        let sql = """
            SELECT keyed_digest, tag, document.digest, document.group_id FROM raw_body \
            JOIN document ON document.id = raw_body.document_id
            """
        let statement = try db.prepared(sql)
        defer { statement.reset() }
        statement.reset()
        while try statement.step() {
            let name = "raw_body \(Hexadecimal.text(of: statement.bytes(0).prefix(6)))…"
            do {
                let expected = key.tag(
                    ofRawBody: try statement.digest(0), group: try GroupCode.group(of: statement.integer(3)),
                    document: try statement.digest(2))
                if expected != statement.bytes(1) {
                    outcome.add("raw_body", name, "its tag does not belong to this body and this document")
                }
            } catch {
                outcome.add("raw_body", name, error)
            }
        }
    }

    mutating func verifyEvaluations() throws {
        guard let key else { return }
        let sql = """
            SELECT key, tag, results.digest FROM evaluation JOIN results ON results.id = evaluation.results_id
            """
        let statement = try db.prepared(sql)
        defer { statement.reset() }
        statement.reset()
        while try statement.step() {
            let name = "evaluation \(Hexadecimal.text(of: statement.bytes(0).prefix(6)))…"
            do {
                let expected = key.tag(ofEvaluation: try statement.digest(0), results: try statement.digest(2))
                if expected != statement.bytes(1) {
                    outcome.add("evaluation", name, "its tag does not belong to this key and these results")
                }
            } catch {
                outcome.add("evaluation", name, error)
            }
        }
    }

    func count(_ table: String) throws -> Int {
        try db.first("SELECT count(*) FROM \(table)") { Int($0.integer(0)) } ?? 0
    }

    func part(_ done: Int, of total: Int) -> Double { total == 0 ? 1 : min(1, Double(done) / Double(total)) }

    private mutating func digest(
        _ row: PreparedStatement, _ column: Int32, equals computed: Digest, in table: String, _ name: String,
        _ content: String
    ) throws -> Bool {
        let stored = try row.digest(column)
        if stored == computed { return true }
        outcome.add(
            table, name, "its \(content) has the digest \(computed.short)…, and it is stored under \(stored.short)…")
        return false
    }
}
