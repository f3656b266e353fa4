import AuditModel
import Emulator
import LiveVoxAPI
import NIOHTTP1
import Testing

@testable import Collector

struct SecrecyTests {
    @Test func `no password, token or session is in any answer, summary, log or sentence`() async throws {
        try await Fleet.run(clients: 3) { fleet in
            let user = try #require(fleet.accounts[1].user(.itUser))
            // The platform hands out the same session for the same user and token, so this is the collector's, too.
            let session = try await sessionID(fleet, fleet.accounts[1])
            let echo = #"{"code":1,"message":"no \#(user.password) \#(fleet.accounts[1].accessToken) \#(session)"}"#
            await fleet.emulator.add(
                EmulatorFault(clientID: fleet.accounts[1].clientId, kind: .internal, status: 403, body: echo))
            await fleet.emulator.add(
                EmulatorFault(clientID: fleet.accounts[1].clientId, kind: .voicePool, status: 500, body: echo))
            await fleet.emulator.add(
                EmulatorFault(clientID: fleet.accounts[2].clientId, kind: .login, status: 401, body: echo))
            var requests = try fleet.ownRequests()
            // The third logs in with the second's secrets, so that one set is looked for.
            requests[2].login = try fleet.login(fleet.accounts[2], password: user.password)
            requests[2].login.accessToken = .held(Secret(fleet.accounts[1].accessToken))
            let collected = try await fleet.collect(requests)
            #expect(collected.reasons(fleet.accounts[1].clientId) == [.forbidden, .serverError])
            #expect(collected.summary.refusedSessions.count == 1)

            var text = fleet.log.text
            for answer in collected.answers.values {
                var printed = answer
                // The documents themselves are the platform's; they are not what is looked at.
                for (group, answer) in answer.answers {
                    guard case .body = answer.outcome else { continue }
                    printed.answers[group] = nil
                }
                dump(printed, to: &text)
                for case .failure(let failure) in answer.answers.values.map(\.outcome) {
                    text += FailureSentences.sentence(for: failure, client: answer.client, userName: user.userName)
                }
            }
            dump(collected.summary, to: &text)
            dump(requests, to: &text)
            text += "\(collected.summary) \(requests)"
            #expect(text.contains(Secret.placeholder))
            for secret in [user.password, fleet.accounts[1].accessToken, session] {
                #expect(!text.contains(secret))
            }
        }
    }

    private func sessionID(_ fleet: Fleet, _ account: EmulatorAccount) async throws -> String {
        let login = try await fleet.login(account).resolved(forCode: account.clientName)
        return try await HTTPTransport.with(try fleet.settings()) { transport in
            var headers = LoginPerformer.headers(for: try fleet.settings())
            headers.add(name: "LV-Access", value: login.accessToken.reveal())
            let body = LoginRequest(clientName: login.clientName, userName: login.userName, password: login.password)
                .body()
            let answer = try await transport.send(
                .post, path: "/session/login", headers: headers, body: body, within: .seconds(30)
            ).get()
            return try LoginAnswer(body: answer.body).sessionID.secret.reveal()
        }
    }
}
