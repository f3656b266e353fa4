import AuditModel

/// What a page is asked besides its path; one value a name.
struct Query: Hashable {
    /// The names there are.
    enum Name: String, CaseIterable {
        case environment, from, to, client, group, severity, rule, verdict, search = "q", sort, page, next
    }

    private var values: [Name: String] = [:]

    /// No question.
    init() {}

    /// Reads a query as it stands in a request; of a name that comes twice the last counts, an empty value is none.
    init(_ text: String, allowing names: [Name]) {
        for pair in URLText.pairs(text) {
            guard let name = Name(rawValue: pair.name), names.contains(name) else { continue }
            self[name] = pair.value
        }
    }

    /// One value; nil where it is not asked.
    subscript(name: Name) -> String? {
        get { values[name] }
        set { values[name] = newValue?.isEmpty == true ? nil : newValue }
    }

    /// The same with one value set, or taken away.
    func with(_ name: Name, _ value: String?) -> Query {
        var copy = self
        copy[name] = value
        return copy
    }

    /// Whether nothing is asked.
    var isEmpty: Bool { values.isEmpty }

    /// `?a=b&c=d` in the order of the names, so that one question has one text; empty where nothing is asked.
    var text: String {
        let pairs = Name.allCases.compactMap { name in
            values[name].map { URLText.encoded(name.rawValue) + "=" + URLText.encoded($0) }
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// The page of a long list, from 1; what is no such number counts as the first.
    var page: Int { max(1, self[.page].flatMap { Int($0) } ?? 1) }

    /// A severity.
    ///
    /// - Throws: ``DashboardProblem/notUnderstood(_:)`` for a word that is none.
    func severity() throws -> Severity? {
        guard let text = self[.severity] else { return nil }
        guard let severity = Severity(rawValue: text) else {
            throw DashboardProblem.notUnderstood(
                "'\(text)' is no severity; there are \(Severity.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return severity
    }
}

/// An address with its question, as links and forms have it.
struct Link {
    var route: Route
    var query = Query()

    /// What stands behind `href`: always a path of ours.
    func address(as form: Route.Form = .html) -> String { route.path(as: form) + query.text }
}
