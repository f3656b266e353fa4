/// The second schema: the log of sealed runs, and tags on what is remembered for speed. Frozen: databases were made with
/// it. A test holds it to its digest.
enum Schema002 {
    /// Tables.
    ///
    /// What is remembered of bodies and evaluations is forgotten once, since rows without a tag prove nothing: the next
    /// night reads each body again, and keeps it with its tag.
    static let tables = """
        -- How the log calls itself in its checkpoints; fixed with the first of them.
        CREATE TABLE log_identity (id INTEGER PRIMARY KEY CHECK (id = 1), origin TEXT NOT NULL) STRICT;

        -- One row for each sealed run, from 0 without a gap. leaf is what the log's Merkle tree is made of: canonical JSON,
        -- see RunLeaf of Evidence.
        CREATE TABLE log_entry (
            entry_index INTEGER PRIMARY KEY CHECK (entry_index >= 0),
            run_id INTEGER NOT NULL UNIQUE REFERENCES run (id),
            leaf TEXT NOT NULL
        ) STRICT;

        -- The log's state at a size: a signed note, or its text alone where it is not signed.
        CREATE TABLE checkpoint (
            log_size INTEGER NOT NULL CHECK (log_size >= 0),
            note TEXT NOT NULL,
            PRIMARY KEY (log_size, note)
        ) STRICT, WITHOUT ROWID;

        -- tag: 8 bytes of an HMAC under the store's key over the digest, the group and the document's digest.
        DROP TABLE raw_body;
        CREATE TABLE raw_body (
            keyed_digest BLOB PRIMARY KEY NOT NULL CHECK (length(keyed_digest) = 32),
            document_id INTEGER NOT NULL REFERENCES document (id),
            tag BLOB NOT NULL CHECK (length(tag) = 8)
        ) STRICT, WITHOUT ROWID;

        -- tag: 8 bytes of an HMAC under the store's key over the key and the digest of the results.
        DROP TABLE evaluation;
        CREATE TABLE evaluation (
            key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 32),
            results_id INTEGER NOT NULL REFERENCES results (id),
            tag BLOB NOT NULL CHECK (length(tag) = 8)
        ) STRICT, WITHOUT ROWID;
        """

    /// Triggers that keep the log as it is.
    static let triggers: String = {
        let never = ["log_identity", "log_entry", "checkpoint", "evaluation"].flatMap { table in
            ["UPDATE", "DELETE"].map { verb in
                """
                CREATE TRIGGER \(table)_\(verb.lowercased())_never BEFORE \(verb) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
                """
            }
        }
        let others = [
            """
            CREATE TRIGGER raw_body_update_never BEFORE UPDATE ON raw_body
            BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
            """,
            """
            CREATE TRIGGER log_entry_insert_next BEFORE INSERT ON log_entry
            WHEN NEW.entry_index <> (SELECT coalesce(max(entry_index) + 1, 0) FROM log_entry)
            OR (SELECT state FROM run WHERE id = NEW.run_id) = 'open'
            BEGIN SELECT RAISE(ABORT, 'the log grows at its end, by sealed runs'); END;
            """,
        ]
        return (never + others).joined(separator: "\n")
    }()
}
