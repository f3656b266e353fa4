import AuditModel
import LiveVoxAPI
import Testing

struct SessionMachineTests {
    private let rejected = CaptureFailure(.unauthorized, status: 401)

    private func answer(_ session: String) throws -> LoginAnswer {
        LoginAnswer(sessionID: try #require(SessionID(session)), clientID: 4199)
    }

    @Test func `one caller logs in, the others wait, then all use the session`() throws {
        var machine = SessionMachine()
        #expect(machine.step() == .logIn)
        #expect(machine.step() == .wait)
        #expect(machine.isLoggingIn)
        machine.loggedIn(try answer("a"))
        #expect(!machine.isLoggingIn)
        #expect(machine.step() == .use(.init(generation: 1, answer: try answer("a"))))
        #expect(machine.logins == 1)
    }

    @Test func `a rejected session is replaced once, however many callers were rejected`() throws {
        var machine = SessionMachine()
        _ = machine.step()
        machine.loggedIn(try answer("a"))
        machine.accepted(generation: 1)
        #expect(machine.step(afterRejectionOf: 1, failure: rejected) == .logIn)
        #expect(machine.step(afterRejectionOf: 1, failure: rejected) == .wait)
        machine.loggedIn(try answer("b"))
        #expect(
            machine.step(afterRejectionOf: 1, failure: rejected)
                == .use(.init(generation: 2, answer: try answer("b"))))
        #expect(machine.logins == 2)
    }

    @Test func `a session that is rejected even when it is new is the last`() throws {
        var machine = SessionMachine()
        _ = machine.step()
        machine.loggedIn(try answer("a"))
        #expect(machine.step(afterRejectionOf: 1, failure: rejected) == .logIn)
        machine.loggedIn(try answer("b"))
        #expect(machine.step(afterRejectionOf: 2, failure: rejected) == .fail(rejected))
        #expect(machine.step() == .fail(rejected))
        #expect(machine.logins == 2)
    }

    @Test func `a request that is rejected again ends the session only where nobody could use it`() throws {
        var machine = SessionMachine()
        _ = machine.step()
        machine.loggedIn(try answer("a"))
        machine.accepted(generation: 1)
        machine.rejectedAgain(generation: 1, failure: rejected)
        #expect(machine.step() == .use(.init(generation: 1, answer: try answer("a"))))
        #expect(machine.step(afterRejectionOf: 1, failure: rejected) == .logIn)
        machine.loggedIn(try answer("b"))
        machine.rejectedAgain(generation: 1, failure: rejected)
        #expect(machine.step() == .use(.init(generation: 2, answer: try answer("b"))))
        machine.rejectedAgain(generation: 2, failure: rejected)
        #expect(machine.step() == .fail(rejected))
    }

    @Test func `a platform that rejects one path for ever does not make us log in for ever`() throws {
        var machine = SessionMachine()
        _ = machine.step()
        machine.loggedIn(try answer("a"))
        var refusals = 0
        for _ in 0..<100 {
            machine.accepted(generation: machine.logins)
            switch machine.step(afterRejectionOf: machine.logins, failure: rejected) {
            case .logIn: machine.loggedIn(try answer("a"))
            case .fail: refusals += 1
            case .use, .wait: Issue.record("unexpected step")
            }
        }
        #expect(machine.logins == SessionMachine.mostLogins)
        #expect(refusals == 100 - SessionMachine.mostLogins + 1)
        // The requests that are accepted go on.
        guard case .use = machine.step() else { throw CaptureFailure(.notAttempted) }
    }

    @Test func `a refused login is final`() throws {
        var machine = SessionMachine()
        _ = machine.step()
        let refused = CaptureFailure(.loginRefused, status: 401)
        machine.loginFailed(refused)
        for _ in 0..<3 {
            #expect(machine.step() == .fail(refused))
            #expect(machine.step(afterRejectionOf: 1, failure: rejected) == .fail(refused))
        }
        #expect(machine.logins == 1)
    }
}
