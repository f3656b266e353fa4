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
        var peak = 0
        while true {
            let ended = wait4(child, &status, WNOHANG, &usage)
            if ended == child { break }
            guard ended == 0 || errno == EINTR else { throw Failure(description: "\(program) was lost") }
            peak = max(peak, residentKilobytes(of: child) ?? 0)
            usleep(2000)
        }
        // The system's own peak counts what this process had when it started the child, so it serves only where there
        // is nothing to look at in between.
        if peak == 0 { peak = Int(usage.ru_maxrss) }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Usage(
            status: status >> 8 & 0xFF, wallSeconds: Measure.seconds(ContinuousClock.now - start),
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(peak) / 1024)
    }

    /// The most memory that a process has had since it began its program, in KiB; nil where the system does not tell.
    static func residentKilobytes(of child: pid_t) -> Int? {
        guard let file = fopen("/proc/\(child)/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text.hasPrefix("VmHWM:") else { continue }
            return Int(text.split(whereSeparator: { !$0.isNumber }).first ?? "")
        }
        return nil
    }
}
