/// The keys of the Kubernetes objects that the example uses, from the API reference of v1 and batch/v1.
enum CronJobShape {
    static let configMap = object(["data": .names(of: .text)])
    static let claim = object([
        "spec": .map(required: [
            "accessModes": .list(.text), "resources": .map(required: ["requests": .map(required: ["storage": .text])]),
        ])
    ])
    static let cronJob = object([
        "spec": .map(
            required: ["schedule": .text, "jobTemplate": .map(required: ["spec": job])],
            optional: [
                "timeZone": .text, "concurrencyPolicy": .text, "startingDeadlineSeconds": .integer, "suspend": .flag,
                "successfulJobsHistoryLimit": .integer, "failedJobsHistoryLimit": .integer,
            ])
    ])

    private static func object(_ more: [String: KeyShape]) -> KeyShape {
        let metadata = KeyShape.map(required: ["name": .text], optional: ["labels": .names(of: .text)])
        return .map(
            required: ["apiVersion": .text, "kind": .text, "metadata": metadata].merging(more) { $1 })
    }

    private static let job = KeyShape.map(
        required: [
            "template": .map(
                required: ["spec": pod], optional: ["metadata": .map(optional: ["labels": .names(of: .text)])])
        ],
        optional: [
            "activeDeadlineSeconds": .integer, "backoffLimit": .integer, "ttlSecondsAfterFinished": .integer,
            "podFailurePolicy": .map(required: [
                "rules": .list(
                    .map(
                        required: ["action": .text],
                        optional: [
                            "onPodConditions": .list(.map(required: ["type": .text], optional: ["status": .text])),
                            "onExitCodes": .map(
                                required: ["operator": .text, "values": .list(.integer)],
                                optional: ["containerName": .text]),
                        ]))
            ]),
        ])

    private static let pod = KeyShape.map(
        required: ["containers": .list(container)],
        optional: [
            "restartPolicy": .text, "automountServiceAccountToken": .flag, "enableServiceLinks": .flag,
            "serviceAccountName": .text, "terminationGracePeriodSeconds": .integer,
            "securityContext": .map(optional: [
                "runAsNonRoot": .flag, "runAsUser": .integer, "runAsGroup": .integer, "fsGroup": .integer,
                "fsGroupChangePolicy": .text, "seccompProfile": .map(required: ["type": .text]),
            ]),
            "volumes": .list(
                .map(
                    required: ["name": .text],
                    optional: [
                        "persistentVolumeClaim": .map(required: ["claimName": .text]),
                        "configMap": .map(required: ["name": .text]),
                        "secret": .map(required: ["secretName": .text], optional: ["defaultMode": .integer]),
                        "emptyDir": .map(optional: ["sizeLimit": .text, "medium": .text]),
                    ])),
        ])

    private static let container = KeyShape.map(
        required: ["name": .text, "image": .text],
        optional: [
            "command": .list(.text), "args": .list(.text), "workingDir": .text,
            "securityContext": .map(optional: [
                "allowPrivilegeEscalation": .flag, "readOnlyRootFilesystem": .flag,
                "capabilities": .map(optional: ["drop": .list(.text), "add": .list(.text)]),
            ]),
            "resources": .map(optional: ["requests": .names(of: .text), "limits": .names(of: .text)]),
            "volumeMounts": .list(.map(required: ["name": .text, "mountPath": .text], optional: ["readOnly": .flag])),
        ])
}
