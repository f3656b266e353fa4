import Foundation

/// A child process with the operating system's own accounting of it.
enum ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// What a finished child used.
    struct Usage {
        var status: Int32
        var wallSeconds: Double
        var cpuSeconds: Double
        var peakMegabytes: Double
    }

    /// Starts a program; its standard output goes to a file.
    static func start(_ program: String, _ arguments: [String], output: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        let code = posix_spawn(&child, program, &actions, nil, words, environ)
        guard code == 0 else {
            throw Failure(description: "\(program) could not be started: \(String(cString: strerror(code)))")
        }
        return child
    }

    /// Runs a program to its end; its standard output goes to a file.
    static func run(_ program: String, _ arguments: [String], output: String = "/dev/null") throws -> Usage {
        let start = ContinuousClock.now
        let child = try self.start(program, arguments, output: output)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw Failure(description: "\(program) was lost") }
        }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Usage(
            status: status >> 8 & 0xFF, wallSeconds: Measure.seconds(ContinuousClock.now - start),
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(usage.ru_maxrss) / 1024)
    }
}
