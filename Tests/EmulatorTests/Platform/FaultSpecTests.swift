import Emulator
import Logging
import Testing

struct FaultSpecTests {
    @Test func `a line says when and what`() throws {
        let fault = try EmulatorFault(
            spec: "client=4200,group=internal,night=3-5,skip=1,times=2,status=429,retry-after=3,latency=250ms")
        #expect(
            fault
                == EmulatorFault(
                    clientID: 4200, kind: .internal, nights: 3...5, skip: 1, times: 2, status: 429, retryAfter: "3",
                    latency: .milliseconds(250)))
        #expect(try EmulatorFault(spec: "reset=before").cut == .beforeAnswer)
        #expect(try EmulatorFault(spec: "reset=body").cut == .midBody)
        #expect(try EmulatorFault(spec: "status=500,write=done").isCarriedOut)
        #expect(try EmulatorFault(spec: "status=500").isCarriedOut == false)
        #expect(try EmulatorFault(spec: "session=changePassword").deed == .changePassword)
        #expect(try EmulatorFault(spec: "night=4,body=html").nights == 4...4)
        #expect(try EmulatorFault(spec: "latency=2m").latency == .seconds(120))
    }

    @Test func `an HTTP date keeps its comma`() throws {
        let fault = try EmulatorFault(spec: "status=429,retry-after=Fri, 31 Dec 1999 23:59:59 GMT,times=1")
        #expect(fault.retryAfter == "Fri, 31 Dec 1999 23:59:59 GMT")
        #expect(fault.times == 1)
    }

    @Test(
        arguments: [
            ("truncated", .truncated), ("html", .html), ("error", .error), ("client:4201", .client(4201)),
            ("size:50MB", .size(50_000_000)), ("bomb:2kB", .bomb(2000)), ("duplicateKey", .duplicateKey),
            ("notANumber", .notANumber), ("surrogate", .surrogate), ("nulls", .nulls), ("null:a", .null("a")),
            ("omit:b", .omit("b")), ("empty", .empty), ("extra", .extra), ("textNumbers", .textNumbers),
        ] as [(String, EmulatorFault.Payload)])
    func `every word for a body is known, and stands in the help`(word: String, payload: EmulatorFault.Payload) throws {
        #expect(try EmulatorFault(spec: "body=\(word)").payload == payload)
        let stem = word.prefix { $0 != ":" }
        #expect(EmulatorFault.specHelp.contains(stem))
    }

    @Test(arguments: [
        ("", "'' is not KEY=VALUE"), ("client=4200,times", "'times' is not KEY=VALUE"),
        ("clinet=4200", "there is no key 'clinet'"), ("client=x,status=500", "'client' is a whole number, not 'x'"),
        ("status=99", "'status' is a whole number, not '99'"), ("group=all", "there is no group 'all'"),
        ("night=5-3,status=500", "'night' is a number or a range such as 3-5, not '5-3'"),
        ("latency=2", "'latency' is a number with ms, s or m, not '2'"),
        ("reset=now", "'reset' is before or body, not 'now'"),
        ("write=maybe", "'write' is done, not 'maybe'"),
        ("write=done", "'write=done' says when, but not what goes wrong"),
        ("session=end", "'session' is endSession or changePassword, not 'end'"),
        ("body=nonsense", "there is no body 'nonsense'"), ("body=null:", "there is no body 'null:'"),
        ("body=size:1GB", "a size is a number with kB or MB, at most 1000MB, not '1GB'"),
        ("client=4200,times=1", "'client=4200,times=1' says when, but not what goes wrong"),
    ])
    func `what cannot be understood is told`(spec: String, sentence: String) {
        let error = #expect(throws: EmulatorFault.SpecError.self) { try EmulatorFault(spec: spec) }
        #expect(error?.description == sentence)
    }

    private static let path = "/configuration/clients/internal"

    private func body(_ payload: String) async throws -> String {
        var text = ""
        try await Peer.run { peer in
            let session = try await peer.session()
            #expect(try await peer.send("POST", "/_emulator/faults", body: "body=\(payload)").status == 204)
            text = try await peer.send("GET", Self.path, session: session).text
        }
        return text
    }

    @Test func `a body is the client's own but for what is wrong with it`() async throws {
        let own = VendorPage.internalSettings
        #expect(
            try await body("extra")
                == own.replacing(
                    #"{"maxDailyAttempts":0,"#, with: #"{"maxDailyAttempts":0,"experimentalSetting":true,"#))
        #expect(try await body("omit:maxDailyAttempts") == own.replacing(#""maxDailyAttempts":0,"#, with: ""))
        #expect(
            try await body("null:maxDailyAttempts")
                == own.replacing(#""maxDailyAttempts":0"#, with: #""maxDailyAttempts":null"#))
        #expect(
            try await body("notANumber") == own.replacing(#""maxDailyAttempts":0"#, with: #""maxDailyAttempts":NaN"#))
        #expect(
            try await body("surrogate")
                == own.replacing(#""maxDailyAttempts":0"#, with: #""maxDailyAttempts":"\ud800""#))
        #expect(
            try await body("duplicateKey")
                == own.replacing(#""maxDailyAttempts":0"#, with: #""maxDailyAttempts":0,"maxDailyAttempts":null"#))
        #expect(try await body("textNumbers").hasPrefix(#"{"maxDailyAttempts":"0","#))
        #expect(try await body("nulls").hasPrefix(#"{"maxDailyAttempts":null,"#))
        #expect(try await body("truncated") == String(own.prefix(own.utf8.count / 2)))
        #expect(try await body("empty") == "{}")
        #expect(try await body("size:4kB").utf8.count == 4000)
        #expect(try await body("client:4200") != own)
    }

    @Test func `a fault applies on its nights, after those it lets pass`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            func status() async throws -> Int { try await peer.send("GET", Self.path, session: session).status }
            _ = try await peer.send("POST", "/_emulator/faults", body: "night=2,skip=1,times=1,status=500\n")
            #expect(try await status() == 200)
            #expect(try await status() == 200)
            await peer.emulator.setNight(2)
            #expect(try await status() == 200)
            #expect(try await status() == 500)
            #expect(try await status() == 200)
        }
    }

    @Test func `a session can end, and a password change, behind the user's back`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.sysadmin))
            let first = try await peer.session()
            _ = try await peer.send("POST", "/_emulator/faults", body: "times=1,group=internal,session=endSession")
            #expect(try await peer.send("GET", Self.path, session: first).status == 401)
            let second = try await peer.session()
            #expect(try await peer.send("GET", Self.path, session: second).status == 200)
            _ = try await peer.send(
                "POST", "/_emulator/faults", body: #"{"times":1,"group":"internal","session":"changePassword"}"#)
            #expect(try await peer.send("GET", Self.path, session: second).status == 401)
            #expect(try await peer.login(account, user).status == 401)
        }
    }

    @Test func `a fault that cannot be understood is refused by the control path`() async throws {
        try await Peer.run { peer in
            let reply = try await peer.send("POST", "/_emulator/faults", body: "client=4200")
            #expect(reply.status == 400)
            #expect(reply.text.contains("says when, but not what goes wrong."))
            #expect(try await peer.send("POST", "/_emulator/faults", body: #"{"payload":"x"}"#).status == 400)
        }
    }
}
