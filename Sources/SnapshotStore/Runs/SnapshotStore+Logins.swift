public import AuditModel
internal import GRDB

extension SnapshotStore {
    /// Remembers that a login was refused, so that no later run tries the same credential again.
    ///
    /// - Parameters:
    ///   - sessionKey: What the caller calls the login by (account and client); not a secret.
    ///   - fingerprint: ``StoreKey/fingerprint(of:)`` of the credential.
    public func rememberRefusedLogin(
        in environment: EnvironmentName, sessionKey: String, fingerprint: Digest, at moment: Timestamp
    ) throws(StoreError) {
        // Durable, since an account that is locked out is worse than a lost capture.
        try writing(durable: true) { db in
            try db.run(
                """
                INSERT INTO login_refusal (environment_id, session_key, fingerprint, refused_at) VALUES (?, ?, ?, ?) \
                ON CONFLICT (environment_id, session_key) \
                DO UPDATE SET fingerprint = excluded.fingerprint, refused_at = excluded.refused_at
                """, .integer(try Self.rowID(of: environment, in: db)), .text(sessionKey), .bytes(fingerprint.bytes),
                .integer(moment.milliseconds))
        }
    }

    /// When this credential was refused last, or nil where it was not.
    public func refusal(
        in environment: EnvironmentName, sessionKey: String, fingerprint: Digest
    ) throws(StoreError) -> Timestamp? {
        try reading { db in
            try db.first(
                """
                SELECT refused_at FROM login_refusal \
                WHERE environment_id = (SELECT id FROM environment WHERE name = ?) AND session_key = ? AND fingerprint = ?
                """, .text(environment.rawValue), .text(sessionKey), .bytes(fingerprint.bytes)
            ) { Timestamp(milliseconds: $0.integer(0)) }
        }
    }

    /// The fingerprints of the credentials that were refused last, by session key; of logins without a refusal nothing.
    public func refusals(in environment: EnvironmentName) throws(StoreError) -> [String: Digest] {
        try reading { db in
            let pairs = try db.all(
                """
                SELECT session_key, fingerprint FROM login_refusal \
                WHERE environment_id = (SELECT id FROM environment WHERE name = ?)
                """, .text(environment.rawValue)
            ) { ($0.text(0), try $0.digest(1)) }
            return Dictionary(pairs) { _, last in last }
        }
    }

    /// Forgets a refusal, after a login that was accepted or where the user says to try again.
    public func forgetRefusedLogin(in environment: EnvironmentName, sessionKey: String) throws(StoreError) {
        let isKnown = try reading { db in
            try db.first(
                """
                SELECT 1 FROM login_refusal \
                WHERE environment_id = (SELECT id FROM environment WHERE name = ?) AND session_key = ?
                """, .text(environment.rawValue), .text(sessionKey)
            ) { _ in true }
        }
        guard isKnown == true else { return }
        try writing { db in
            try db.run(
                """
                DELETE FROM login_refusal \
                WHERE environment_id = (SELECT id FROM environment WHERE name = ?) AND session_key = ?
                """, .text(environment.rawValue), .text(sessionKey))
        }
    }
}
