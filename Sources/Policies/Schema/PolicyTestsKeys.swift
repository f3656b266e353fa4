internal import AuditModel

/// The keys of files of test cases.
enum PolicyTestsKeys {
    static let file = KeyTable([
        .init("base", .map(base), isRequired: true, "A client that passes, from which each case starts."),
        .init("waivers", WaiverKeys.list, "Waivers for these cases alone; they hold in cases with today."),
        .init(
            "cases", .list(of: .map(testCase)), isRequired: true, "What changes, and the verdicts that must come of it."
        ),
    ])

    static let base = KeyTable(
        [.init("client", .map(client), "The client's number and labels.")]
            + SettingsGroup.allCases.map {
                .init($0.rawValue, .anything, "The group's body. A group that is not there was not captured.")
            })

    static let client = KeyTable([
        .init("id", number, "The client's number."),
        .init("labels", .names(of: .textOrNumber), "The client's labels."),
    ])

    static let testCase = KeyTable(
        [
            .init("name", .text(), isRequired: true, "What the case shows; unique in the file."),
            .init(
                "set",
                .patterns([
                    ("^client\\.id$", number), ("^client\\.labels\\.[\\s\\S]+$", .textOrNumber),
                    (PathPattern.any, .anything),
                ]), "Values by path; client.id and client.labels.NAME, too."),
            .init(
                "unset", .list(of: .text(pattern: PathPattern.any + "|^client\\.labels\\.[\\s\\S]+$")),
                "Paths that are taken away; a whole group was not captured then."),
            .init(
                "notCollected", .list(of: .word(SettingsGroup.allCases.map(\.rawValue))),
                "Groups that are not collected by configuration."),
            .init("labels", .names(of: .textOrNumber), "Labels beside the base's, or in their place."),
            .init("today", .day, "The day on which the case plays: waivers and now need one."),
            .init(
                "expect", .names(of: .word(VerdictWord.allCases.map(\.rawValue)), atLeast: 1), isRequired: true,
                "The verdict of each rule that matters to the case, by id."),
        ],
        rules: [
            .implication(
                [
                    "properties": ["expect": ["not": ["additionalProperties": ["not": ["const": "waived"]]]]],
                    "required": ["expect"],
                ], ["required": ["today"]])
        ])

    private static let number = ValueShape.integer(1...SettingValue.largestInteger)
}

/// What a case may expect: a verdict, or a failure with a waiver over it.
enum VerdictWord: String, CaseIterable {
    case pass, fail, waived, unknown, notApplicable

    var verdict: Verdict {
        switch self {
        case .pass: .pass
        case .fail, .waived: .fail
        case .unknown: .unknown
        case .notApplicable: .notApplicable
        }
    }
}
