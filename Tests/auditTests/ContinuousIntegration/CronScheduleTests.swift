import Testing

/// The helpers that hold the examples to what others read.
struct CronScheduleTests {
    @Test(arguments: ["23 3 * * *", "*/15 0-6/2 1,15 * 0", "0 0 31 12 6"])
    func `a schedule is read`(text: String) {
        #expect(CronSchedule(text) != nil)
    }

    @Test(arguments: [
        "", "23 3 * *", "60 3 * * *", "1 24 * * *", "1 1 0 * *", "1-x * * * *", "*/0 * * * *", "1  2 * * *",
    ])
    func `what is none is refused`(text: String) {
        #expect(CronSchedule(text) == nil)
    }

    @Test func `commands are found behind assignments, conditions and redirections`() {
        let script = ShellScript(
            """
            # audit not this
            if A=b audit run 'two words' > file 2>&1; then echo audit; fi
            x && audit check \\
              --as-of "$DAY" | head; ! audit doctor || [ $? -eq 1 ]
            """)
        #expect(
            script.auditCommands == [["run", "two words"], ["check", "--as-of", "$DAY"], ["doctor"]])
    }
}
