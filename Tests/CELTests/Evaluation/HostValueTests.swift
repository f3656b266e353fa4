import CEL
import Testing

/// A document of the host's, which makes values only of what is asked for.
private indirect enum Document: Sendable {
    case number(Int64)
    case text(String)
    case list([Document])
    case object([(key: String, value: Document)])

    var value: Value {
        switch self {
        case .number(let number): .int(number)
        case .text(let text): .string(text)
        case .list(let elements): .list(DocumentList(elements))
        case .object(let members): .map(DocumentMap(members))
        }
    }
}

private final class DocumentList: HostList {
    let elements: [Document]

    init(_ elements: [Document]) {
        self.elements = elements
    }

    var count: Int { elements.count }

    func element(at index: Int) -> Value { elements[index].value }
}

private final class DocumentMap: HostMap {
    let members: [(key: String, value: Document)]

    init(_ members: [(key: String, value: Document)]) {
        self.members = members
    }

    var count: Int { members.count }

    func key(at index: Int) -> String { members[index].key }

    func value(forKey key: String) -> Value? { members.first { $0.key == key }?.value.value }
}

struct HostValueTests {
    private static let pool = Document.object([
        ("voice", .list((1...3).map { .object([("id", .number($0)), ("name", .text("v\($0)"))]) })),
        ("note", .text("é")),
    ])

    @Test(arguments: [
        ("pool.voice.exists(v, v.id == 2)", "true"), ("pool.voice.all(v, v.id < 3 || v.name == 'v3')", "true"),
        ("pool.voice.exists(i, v, i == 2 && v.name == 'v3')", "true"), ("pool.voice.map(v, v.id)", "[1, 2, 3]"),
        ("pool.voice.map(v, v.id > 1, v.name)", "['v2', 'v3']"),
        ("pool.voice.filter(v, v.id > 2).map(v, v.name)", "['v3']"),
        ("pool.voice.exists_one(v, v.id % 2 == 0)", "true"),
        ("pool.voice.exists(v, v.other == 1)", "!no such key: other"),
        ("pool.voice.all(v, v.id.x == 1)", "!no such overload: select 'x'(int)"),
        ("pool.voice.transformMap(i, v, v.id)", "{0: 1, 1: 2, 2: 3}"),
        ("pool.voice.map(v, v.id).all(x, x.y == 1)", "!no such overload: select 'y'(int)"),
        ("pool.voice.all(v, pool.voice.exists(w, w.id == v.id))", "true"), ("pool.all(k, k.size() > 3)", "true"),
        ("pool.exists(k, k.x == 1)", "!no such overload: select 'x'(string)"),
        ("pool.transformList(k, v, k)", "['voice', 'note']"),
        ("pool.voice[1] == {'id': 2, 'name': 'v2'}", "true"), ("pool.voice[0] in pool.voice", "true"),
        ("'note' in pool", "true"),
        ("1 in pool", "false"), ("size(pool) + size(pool.voice)", "5"), ("pool == pool", "true"),
        ("pool['note']", "'é'"),
        ("pool.voice + [1]", "[{'id': 1, 'name': 'v1'}, {'id': 2, 'name': 'v2'}, {'id': 3, 'name': 'v3'}, 1]"),
        ("pool.voice.sortBy(v, -v.id)[0].id", "3"),
        ("cel.bind(p, pool.voice, p.map(v, has(v.id) && v.id > 1))", "[false, true, true]"),
        ("[{'id': 1}, {'id': 2}].exists(v, v.id == 2)", "true"), ("{'a': 1}.exists(k, v, v == 1)", "true"),
        ("{'a': {'b': 1}}.exists(k, v, v.b == 1)", "true"),
        ("[1].exists(v, v.b == 1)", "!no such overload: select 'b'(int)"),
    ])
    func `the host's lists and maps behave as the language's own`(source: String, expected: String) throws {
        #expect(outcome(source, ["pool": Self.pool.value]) == expected)
    }
}
