import ArgumentParser

struct RemediateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remediate",
        abstract: "What can be done about failures: writes to voice pools by plan, and manual steps for all else.",
        discussion: """
            The platform's API can write two things: add a voice to a client's pool, and remove one. 'plan' works out of the \
            latest run which of these would mend failed rules on voicePool.voice[*].id, and prints everything else as steps \
            for people, by the portal's tab. 'apply' carries one plan out, by its digest, and nothing else can be applied.

            Applying is off unless audit.yaml says so, with credentials that are not those that read:

              remediation:
                enabled: true
                accounts:
                  acme:                      # the account whose clients it writes to
                    userName: env:LV_WRITER
                    password: env:LV_WRITER_PASSWORD
                    accessToken: env:LV_WRITER_TOKEN

            Which campaigns use a voice is not visible through the API: look in the portal before a voice is removed. \
            docs/remediation.md tells what is refused, and what happens when an application is cut off.

            Examples:
              audit remediate plan --client 4199
              audit remediate apply 3f2a9b1c --dry-run
              audit remediate apply 3f2a9b1c
              audit remediate journal
            """,
        subcommands: [RemediatePlanCommand.self, RemediateApplyCommand.self, RemediateJournalCommand.self])
}
