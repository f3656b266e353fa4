/// The fourth schema: nights whose rows were pruned since nothing had changed in them, and clients on legal hold. Frozen:
/// databases were made with it. A test holds it to its digest.
enum Schema004 {
    /// Tables, and a view for those who read by SQL.
    static let tables = """
        -- Nights of one client that were like the night before and the night after, and whose rows are gone: those of the
        -- environment's runs that started after from_start and before through_start and are among the first log_size
        -- entries of the log. The rows of the runs that started at from_start and at through_start are there, with the same
        -- documents and results as here; a row that is there although it lies between counts before this one.
        CREATE TABLE unchanged_nights (
            environment_id INTEGER NOT NULL REFERENCES environment (id),
            client_number INTEGER NOT NULL,
            from_start INTEGER NOT NULL,
            through_start INTEGER NOT NULL,
            log_size INTEGER NOT NULL CHECK (log_size > 0),
            internal_id INTEGER NOT NULL,
            settings_id INTEGER NOT NULL,
            messaging_id INTEGER NOT NULL,
            voice_pool_id INTEGER NOT NULL,
            countries_id INTEGER NOT NULL,
            results_id INTEGER REFERENCES results (id),
            PRIMARY KEY (environment_id, client_number, from_start),
            CHECK (from_start < through_start)
        ) STRICT, WITHOUT ROWID;

        -- What is left of pruned captures in the tree of their run: the hash of each largest subtree without a row. Leaves
        -- count from 0, five a client.
        CREATE TABLE pruned_subtree (
            run_id INTEGER NOT NULL REFERENCES run (id),
            first_leaf INTEGER NOT NULL CHECK (first_leaf >= 0),
            leaf_count INTEGER NOT NULL CHECK (leaf_count > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (run_id, first_leaf, leaf_count)
        ) STRICT, WITHOUT ROWID;

        -- Clients of which nothing may be pruned: the last row of a client says whether it is held. tag: 8 bytes of an HMAC
        -- under the store's key over the row and the tag of the row before.
        CREATE TABLE legal_hold (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            environment_id INTEGER NOT NULL REFERENCES environment (id),
            client_number INTEGER NOT NULL,
            action TEXT NOT NULL CHECK (action IN ('hold', 'release')),
            reason TEXT NOT NULL,
            noted_by TEXT NOT NULL,
            noted_at INTEGER NOT NULL,
            tag BLOB NOT NULL CHECK (length(tag) = 8)
        ) STRICT;
        CREATE INDEX legal_hold_by_client ON legal_hold (environment_id, client_number, id);

        -- Every night of every client, whether its row is there or was pruned; times is NULL for those that were.
        CREATE VIEW night AS
            SELECT run_id, client_number, internal_id, settings_id, messaging_id, voice_pool_id, countries_id, results_id,
                times
            FROM client_night
            UNION ALL
            SELECT run.id, unchanged_nights.client_number, unchanged_nights.internal_id, unchanged_nights.settings_id,
                unchanged_nights.messaging_id, unchanged_nights.voice_pool_id, unchanged_nights.countries_id,
                unchanged_nights.results_id, NULL
            FROM unchanged_nights
            JOIN run ON run.environment_id = unchanged_nights.environment_id
                AND run.started_at > unchanged_nights.from_start AND run.started_at < unchanged_nights.through_start
            JOIN log_entry ON log_entry.run_id = run.id AND log_entry.entry_index < unchanged_nights.log_size
            WHERE NOT EXISTS (SELECT 1 FROM client_night AS held
                WHERE held.run_id = run.id AND held.client_number = unchanged_nights.client_number);
        """

    private static let values = [
        "internal_id", "settings_id", "messaging_id", "voice_pool_id", "countries_id", "results_id",
    ]

    private static func areEqual(_ one: String, _ other: String) -> String {
        values.map { "\(one).\($0) IS \(other).\($0)" }.joined(separator: " AND ")
    }

    /// Whether the client of `NEW` is on hold.
    private static func isHeld(_ environment: String, _ number: String) -> String {
        """
        (SELECT action FROM legal_hold WHERE environment_id = \(environment) AND client_number = \(number) \
        ORDER BY id DESC LIMIT 1) IS 'hold'
        """
    }

    /// The row of `NEW`'s client in the run that started at a moment is like `NEW`.
    private static func end(_ column: String) -> String {
        """
        NOT EXISTS (SELECT 1 FROM run JOIN client_night ON client_night.run_id = run.id \
        AND client_night.client_number = NEW.client_number WHERE run.environment_id = NEW.environment_id \
        AND run.started_at = NEW.\(column) AND run.state <> 'open' AND \(areEqual("client_night", "NEW")))
        """
    }

