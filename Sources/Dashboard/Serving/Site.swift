import AuditModel
import Reports

/// Answers requests: everything of the dashboard but HTTP itself.
final class Site: Sendable {
    /// The longest path with its query, in bytes.
    static let longestTarget = 4096
    /// The longest form, in bytes.
    static let longestForm = 4096

    let source: any DashboardSource
    let access: Access
    let layout: Layout
    let counters = RequestCounters()
    private let hosts: AllowedHosts
    private let cache = AnswerCache()
    private let toolVersion: String

    init(source: any DashboardSource, configuration: DashboardConfiguration) {
        self.source = source
        access = Access(token: configuration.token, isSecure: configuration.tls != nil)
        hosts = AllowedHosts(isLoopback: configuration.isLoopback, given: configuration.hostNames)
        layout = Layout(toolVersion: configuration.toolVersion, hasLogin: configuration.token != nil)
        toolVersion = configuration.toolVersion
    }

    /// The answer to a request. Blocks while the store is read.
    func answer(_ request: WebRequest) -> WebAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        let found = Route.parse(request.path)
        let answer = answer(request, found)
        counters.add(page: found?.route.label ?? "none", status: answer.status, duration: clock.now - start)
        return answer
    }

    private func answer(_ request: WebRequest, _ found: (route: Route, form: Route.Form)?) -> WebAnswer {
        guard request.target.utf8.count <= Self.longestTarget else {
            return problem(414, "Address too long", "The address has more than \(Self.longestTarget) bytes.", request)
        }
        guard hosts.allows(request.host) else {
            return problem(
                421, "Wrong host",
                "This dashboard is not known by the name in the request's Host header. Open it by localhost or 127.0.0.1, or "
                    + "name the host with --host-name.", request)
        }
        let allowed = methods(of: found?.route)
        guard allowed.contains(request.method) else {
            var answer = problem(
                405, "Method not allowed", "Pages are read by GET and HEAD; nothing here can be changed.", request)
            answer.headers.append(("Allow", allowed.joined(separator: ", ")))
            return answer
        }
        switch found?.route {
        case .asset(let asset)?: return self.asset(asset, request)
        case .health?: return health(request)
        case .login?: return access.isGuarded ? login(request) : missing(request)
        case .logout?: return access.isGuarded ? logout(request) : missing(request)
        default: break
        }
        if let refusal = refusal(request) { return refusal }
        guard let found else { return missing(request) }
        if found.route == .metrics { return metrics(request) }
        let wantsJSON = found.form == .json || found.route.hasTwin && Self.prefersJSON(request.accept)
        return page(found.route, as: wantsJSON ? .json : .html, request)
    }

    private func methods(of route: Route?) -> [String] {
        switch route {
        case .login? where access.isGuarded: ["GET", "HEAD", "POST"]
        case .logout? where access.isGuarded: ["POST"]
        default: ["GET", "HEAD"]
        }
    }

    /// Whether a client asks for JSON, and not for HTML as browsers do.
    static func prefersJSON(_ accept: String?) -> Bool {
        guard let accept = accept?.lowercased() else { return false }
        return accept.contains("application/json") && !accept.contains("text/html")
    }

    // MARK: Pages

    private func page(_ route: Route, as form: Route.Form, _ request: WebRequest) -> WebAnswer {
        let state: StoreState
        do {
            state = try source.state()
        } catch {
            return unavailable(error, form, request)
        }
        let query = Query(request.query, allowing: route.parameters)
        let link = Link(route: route, query: query)
        // The day is a part: what is told of waivers counts from it.
        let key = [toolVersion, state.today.description, link.address(as: form)].joined(separator: "\n")
        let etag = "\"\(Digest(of: Array("\(state.mark)\n\(key)".utf8)).hex.prefix(24))\""
        if Self.matches(request.ifNoneMatch, etag) { return WebAnswer(status: 304, headers: [("ETag", etag)]) }
        if let known = cache.answer(for: key, at: state.mark) { return known }
        do {
            let view = try Self.view(of: route, PageContext(source: source, state: state, query: query))
            var answer = WebAnswer(status: 200, headers: [("ETag", etag)])
            switch form {
            case .html:
                answer.contentType = "text/html; charset=utf-8"
                answer.body = layout.page(view, at: link, state)
            case .json:
                answer.contentType = "application/json; charset=utf-8"
                answer.body = view.json()
            }
            cache.insert(answer, for: key, at: state.mark)
            return answer
        } catch let moved as Moved {
            return WebAnswer(status: 303, headers: [("Location", moved.to.address(as: form))])
        } catch DashboardProblem.notFound(let sentence) {
            return problem(404, "Not found", sentence, request, as: form, state)
        } catch DashboardProblem.notUnderstood(let sentence) {
            return problem(400, "Not understood", sentence, request, as: form, state)
        } catch {
            return unavailable(error, form, request)
        }
    }

    private static func view(of route: Route, _ context: PageContext) throws -> View {
        switch route {
        case .overview: try OverviewPage(context: context).view()
        case .runs: try RunsPage(context: context).view()
        case .run(let id): try RunPage(context: context, id: id).view()
        case .clients: try ClientsPage(context: context).view()
        case .client(let id): try ClientPage(context: context, id: id).view()
        case .setting(let id, let path): try SettingPage(context: context, id: id, dotted: path).view()
        case .rules: try RulesPage(context: context).view()
        case .rule(let id): try RulePage(context: context, id: id).view()
        case .diff: try DiffPage(context: context).view()
        case .waivers: try WaiversPage(context: context).view()
        case .login, .logout, .health, .metrics, .asset:
            throw DashboardProblem.notFound("This address is no page.")
        }
    }

    /// Whether `If-None-Match` names a tag; weak ones count as the same.
    static func matches(_ header: String?, _ etag: String) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            let tag = part.drop { $0 == " " }
            let trimmed = String(tag.reversed().drop { $0 == " " }.reversed())
            return trimmed == "*" || trimmed == etag || trimmed == "W/" + etag
        }
    }

    private func asset(_ asset: Asset, _ request: WebRequest) -> WebAnswer {
        let etag = "\"\(asset.mark)\""
        if Self.matches(request.ifNoneMatch, etag) { return WebAnswer(status: 304, headers: [("ETag", etag)]) }
        return WebAnswer(
            status: 200, headers: [("ETag", etag)], contentType: asset.contentType, body: asset.bytes)
    }

    // MARK: Problems

    /// An answer with a sentence instead of a page.
    func problem(
        _ status: Int, _ title: String, _ sentence: String, _ request: WebRequest, as form: Route.Form = .html,
        _ state: StoreState? = nil
    ) -> WebAnswer {
        // An address that ends like a twin's is asked for by a program, whether or not there is a page.
        if form == .json || request.path.hasSuffix(Route.suffix) || Self.prefersJSON(request.accept) {
            return WebAnswer(
                status: status, contentType: "application/json; charset=utf-8",
                body: ProblemPage.json(title, sentence))
        }
        return WebAnswer(
            status: status, contentType: "text/html; charset=utf-8",
            body: layout.page(ProblemPage.view(title, sentence), at: Link(route: .overview), nil))
    }

    private func missing(_ request: WebRequest) -> WebAnswer {
        problem(404, "Not found", "There is no such page.", request)
    }

    private func unavailable(_ error: any Error, _ form: Route.Form, _ request: WebRequest) -> WebAnswer {
        if case DashboardProblem.unavailable(let sentence) = error {
            return problem(503, "Not available", sentence, request, as: form)
        }
        return problem(503, "Not available", "The store cannot be read: \(error)", request, as: form)
    }
}
