import AuditModel
import Policies

/// Feeds policy, waiver and test-case files that libFuzzer makes up to their loaders, and judges a client by what loads.
///
/// Whatever the bytes, there must be an answer: rules or diagnostics with places inside the file, never a trap or a hang.
@main
enum PolicyFuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { start, size in
            PolicyFuzz.run(Array(UnsafeBufferPointer(start: start, count: size)))
            return 0
        }
    }

    private static let snapshot = Snapshot(
        client: Client(
            id: Client.ID(environment: EnvironmentName("fuzz"), number: 4199), code: "FUZZ", labels: ["env": "prod"]),
        groups: PerGroup { group in
            let body: SettingValue =
                switch group {
                case .internal: ["maxDailyAttempts": 3, "encryptCcsPassword": true, "maxFailedCcsLoginAttempts": 0]
                case .settings: ["clientCode": "FUZZ", "defaultVoiceId": 1, "answeringMachineOption": nil]
                case .messaging: ["property": [["key": "requeue_limit", "value": "15"]]]
                case .voicePool: ["voice": [["id": 1], ["id": 5]]]
                case .countries: [["id": 1, "countryCode": "1", "name": "UNITED STATES"]]
                }
            return .document(body, Digest(of: body))
        })

    static func run(_ bytes: [UInt8]) {
        let file = PolicyFile(name: "f.yaml", bytes: bytes)
        let loaded = PolicyLoader.load([file])
        for diagnostic in loaded.diagnostics {
            precondition(diagnostic.line >= 1 && diagnostic.column >= 1, "a place is outside of the file")
            _ = diagnostic.description
        }
        precondition(loaded.hasErrors == (loaded.policySet == nil), "there are rules and errors, or neither")
        if let set = loaded.policySet {
            for result in set.results(for: snapshot) {
                _ = set.explanation(of: result.ruleID, for: snapshot.client)
                precondition(set.tracedResult(of: result.ruleID, for: snapshot)?.result == result)
            }
            _ = PolicyTests.load(file, for: set)
        }
        _ = WaiverLoader.load([file])
    }
}

/// libFuzzer's own loop, which calls back for each input.
@_silgen_name("LLVMFuzzerRunDriver")
private func LLVMFuzzerRunDriver(
    _ argumentCount: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
