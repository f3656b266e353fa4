/// The keys of waiver files.
enum WaiverKeys {
    static let file = KeyTable([.init("waivers", list, isRequired: true, "The dated exceptions.")])

    /// `waivers:` with nothing behind it is what is left when the last one was taken out.
    static let list = ValueShape.either([.list(of: .map(waiver)), .null])

    static let waiver = KeyTable(
        [
            .init("id", .text(), isRequired: true, "The waiver's id, unique over all files."),
            .init("rules", .list(of: .text(), atLeast: 1), "The ids of the rules whose failures are accepted."),
            .init("rule", .text(), "The id of the one rule whose failures are accepted."),
            .init(
                "clients", PolicyKeys.clients, "The clients, as environment/number; a bare number where it is unique."),
            .init("scope", PolicyKeys.scope, "The clients with these labels."),
            .init(
                "while", .definition("condition"),
                "The waiver holds only while these settings are so, as internal.maxFailedCcsLoginAttempts: {atMost: 10}."
            ),
            .init("reason", .text(), isRequired: true, "Why the failures are accepted."),
            .init("owner", .text(), "Who is asked when it ends."),
            .init("approver", .text(), "Who approved it."),
            .init("approvedBy", .text(), "Another word for approver."),
            .init("ticket", .textOrNumber, "Where it was approved."),
            .init("from", .day, isRequired: true, "The first day on which it holds."),
            .init("expires", .day, isRequired: true, "The last day on which it holds."),
        ],
        rules: [
            .exactlyOne(["rule", "rules"]), .exactlyOne(["clients", "scope"]),
            .exactlyOne(["approver", "approvedBy"]),
        ])
}
