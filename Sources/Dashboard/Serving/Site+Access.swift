import AuditModel
import Reports

extension Site {
    /// Why a request gets no page; nil where it may read. People are sent to the login, programs are told.
    func refusal(_ request: WebRequest) -> WebAnswer? {
        switch access.answer(to: request, at: source.now()) {
        case .allowed: return nil
        case .missing where request.accept?.lowercased().contains("text/html") == true:
            return WebAnswer(
                status: 303,
                headers: [("Location", Link(route: .login, query: Query().with(.next, request.target)).address())])
        case .missing: return unauthorized("Show the token: 'Authorization: Bearer …', or log in at /login.", request)
        case .wrong: return unauthorized("The token is wrong.", request)
        case .wait(let seconds): return wait(seconds, request)
        }
    }

    private func unauthorized(_ sentence: String, _ request: WebRequest) -> WebAnswer {
        var answer = problem(401, "Not allowed", sentence, request)
        answer.headers.append(("WWW-Authenticate", "Bearer realm=\"audit\""))
        return answer
    }

    private func wait(_ seconds: Int, _ request: WebRequest) -> WebAnswer {
        var answer = problem(
            429, "Too many attempts",
            "Too many wrong tokens came from this address; try again in \(Words.count(seconds, "second")).", request)
        answer.headers.append(("Retry-After", String(seconds)))
        return answer
    }

    /// The form, and what is sent with it.
    func login(_ request: WebRequest) -> WebAnswer {
        let isAttempt = request.method == "POST"
        let fields = isAttempt ? URLText.pairs(request.form) : []
        let asked =
            isAttempt
            ? fields.last { $0.name == "next" }?.value : Query(request.query, allowing: [.next])[.next]
        let next = asked.flatMap(Self.ownAddress)
        guard isAttempt else { return form(200, next, nil) }
        // Another site's page must not log anybody in.
        if let origin = request.origin, origin != "null", let host = request.host,
            origin != "http://\(host)", origin != "https://\(host)"
        {
            return problem(403, "Not allowed", "The form came from another site.", request)
        }
        let token = fields.last { $0.name == "token" }?.value ?? ""
        let now = source.now()
        switch access.answer(toToken: token, from: request.peer, at: now) {
        case .allowed:
            return WebAnswer(
                status: 303,
                headers: [("Location", next ?? "/"), ("Set-Cookie", access.sessions.cookie(at: now))])
        case .wait(let seconds): return wait(seconds, request)
        case .missing, .wrong: return form(401, next, "This is not the token.")
        }
    }

    /// Ends the session of this browser, for whoever else may have a copy of it, too.
    ///
    /// The browser sends its cookie only from a page of ours (`SameSite=Strict`), so nobody else can log it out.
    func logout(_ request: WebRequest) -> WebAnswer {
        access.sessions.end(request.cookie, at: source.now())
        return WebAnswer(
            status: 303,
            headers: [("Location", Route.login.path()), ("Set-Cookie", access.sessions.removal)])
    }

    private func form(_ status: Int, _ next: String?, _ message: String?) -> WebAnswer {
        WebAnswer(
            status: status, contentType: "text/html; charset=utf-8",
            body: LoginPage.bytes(layout, next: next, message: message))
    }

    /// An address of this site, written anew from what it means; nil for everything else, so that no login leads elsewhere.
    static func ownAddress(_ text: String) -> String? {
        let path = String(text.prefix { $0 != "?" })
        guard let (route, form) = Route.parse(path), route.hasTwin else { return nil }
        let query = Query(String(text.drop { $0 != "?" }.dropFirst()), allowing: route.parameters)
        return Link(route: route, query: query).address(as: form)
    }
}
