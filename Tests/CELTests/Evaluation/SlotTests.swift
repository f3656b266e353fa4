import CEL
import Testing

struct SlotTests {
    private let environment = Environment(variables: ["a": .dyn, "b.c": .dyn, "list": .dyn])

    @Test func `a program's references are its chains of selections, each once`() throws {
        let program = try environment.compile(
            "a.x.y > 1 && has(a.z) && a['q'] == a.x.y && list.exists(v, v.id == b.c.d) && a.?o.orValue(1) == a[0]")
        #expect(
            program.references.map(\.description) == ["a.x.y", "a.z", "a.q", "list", "b.c.d", "a"])
    }

    @Test func `programs of one table share slots, and it is filled once`() throws {
        var table = SlotTable()
        let first = try environment.compile("a.x == 1", slots: &table)
        let second = try environment.compile("a.y == 2 || a.x == 3", slots: &table)
        #expect(table.references.map(\.description) == ["a.x", "a.y"])
        let data = try #require(MapValue([(.string("x"), .int(1)), (.string("y"), .int(2))]))
        let slots = table.slots(of: ["a": .map(data)])
        #expect(try first.bool(slots))
        #expect(try second.bool(slots))
    }

    @Test(arguments: [
        ("a.x.y", "!no such key: x"), ("a.m.n", "!no such key: n"), ("a.i.n", "!no such overload: select 'n'(int)"),
        ("has(a.x)", "false"), ("has(a.x.y)", "!no such key: x"), ("has(a.m.n)", "false"), ("has(a.m.k)", "true"),
        ("has(a.i.n)", "!no such overload: select 'n'(int)"), ("a.m.k", "7"), ("a.m.z", "null"), ("has(a.m.z)", "true"),
        ("b.c", "!unknown name 'b.c'"), ("b.c.d", "!unknown name 'b.c'"), ("has(b.c.d)", "!unknown name 'b.c'"),
        ("b.c == 1 || true", "true"), ("a.opt.k", "optional(1)"), ("a.none.k", "none"), ("has(a.opt.k)", "true"),
        ("has(a.opt.q)", "false"), ("has(a.none.k)", "false"),
    ])
    func `a slot gives what selecting step by step would`(source: String, expected: String) throws {
        let inner = try #require(MapValue([(.string("k"), .int(7)), (.string("z"), .null)]))
        let one = try #require(MapValue([(.string("k"), .int(1))]))
        let data = try #require(
            MapValue([
                (.string("m"), .map(inner)), (.string("i"), .int(1)),
                (.string("opt"), .optional(OptionalValue(.map(one)))), (.string("none"), .optional(OptionalValue(nil))),
            ]))
        let environment = Environment(variables: ["a": .dyn, "b.c": .dyn])
        let program = try environment.compile(source, checking: .none)
        func said(_ result: Result<Value, EvaluationError>) -> String {
            switch result {
            case .success(let value): text(of: value)
            case .failure(let error): "!" + error.description
            }
        }
        #expect(said(program.evaluate(variables: ["a": .map(data)])) == expected)
        #expect(said(program.trace(variables: ["a": .map(data)]).result) == expected)
        // The same through a name that a macro binds, where there are no slots.
        guard source.contains("a."), !source.contains("b.c") else { return }
        let bound = try environment.compile("cel.bind(t, [a], t[0] == a ? \(source) : a)".replacingA(), checking: .none)
        #expect(said(bound.evaluate(variables: ["a": .map(data)])) == expected)
    }

    @Test func `what the host does not have is an error of its own`() throws {
        var table = SlotTable()
        let program = try environment.compile("a.x == 1 || a.y == 2", slots: &table)
        let missing = EvaluationError(.unavailable("group a"))
        let slots = table.slots { _ in .failure(missing) }
        #expect(program.evaluate(slots).failureText == "group a is not available")
        #expect(program.evaluate([]).failureText == "the data is not available")
    }

    @Test func `a trace tells each operand that was read, with its value, once`() throws {
        func voice(_ id: Int64) throws -> Value {
            .map(try #require(MapValue([(.string("id"), .int(id)), (.string("name"), .string("v\(id)"))])))
        }
        let pool = try #require(MapValue([(.string("voice"), .list([try voice(1), try voice(2)]))]))
        let settings = try #require(MapValue([(.string("defaultVoiceId"), .int(3))]))
        let environment = Environment(variables: ["voicePool": .dyn, "settings": .dyn])
        let variables: [String: Value] = ["voicePool": .map(pool), "settings": .map(settings)]
        func traced(_ source: String) throws -> [String] {
            try environment.compile(source).trace(variables: variables).operands.map { operand in
                switch operand.outcome {
                case .value(let value): "\(operand.path) = \(text(of: value))"
                case .absent: "\(operand.path) is absent"
                case .failed(let error): "\(operand.path) fails: \(error)"
                }
            }
        }
        let list = "[{'id': 1, 'name': 'v1'}, {'id': 2, 'name': 'v2'}]"
        #expect(
            try traced("voicePool.voice.exists(v, v.id == settings.defaultVoiceId)") == [
                "voicePool.voice = \(list)", "voicePool.voice[0].id = 1", "settings.defaultVoiceId = 3",
                "voicePool.voice[1].id = 2",
            ])
        #expect(
            try traced("voicePool.voice[settings.defaultVoiceId - 2].name != 'x' && settings.other == 1") == [
                "settings.defaultVoiceId = 3", "voicePool.voice[1].name = 'v2'", "settings.other is absent",
            ])
        #expect(try traced("has(settings.other) || settings.defaultVoiceId.x == 1").last?.contains("fails") == true)
        #expect(
            try traced("cel.bind(v, voicePool.voice[1], v.name == '')") == ["voicePool.voice[1].name = 'v2'"])
        #expect(
            try traced("settings.all(k, v, v < 3)") == [
                "settings = {'defaultVoiceId': 3}", "settings.defaultVoiceId = 3",
            ])
        #expect(try traced("true || settings.defaultVoiceId == 1") == [])
    }
}

extension String {
    /// The expression with `a` read through the name that was bound.
    fileprivate func replacingA() -> String {
        var result = ""
        for (index, part) in split(separator: " ? ", maxSplits: 1).enumerated() {
            result += index == 0 ? part + " ? " : part.replacing("a.", with: "t[0].")
        }
        return result
    }
}

extension Result where Success == Value, Failure == EvaluationError {
    var failureText: String? {
        if case .failure(let error) = self { error.description } else { nil }
    }
}
