/// The third schema: which messages were sent of which run. Frozen: databases were made with it. A test holds it to its
/// digest.
enum Schema003 {
    /// Tables.
    static let tables = """
        -- What was told of a run to one destination outside. No evidence: a row changes with each attempt, and goes with its
        -- run. destination is a digest under the store's key, content that of what was told; sent_at is NULL until it
        -- arrived.
        CREATE TABLE notification (
            run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            destination BLOB NOT NULL CHECK (length(destination) = 32),
            event TEXT NOT NULL,
            content BLOB NOT NULL CHECK (length(content) = 32),
            attempts INTEGER NOT NULL CHECK (attempts > 0),
            attempted_at INTEGER NOT NULL,
            sent_at INTEGER,
            PRIMARY KEY (run_id, destination, event)
        ) STRICT, WITHOUT ROWID;
        """
}
