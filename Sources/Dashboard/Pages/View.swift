import AuditModel
import Reports

/// One page before it has its frame: what it says to people, and the same to machines.
struct View {
    /// The entries of the menu.
    enum Place: String, CaseIterable {
        case overview = "Overview"
        case runs = "Runs"
        case clients = "Clients"
        case rules = "Rules"
        case diff = "Diff"
        case waivers = "Waivers"

        var route: Route {
            switch self {
            case .overview: .overview
            case .runs: .runs
            case .clients: .clients
            case .rules: .rules
            case .diff: .diff
            case .waivers: .waivers
            }
        }
    }

    /// What the browser calls it.
    var title: String
    /// Under which entry of the menu it belongs.
    var place: Place?
    /// The pages above it, the nearest last.
    var crumbs: [(text: String, link: Link)] = []
    /// What stands above the heading besides: environment, day.
    var overline: [String] = []
    /// Whether its data are of the emulator.
    var isSynthetic = false
    /// The heading.
    var headline: String
    /// A sentence below it.
    var lead: HTML = .empty
    /// The rest.
    var content: HTML
    /// The JSON twin.
    var json: () -> [UInt8]
}

/// A long list, some rows of it at a time.
struct Paged<Element> {
    /// How many rows a page has.
    static var size: Int { 100 }

    /// All of them.
    let total: Int
    /// The page, from 1.
    let page: Int
    /// The rows of the page.
    let rows: [Element]

    /// Cuts a page out; one beyond the last is the last.
    init(_ elements: [Element], page: Int) {
        total = elements.count
        let last = max(1, (elements.count + Self.size - 1) / Self.size)
        self.page = min(page, last)
        rows = Array(elements.dropFirst((self.page - 1) * Self.size).prefix(Self.size))
    }

    /// How many pages there are.
    var pages: Int { max(1, (total + Self.size - 1) / Self.size) }

    /// `"total"`, `"page"` and `"pages"` of the JSON twin.
    var json: [SettingObject.Member] {
        [
            .init(key: "total", value: .count(total)), .init(key: "page", value: .count(page)),
            .init(key: "pages", value: .count(pages)),
        ]
    }
}
