import ArgumentParser
import AuditModel
import Foundation

/// The process: parses the command line, runs the command, and turns every end into a documented exit status.
@main
enum Main {
    static func main() async {
        // A reader that goes away (`audit diff … | head`) must not kill a run that is being stored.
        signal(SIGPIPE, SIG_IGN)
        // Beyond a limit on the size of files (`ulimit -f`, LimitFSIZE=) a write shall fail and be told, not kill.
        signal(SIGXFSZ, SIG_IGN)
        var status = ExitStatus.success
        do {
            var command = try AuditCommand.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            status = self.status(of: error)
        }
        if let cause = Console.lostOutput {
            Console.message(
                "audit: standard output could not be written (\(cause)): what was printed is cut short or missing. "
                    + "What was stored and written to files stands; make room and print it again.")
            status = max(status, .inputOutput)
        }
        if status != .success { exit(status.rawValue) }
    }

    /// Prints what an error has to say and returns its exit status.
    private static func status(of error: any Error) -> ExitStatus {
        if let end = error as? CommandEnd {
            if !end.message.isEmpty { Console.message("audit: " + end.message) }
            return end.status
        }
        // --help and --version come as errors, too, and succeed.
        let code = AuditCommand.exitCode(for: error)
        if code == .success {
            Console.result(AuditCommand.fullMessage(for: error) + "\n")
            return .success
        }
        if let known = Explanation.end(for: error) {
            Console.message("audit: " + known.message)
            return known.status
        }
        // What the parser itself says of wrong usage; its own status would be 64, ours is documented as 2.
        Console.message(AuditCommand.fullMessage(for: error))
        return code == .validationFailure ? .usage : .internal
    }
}

/// The end of a command other than success: a status, and a sentence for standard error (empty where all is said).
struct CommandEnd: Error {
    var status: ExitStatus
    var message: String

    /// Joins the two.
    init(_ status: ExitStatus, _ message: String = "") {
        self.status = status
        self.message = message
    }
}
