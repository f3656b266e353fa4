import Foundation
import Policies

/// Fifty rules of the kinds that the shipped policies have, as matchers and as expressions.
enum BenchPolicies {
    static let count = 50

    /// The shipped rules, taken again under other ids until there are enough; nil where they are not here.
    static func matchers() -> PolicySet? {
        let names = ["security-baseline", "calling-compliance", "recording-retention", "change-control"]
        var files: [PolicyFile] = []
        var rules = 0
        var round = 0
        while rules < count {
            for name in names where rules < count {
                guard let data = FileManager.default.contents(atPath: "policies/\(name).yaml") else { return nil }
                let lines = String(decoding: data, as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false)
                var text: [String] = []
                for line in lines {
                    if line.hasPrefix("  - id: ") {
                        if rules == count { break }
                        rules += 1
                        text.append("\(line)-\(round)")
                    } else if line.hasPrefix("  id: ") {
                        text.append("\(line)-\(round)")
                    } else {
                        text.append(String(line))
                    }
                }
                files.append(PolicyFile(name: "\(name)-\(round).yaml", text: text.joined(separator: "\n")))
            }
            round += 1
        }
        return PolicyLoader.load(files).policySet
    }

    /// The same requirements in the Common Expression Language.
    static func expressions() -> PolicySet? {
        let texts = [
            "internal.encryptCcsPassword == true", "internal.encryptAcdPassword == true",
            "internal.maxFailedCcsLoginAttempts <= params.maxFailedLogins + 2 || internal.maxFailedCcsLoginAttempts == 0",
            "internal.maxFailedAcdLoginAttempts >= 1 && internal.maxFailedAcdLoginAttempts <= params.maxFailedLogins",
            "internal.passwordExpirationDays <= params.maxAge || internal.passwordExpirationDays == 0",
            "internal.maxDailyAttempts == 0 || internal.maxDailyAttempts <= 9", "internal.callRecordingDays >= 15",
            "settings.acctRealtimeDnc == true", "settings.clientCode.startsWith('C')",
            "settings.answeringMachineOption == null || settings.answeringMachineOption in ['LEAVE_MESSAGES', 'NO_MESSAGES']",
            "settings.serviceLevelSeconds >= 0 && settings.serviceLevelSeconds <= 60",
            "!settings.acdAgentSkillEnabled || internal.maxFailedAcdLoginAttempts > 0",
            "voicePool.voice.exists(v, v.id == settings.defaultVoiceId)", "voicePool.voice.size() <= 5",
            "settings.clientCode.matches('^[A-Z0-9]+$')", "client.labels.env in ['prod', 'uat']",
            "settings.defaultStrategyId != settings.requeueStrategyId", "countries.size() > 0",
        ]
        let rules = (0..<count).map { index in
            let text = texts[index % texts.count]
            return "  - {id: X-\(index), title: Rule \(index), check: {cel: \"\(text)\"}}"
        }
        let text =
            "policy: {id: x, title: X, version: '1'}\nparams: {maxFailedLogins: 5, maxAge: 99}\nrules:\n"
            + rules.joined(separator: "\n")
        let loaded = PolicyLoader.load([PolicyFile(name: "expressions.yaml", text: text)])
        for diagnostic in loaded.diagnostics where diagnostic.severity == .error { print(diagnostic) }
        return loaded.policySet
    }
}
