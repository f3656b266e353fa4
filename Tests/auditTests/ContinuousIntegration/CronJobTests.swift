import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

@testable import audit

/// What `docs/ci/kubernetes-cronjob.yaml` tells people to apply.
struct CronJobTests {
    typealias Files = ContinuousIntegrationFiles
    let objects: [YAMLNode]
    let cronJob: YAMLNode
    let job: YAMLNode
    let pod: YAMLNode
    let container: YAMLNode
    let configuration: AuditConfiguration

    init() throws {
        objects = try Files.documents("kubernetes-cronjob.yaml")
        let found = objects
        func object(_ kind: String, _ name: String) throws -> YAMLNode {
            try #require(found.first { $0["kind"]?.string == kind && $0["metadata"]?["name"]?.string == name })
        }
        cronJob = try object("CronJob", "audit")
        job = try #require(cronJob["spec"]?["jobTemplate"]?["spec"])
        pod = try #require(job["template"]?["spec"])
        container = try #require(pod["containers"]?.elements?.first)
        let map = try object("ConfigMap", "audit-config")
        let data = try #require(map["data"])
        let clients = try #require(data["clients.csv"]?.string)
        let text = try #require(data["config.yaml"]?.string)
        configuration = try Files.configuration(
            text, at: "/etc/audit/config.yaml",
            files: ["/etc/audit/clients.csv": clients])
    }

    /// Where the pod has a volume of some kind, and whether it may write there.
    func mounts() throws -> [(path: String, source: YAMLNode, isWritable: Bool)] {
        let volumes = try #require(pod["volumes"]?.elements)
        return try #require(container["volumeMounts"]?.elements).map { mount in
            let volume = try #require(volumes.first { $0["name"]?.string == mount["name"]?.string })
            return (try #require(mount["mountPath"]?.string), volume, mount["readOnly"]?.bool != true)
        }
    }

    @Test func `every key is one that Kubernetes reads`() {
        #expect(objects.map { $0["kind"]?.string } == ["ConfigMap", "ConfigMap", "PersistentVolumeClaim", "CronJob"])
        #expect(objects.map { $0["apiVersion"]?.string } == ["v1", "v1", "v1", "batch/v1"])
        let shapes = [
            "ConfigMap": CronJobShape.configMap, "PersistentVolumeClaim": CronJobShape.claim,
            "CronJob": CronJobShape.cronJob,
        ]
        for object in objects {
            #expect(shapes[object["kind"]?.string ?? ""]?.mistakes(in: object) == [])
        }
    }

    @Test func `the command is one that the program takes, with the configuration that is mounted`() throws {
        #expect(container["command"]?.elements?.compactMap(\.string) == ["audit"])
        let arguments = try #require(container["args"]?.elements).compactMap(\.string)
        let run = try #require(try Files.parse(arguments) as? RunCommand)
        #expect(run.common.config == configuration.file)
        #expect(configuration.roster(of: EnvironmentName("na3")).map(\.id.number) == [4199])
        #expect(configuration.clients.first?.client.labels == ["line": "care"])
    }

