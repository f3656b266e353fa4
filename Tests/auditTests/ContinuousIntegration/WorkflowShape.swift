/// The keys of GitHub's workflow files that the example uses, and the inputs of the actions that it calls.
///
/// From "Workflow syntax for GitHub Actions" and the `action.yml` of each action.
enum WorkflowShape {
    static let workflow = KeyShape.map(
        required: [
            "on": .map(optional: [
                "schedule": .list(.map(required: ["cron": .text])),
                "workflow_dispatch": .nothing(
                    or: .map(optional: [
                        "inputs": .names(
                            of: .map(optional: [
                                "description": .text, "type": .text, "default": .scalar, "required": .flag,
                            ]))
                    ])),
                "pull_request": .nothing(
                    or: .map(optional: ["paths": .list(.text), "branches": .list(.text), "types": .list(.text)])),
            ]),
            "jobs": .names(of: job),
        ],
        optional: [
            "name": .text, "permissions": permissions, "env": .names(of: .scalar), "concurrency": concurrency,
            "defaults": .map(optional: ["run": .map(optional: ["shell": .text, "working-directory": .text])]),
        ])

    private static let job = KeyShape.map(
        required: ["runs-on": .text, "steps": .list(step)],
        optional: [
            "name": .text, "if": .text, "needs": .either([.text, .list(.text)]), "permissions": permissions,
            "container": .either([.text, .map(required: ["image": .text], optional: ["options": .text])]),
            "environment": .text, "concurrency": concurrency, "timeout-minutes": .integer, "env": .names(of: .scalar),
            "outputs": .names(of: .text),
        ])

    private static let step = KeyShape.map(optional: [
        "id": .text, "if": .text, "name": .text, "uses": .text, "run": .text, "with": .names(of: .scalar),
        "env": .names(of: .scalar), "shell": .text, "working-directory": .text, "continue-on-error": .flag,
        "timeout-minutes": .integer,
    ])

    private static let concurrency = KeyShape.map(required: ["group": .text], optional: ["cancel-in-progress": .flag])

    private static let permissions = KeyShape.map(
        optional: Dictionary(
            uniqueKeysWithValues: [
                "actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues",
                "packages", "pages", "pull-requests", "security-events", "statuses",
            ].map { ($0, .text) }))

    /// What each action takes.
    static let inputs: [String: Set<String>] = [
        "actions/checkout": [
            "clean", "fetch-depth", "fetch-tags", "filter", "github-server-url", "lfs", "path", "persist-credentials",
            "ref", "repository", "set-safe-directory", "show-progress", "sparse-checkout",
            "sparse-checkout-cone-mode", "ssh-key", "ssh-known-hosts", "ssh-strict", "ssh-user", "submodules", "token",
        ],
        "actions/cache": [
            "enableCrossOsArchive", "fail-on-cache-miss", "key", "lookup-only", "path", "restore-keys",
            "upload-chunk-size",
        ],
        "actions/cache/restore": [
            "enableCrossOsArchive", "fail-on-cache-miss", "key", "lookup-only", "path", "restore-keys",
        ],
        "actions/cache/save": ["enableCrossOsArchive", "key", "path", "upload-chunk-size"],
        "actions/upload-artifact": [
            "compression-level", "if-no-files-found", "include-hidden-files", "name", "overwrite", "path",
            "retention-days",
        ],
        "github/codeql-action/upload-sarif": [
            "category", "checkout_path", "matrix", "ref", "sarif_file", "sha", "token", "wait-for-processing",
        ],
    ]
}