    /// A run between `from` and the end of `NEW` in which the client has no row like `NEW`.
    private static func gap(from: String) -> String {
        """
        EXISTS (SELECT 1 FROM run JOIN log_entry ON log_entry.run_id = run.id \
        WHERE run.environment_id = NEW.environment_id AND run.started_at > \(from) \
        AND run.started_at < NEW.through_start AND log_entry.entry_index < NEW.log_size \
        AND NOT EXISTS (SELECT 1 FROM client_night WHERE client_night.run_id = run.id \
        AND client_night.client_number = NEW.client_number AND \(areEqual("client_night", "NEW"))))
        """
    }

    /// Triggers that let nothing go but what a mark says, and let marks say nothing but what was so.
    static let triggers: String = {
        let never =
            [("unchanged_nights", "DELETE"), ("pruned_subtree", "UPDATE")]
            + [("legal_hold", "UPDATE"), ("legal_hold", "DELETE")]
        return
            (never.map { table, verb in
                """
                CREATE TRIGGER \(table)_\(verb.lowercased())_never BEFORE \(verb) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
                """
            } + [
                """
                CREATE TRIGGER unchanged_nights_insert_true BEFORE INSERT ON unchanged_nights
                WHEN \(end("from_start")) OR \(end("through_start")) OR \(gap(from: "NEW.from_start"))
                BEGIN SELECT RAISE(ABORT, 'a mark is of nights that are alike'); END;
                """,
                """
                CREATE TRIGGER unchanged_nights_update_grows BEFORE UPDATE ON unchanged_nights
                WHEN NEW.environment_id <> OLD.environment_id OR NEW.client_number <> OLD.client_number
                OR NEW.from_start <> OLD.from_start OR NEW.through_start <= OLD.through_start
                OR NEW.log_size < OLD.log_size OR NOT (\(areEqual("NEW", "OLD")))
                OR \(end("through_start")) OR \(gap(from: "OLD.through_start - 1"))
                BEGIN SELECT RAISE(ABORT, 'a mark grows by nights that are alike, and in no other way'); END;
                """,
                """
                CREATE TRIGGER pruned_subtree_insert_sealed BEFORE INSERT ON pruned_subtree
                WHEN NOT EXISTS (SELECT 1 FROM log_entry WHERE run_id = NEW.run_id)
                BEGIN SELECT RAISE(ABORT, 'runs that are not in the log keep all they have'); END;
                """,
                """
                CREATE TRIGGER pruned_subtree_delete_within BEFORE DELETE ON pruned_subtree
                WHEN NOT EXISTS (SELECT 1 FROM pruned_subtree AS larger WHERE larger.run_id = OLD.run_id
                AND larger.leaf_count > OLD.leaf_count AND larger.first_leaf <= OLD.first_leaf
                AND larger.first_leaf + larger.leaf_count >= OLD.first_leaf + OLD.leaf_count)
                BEGIN SELECT RAISE(ABORT, 'stored evidence does not change'); END;
                """,
                "DROP TRIGGER client_night_delete_old_sealed;",
                """
                CREATE TRIGGER client_night_delete_old_sealed BEFORE DELETE ON client_night
                WHEN (SELECT state FROM run WHERE id = OLD.run_id) <> 'open' AND (
                    NOT EXISTS (SELECT 1 FROM run JOIN log_entry ON log_entry.run_id = run.id
                        JOIN unchanged_nights ON unchanged_nights.environment_id = run.environment_id
                        AND unchanged_nights.client_number = OLD.client_number
                        AND unchanged_nights.from_start < run.started_at
                        AND unchanged_nights.through_start > run.started_at
                        AND unchanged_nights.log_size > log_entry.entry_index
                        WHERE run.id = OLD.run_id AND \(areEqual("unchanged_nights", "OLD")))
                    OR NOT EXISTS (SELECT 1 FROM pruned_subtree WHERE run_id = OLD.run_id)
                    OR EXISTS (SELECT 1 FROM capture_failure WHERE run_id = OLD.run_id
                        AND client_number = OLD.client_number)
                    OR \(isHeld("(SELECT environment_id FROM run WHERE id = OLD.run_id)", "OLD.client_number")))
                BEGIN SELECT RAISE(ABORT, 'the run is sealed'); END;
                """,
            ]).joined(separator: "\n")
    }()
}
