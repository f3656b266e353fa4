import AuditModel

/// The `audit.yaml` that `audit init` writes: valid as it stands, with the real thing in comments.
enum ConfigurationTemplate {
    /// The schema's place in the repository.
    static let schema = "policies/schemas/audit-config.schema.json"

    /// - Parameters:
    ///   - schema: where editors find the JSON Schema: a path from the file, or a whole one.
    ///   - policies: the folder of the policies, likewise.
    static func text(schema: String = schema, policies: String = "policies") -> String {
        // JSON strings are YAML's double-quoted ones: a folder may be called anything.
        let folder = policies == "policies" ? policies : CanonicalJSON.text(of: .string(policies))
        return "# yaml-language-server: $schema=\(schema)\n" + body(policies: folder)
    }

    private static func body(policies: String) -> String {
        """
        # What audit reads, from where, and what it judges it by. Relative paths start from this file's folder.
        database: snapshots/audit.sqlite
        policies: [\(policies)]                # files or folders of policy files
        # waivers: policies/waivers.yaml    # dated exceptions; read from here where the file is there ('audit waiver --help')

        environments:
          # An emulated platform in the same process: needs nothing from outside, and proves nothing about a real one.
          local: {emulator: {clients: 25, seed: 7}}
          # A real platform:
          # na3: {baseURL: "https://api.livevox.com", concurrency: 16, requestsPerSecond: 20, timeout: 30s}

        # How to log in. Credentials only by reference: env:NAME, file:PATH or cmd:COMMAND; {code} is the client's code.
        # The user needs the role Sysadmin or IT User.
        # accounts:
        #   acme: {environment: na3, clientName: ACME, userName: env:LV_USER, password: env:LV_PASSWORD, accessToken: env:LV_TOKEN}

        # The roster. Labels are what policies may scope on. A client out of service: retired: {date: 2026-11-01, reason: "…"}
        # clients:
        #   - {id: 4199, code: ACME, account: acme, name: Demo, labels: {env: prod, line: collections}}
        # clientsFile: clients.csv          # id,code,account,name, then one column a label

        # sensitive: [messaging.property.ftp_login]   # hidden besides password, secret, token, key, credential
        timeZone: UTC                       # the zone of dates and file names
        failOn: low                         # the least severity that gives exit status 1
        resumeWithin: 6h                    # how long a run that was cut off may be gone on with
        reports:
          - {format: html, path: "reports/{date}-{run}.html"}
          - {format: json, path: reports/latest.json}

        # Who is told of each run; what can be told: new, fixed, incomplete, alive (docs/notifications.md)
        # notify: [{name: on-call, webhook: env:SLACK_URL, on: [new, fixed, incomplete]}]

        # What makes the records hold against whoever can write this database: a signed checkpoint of the log of runs, kept
        # where the user of this job cannot change it ('audit checkpoint key FILE' makes a key; docs/evidence.md)
        # evidence:
        #   key: file:/etc/audit/log.key
        #   checkpoints: [{file: /mnt/write-once/audit-checkpoint}, {webhook: env:CHECKPOINT_URL}, {command: "…"}]

        # Off unless it stands here: writing to voice pools ('audit remediate --help'), with credentials of its own.
        # remediation:
        #   enabled: true
        #   accounts:
        #     acme: {userName: env:LV_WRITER, password: env:LV_WRITER_PASSWORD, accessToken: env:LV_WRITER_TOKEN}

        """
    }
}
