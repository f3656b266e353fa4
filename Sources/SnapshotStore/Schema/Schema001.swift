/// The first schema. Frozen: databases were made with it. A test holds it to its digest.
enum Schema001 {
    /// Tables and indexes.
    ///
    /// All moments are milliseconds since 1970 in UTC, all digests are 32 bytes of SHA-256.
    static let tables = """
        CREATE TABLE settings_group (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        INSERT INTO settings_group (id, name) VALUES
            (1, 'internal'), (2, 'settings'), (3, 'messaging'), (4, 'voicePool'), (5, 'countries');

        -- A keyed digest of a fixed text: tells whether the key file is the one the store was made with.
        CREATE TABLE store_key (id INTEGER PRIMARY KEY CHECK (id = 1), check_value BLOB NOT NULL) STRICT;

        -- One row for each different body of a group, ever. json holds its canonical bytes (RFC 8785).
        CREATE TABLE document (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            group_id INTEGER NOT NULL REFERENCES settings_group (id),
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            order_free_digest BLOB NOT NULL CHECK (length(order_free_digest) = 32),
            json TEXT NOT NULL,
            UNIQUE (group_id, digest)
        ) STRICT;

        -- Bodies as they came, known by a digest under the store's key: seen again, they are not parsed again.
        CREATE TABLE raw_body (
            keyed_digest BLOB PRIMARY KEY NOT NULL CHECK (length(keyed_digest) = 32),
            document_id INTEGER NOT NULL REFERENCES document (id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE environment (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            base_url TEXT NOT NULL,
            is_synthetic INTEGER NOT NULL CHECK (is_synthetic IN (0, 1))
        ) STRICT;

        -- What the configuration said of a client; one row for each different description.
        CREATE TABLE client_facts (
            id INTEGER PRIMARY KEY,
            environment_id INTEGER NOT NULL REFERENCES environment (id),
            number INTEGER NOT NULL,
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            account TEXT NOT NULL,
            labels TEXT NOT NULL,
            UNIQUE (environment_id, number, code, name, account, labels)
        ) STRICT;

        -- members is a JSON list of client_facts.id, by client number. Runs with the same clients share a row.
        CREATE TABLE roster (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            members TEXT NOT NULL
        ) STRICT;

        CREATE TABLE policy_text (digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32), text TEXT NOT NULL) STRICT;

        -- Policy sets and waiver sets. members is a JSON list of {"digest", "name"}; digest is that of members.
        CREATE TABLE policy_set (digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32), members TEXT NOT NULL) STRICT;

        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            uuid TEXT NOT NULL UNIQUE,
            environment_id INTEGER NOT NULL REFERENCES environment (id),
            base_url TEXT NOT NULL,
            is_synthetic INTEGER NOT NULL CHECK (is_synthetic IN (0, 1)),
            kind TEXT NOT NULL CHECK (kind IN ('full', 'fetchOnly')),
            state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'partial')),
            started_at INTEGER NOT NULL,
            sealed_at INTEGER,
            policy_set BLOB REFERENCES policy_set (digest),
            waiver_set BLOB REFERENCES policy_set (digest),
            tool_version TEXT NOT NULL,
            client_count INTEGER NOT NULL,
            roster_id INTEGER NOT NULL REFERENCES roster (id),
            CHECK ((state = 'open') = (sealed_at IS NULL))
        ) STRICT;
        CREATE INDEX run_by_start ON run (environment_id, started_at);
        CREATE UNIQUE INDEX run_open ON run (environment_id) WHERE state = 'open';

        -- What rules said of one client's captures; json is a list, see "Results" in the documentation of SnapshotStore.
        CREATE TABLE results (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            json TEXT NOT NULL
        ) STRICT;

        -- key is the digest of all that the results follow from.
        CREATE TABLE evaluation (
            key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 32),
            results_id INTEGER NOT NULL REFERENCES results (id)
        ) STRICT, WITHOUT ROWID;

        -- One run × client. The five columns hold document.id; 0: failed, see capture_failure; -1: not collected,
        -- countries of another client; -2: the run ended before it was asked for.
        -- times: see "Times" in the documentation of SnapshotStore.
        CREATE TABLE client_night (
            run_id INTEGER NOT NULL REFERENCES run (id),
            client_number INTEGER NOT NULL,
            internal_id INTEGER NOT NULL,
            settings_id INTEGER NOT NULL,
            messaging_id INTEGER NOT NULL,
            voice_pool_id INTEGER NOT NULL,
            countries_id INTEGER NOT NULL,
            results_id INTEGER REFERENCES results (id),
            times BLOB NOT NULL,
            PRIMARY KEY (run_id, client_number)
        ) STRICT, WITHOUT ROWID;

        -- Every failure of an attempt; of one run, client and group the highest attempt is the last.
        CREATE TABLE capture_failure (
            run_id INTEGER NOT NULL REFERENCES run (id),
            client_number INTEGER NOT NULL,
            group_id INTEGER NOT NULL REFERENCES settings_group (id),
            attempt INTEGER NOT NULL CHECK (attempt > 0),
            reason TEXT NOT NULL,
            status INTEGER,
            request TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (run_id, client_number, group_id, attempt)
        ) STRICT, WITHOUT ROWID;

        -- Sentences for the operator (warnings about the clock, passwords about to expire).
        CREATE TABLE note (
            run_id INTEGER NOT NULL REFERENCES run (id),
            ordinal INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (run_id, ordinal)
        ) STRICT, WITHOUT ROWID;

        -- Logins that were refused, with a keyed fingerprint of the credential: not tried again until it changes.
        CREATE TABLE login_refusal (
            environment_id INTEGER NOT NULL REFERENCES environment (id),
            session_key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            refused_at INTEGER NOT NULL,
            PRIMARY KEY (environment_id, session_key)
        ) STRICT, WITHOUT ROWID;
        """

    /// Triggers that keep sealed runs and content-addressed rows as they are.
    static let triggers: String = {
        let ofRuns = ["client_night", "capture_failure", "note"].flatMap { table in
            [("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")].map { verb, row in
                """
                CREATE TRIGGER \(table)_\(verb.lowercased())_\(row.lowercased())_sealed BEFORE \(verb) ON \(table)
                WHEN (SELECT state FROM run WHERE id = \(row).run_id) <> 'open'
                BEGIN SELECT RAISE(ABORT, 'the run is sealed'); END;
                """
            }
        }
        let runs = ["UPDATE", "DELETE"].map { verb in
            """
            CREATE TRIGGER run_\(verb.lowercased())_sealed BEFORE \(verb) ON run WHEN OLD.state <> 'open'
            BEGIN SELECT RAISE(ABORT, 'the run is sealed'); END;
            """
        }
        let contents = ["document", "client_facts", "roster", "policy_text", "policy_set", "results", "evaluation"]
            .flatMap { table in
                ["UPDATE", "DELETE"].map { verb in
                    """
                    CREATE TRIGGER \(table)_\(verb.lowercased())_never BEFORE \(verb) ON \(table)
                    BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
                    """
                }
            }
        let others = [
            // A wrong row would pass one body off as another; a missing one costs a look at the body.
            """
            CREATE TRIGGER raw_body_update_never BEFORE UPDATE ON raw_body
            BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
            """,
            """
            CREATE TRIGGER environment_update_never BEFORE UPDATE OF id, name, is_synthetic ON environment
            BEGIN SELECT RAISE(ABORT, 'an environment stays what it is'); END;
            """,
        ]
        return (ofRuns + runs + contents + others).joined(separator: "\n")
    }()
}