    @Test func `all that it reads is mounted, and what it writes goes to the volume alone`() throws {
        let mounts = try mounts()
        func mount(of path: String) throws -> (path: String, source: YAMLNode, isWritable: Bool) {
            try #require(mounts.first { path == $0.path || path.hasPrefix($0.path + "/") }, "\(path)")
        }
        for path in [configuration.database] + configuration.reports.map(\.path) {
            let mount = try mount(of: path)
            #expect(mount.isWritable && mount.source["persistentVolumeClaim"]?["claimName"]?.string == "audit-state")
        }
        for reference in configuration.references {
            #expect(reference.hasPrefix("file:"))
            let mount = try mount(of: String(reference.dropFirst("file:".count)))
            #expect(!mount.isWritable && mount.source["secret"] != nil)
        }
        let claims = objects.filter { $0["kind"]?.string == "PersistentVolumeClaim" }
        #expect(claims.compactMap { $0["metadata"]?["name"]?.string } == ["audit-state"])
        let maps = objects.filter { $0["kind"]?.string == "ConfigMap" }.compactMap { $0["metadata"]?["name"]?.string }
        for mount in mounts {
            if let map = mount.source["configMap"]?["name"]?.string { #expect(maps.contains(map)) }
        }
        // The secret itself is made by other hands.
        #expect(!objects.contains { $0["kind"]?.string == "Secret" })
    }

    @Test func `the policies of the image and those that are laid over them load together`() throws {
        let layers = configuration.policies
        #expect(layers.count == 2)
        let makefile = try String(contentsOf: packageRoot.appending(path: "Makefile"), encoding: .utf8)
        #expect(makefile.contains("PREFIX ?= /usr/local\n") && layers[0] == "/usr/local/share/audit/policies")
        #expect(
            try mounts().contains {
                $0.path == layers[1] && $0.source["configMap"]?["name"]?.string == "audit-policies"
            })
        let entries = try #require(
            objects.first { $0["metadata"]?["name"]?.string == "audit-policies" }?["data"]?.entries)
        let own = entries.map { PolicyFile(name: $0.key, bytes: Array(($0.value.string ?? "").utf8), layer: 1) }
        let loaded = PolicyLoader.load(
            try PolicyFiles.files(at: [packageRoot.appending(path: "policies").path]) + own, timeZones: .system)
        #expect(loaded.diagnostics.map(\.description) == [])
        let set = try #require(loaded.policySet)
        let rule = try #require(set.facts.first { $0.id == "SEC-LOCK-CCS-LIMIT" })
        #expect(rule.severity == .critical)
    }

    @Test func `answers are not asked for again, and only what was killed is`() throws {
        let rules = try #require(job["podFailurePolicy"]?["rules"]?.elements)
        #expect(rules.map { $0["action"]?.string } == ["Ignore", "FailJob"])
        #expect(rules[0]["onPodConditions"]?.elements?.map { $0["type"]?.string } == ["DisruptionTarget"])
        let codes = try #require(rules[1]["onExitCodes"])
        #expect(codes["operator"]?.string == "In")
        #expect(codes["containerName"]?.string == container["name"]?.string)
        let killed: Set<AuditModel.ExitStatus> = [.interrupted, .terminated]
        let answers = AuditModel.ExitStatus.allCases.filter { $0 != .success && !killed.contains($0) }.map {
            Int64($0.rawValue)
        }
        // Kubernetes wants them in order.
        #expect(codes["values"]?.elements?.compactMap(\.integer) == answers.sorted())
        #expect(pod["restartPolicy"]?.string == "Never")
        #expect(try #require(job["backoffLimit"]?.integer) > 0)
        let deadline = try #require(job["activeDeadlineSeconds"]?.integer)
        #expect(Duration.seconds(deadline) == configuration.resumeWithin)
        #expect(try #require(pod["terminationGracePeriodSeconds"]?.integer) >= 30)
    }

    @Test func `one night at a time, in a zone and at an hour that exist in every night`() throws {
        let spec = try #require(cronJob["spec"])
        #expect(spec["concurrencyPolicy"]?.string == "Forbid")
        let zone = try #require(spec["timeZone"]?.string)
        #expect(TimeZone(identifier: zone) != nil)
        #expect(configuration.timeZone == zone)
        let line = try #require(spec["schedule"]?.string)
        let schedule = try #require(CronSchedule(line))
        #expect(schedule.fields.map(\.count) == [1, 1, 31, 12, 7])
        #expect(schedule.fields[1].isDisjoint(with: [0, 1, 2]))
        #expect(try #require(spec["startingDeadlineSeconds"]?.integer) < 24 * 3600)
    }

    @Test func `it has no right that it does not need`() throws {
        let whole = try #require(pod["securityContext"])
        #expect(whole["runAsNonRoot"]?.bool == true)
        #expect(whole["seccompProfile"]?["type"]?.string == "RuntimeDefault")
        #expect(whole["fsGroup"]?.integer == whole["runAsGroup"]?.integer)
        let own = try #require(container["securityContext"])
        #expect(own["allowPrivilegeEscalation"]?.bool == false)
        #expect(own["readOnlyRootFilesystem"]?.bool == true)
        #expect(own["capabilities"]?["drop"]?.elements?.compactMap(\.string) == ["ALL"])
        #expect(own["capabilities"]?["add"] == nil)
        #expect(pod["automountServiceAccountToken"]?.bool == false)
        #expect(
            container["resources"]?["limits"]?["memory"] != nil && container["resources"]?["requests"]?["cpu"] != nil)
        let secret = try #require(pod["volumes"]?.elements?.compactMap { $0["secret"] }.first)
        // In decimal, since YAML 1.1 and 1.2 read 0440 differently.
        #expect(secret["defaultMode"]?.integer == 0o440)
    }

    @Test func `the image is the one that the Containerfile makes`() throws {
        let lines = try Files.text("Containerfile").split(separator: "\n").map(String.init)
        let image = try #require(container["image"]?.string)
        #expect(image.hasSuffix(":" + ToolVersion.current))
        #expect(lines.contains { $0.contains("--tag \(image) ") })
        let user = try #require(pod["securityContext"]?["runAsUser"]?.integer)
        #expect(lines.contains("USER \(user):\(user)"))
        #expect(
            lines.contains("RUN make install DESTDIR=/installed") && lines.contains("COPY --from=build /installed /"))
        let bases = lines.filter { $0.hasPrefix("FROM ") }.compactMap { $0.firstMatch(of: /swift:([0-9.]+-[a-z]+)/)?.1 }
        // A Swift program needs the runtime of the release that built it.
        #expect(bases.count == 2 && bases[0] == bases[1])
    }
}
