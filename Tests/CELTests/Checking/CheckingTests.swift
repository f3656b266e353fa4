import CEL
import Testing

struct CheckingTests {
    private static let variables: [String: ValueType] = [
        "internal": .object(
            ObjectType(
                name: "internal",
                fields: ["maxDailyAttempts": .nullable(.int), "zipValidationEnabled": .nullable(.bool)])),
        "settings": .object(ObjectType(name: "settings", fields: ["clientCode": .string], isOpen: true)),
        "voicePool": .object(
            ObjectType(
                name: "voicePool",
                fields: ["voice": .list(.object(ObjectType(name: "voice", fields: ["id": .int, "lastName": .string])))])
        ),
        "now": .timestamp, "labels": .map(key: .string, value: .string),
    ]

    @Test(arguments: [
        "internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= 7", "internal.maxDailyAttempts == null",
        "internal.zipValidationEnabled", "!internal.zipValidationEnabled", "settings.whatever == 'x'",
        "settings.clientCode.startsWith('A')", "voicePool.voice.exists(v, v.id == settings.defaultVoiceId)",
        "voicePool.voice.all(i, v, i < 3 && v.lastName != '')",
        "now - timestamp('2026-01-01T00:00:00Z') < duration('24h')",
        "'env' in labels && labels.env == 'prod'", "has(internal.maxDailyAttempts)", "size(voicePool.voice) <= 10",
        "internal['maxDailyAttempts'] == 1", "voicePool.voice.map(v, v.id) == [1, 2]", "dyn(1) == 1.0",
        "voicePool.voice.map(v, v.lastName).join(',') == ''", "settings.a.b.c[0].d == 1", "'x' in settings",
        "internal.maxDailyAttempts in [1, 2, 3]", "math.greatest(internal.maxDailyAttempts, 3) == 3",
        "internal.?maxDailyAttempts.orValue(3) == 3", "cel.bind(x, internal.maxDailyAttempts, x + 1 > x)",
        "voicePool.voice.sortBy(v, v.lastName)[0].id == 1", "type(1) == int", "{'a': 1}.a == 1",
    ])
    func `a rule that is well typed passes`(source: String) {
        #expect(mistakes(source, variables: Self.variables, result: .bool) == [])
    }

    @Test(arguments: [
        ("internl.maxDailyAttempts == 1", "0..<7: unknown name 'internl'; did you mean 'internal'?"),
        ("nothing == 1", "0..<7: unknown name 'nothing'"),
        (
            "internal.maxDailyAttempt == 1",
            "9..<24: internal has no field 'maxDailyAttempt'; did you mean 'maxDailyAttempts'?"
        ),
        ("internal['maxDaily'] == 1", "9..<19: internal has no field 'maxDaily'; did you mean 'maxDailyAttempts'?"),
        ("has(internal.nothing)", "13..<20: internal has no field 'nothing'"),
        ("voicePool.voice.exists(v, v.name == 'a')", "28..<32: voice has no field 'name'"),
        ("settings.clientCode.startWith('A')", "0..<34: unknown function 'startWith'; did you mean 'startsWith'?"),
        ("math.absolute(1) == 1", "0..<16: unknown function 'math.absolute'"),
        ("frobnicate(1) == 1", "0..<13: unknown function 'frobnicate'"),
        ("settings.clientCode.startsWith()", "0..<32: 'startsWith' takes 1 argument, not 0"),
        ("settings.clientCode.substring(1, 2, 3) == ''", "0..<38: 'substring' takes 1 or 2 arguments, not 3"),
        ("startsWith('a', 'b')", "0..<20: 'startsWith' is called on a value; write x.startsWith()"),
        ("'1'.int() == 1", "0..<9: 'int' is not called on a value; write int(x)"),
        ("settings.clientCode.startsWith(1)", "0..<33: 'startsWith' is not defined for (string, int)"),
        ("settings.clientCode == 5", "0..<24: string and int cannot be compared with '=='"),
        ("1 == 1.0", "0..<8: int and double cannot be compared with '=='; convert one: double(x)"),
        ("internal.maxDailyAttempts < 'a'", "0..<31: int and string cannot be compared with '<'"),
        ("voicePool.voice < 3", "0..<19: '<' has no order for list(voice)"),
        ("1 + 1u == 2u", "0..<6: '+' is not defined for int and uint; convert one: int(x)"),
        ("-'a' == 'a'", "0..<4: '-' is not defined for (string)"),
        ("settings.clientCode && true", "0..<19: each operand of '&&' must be bool, not string"),
        ("!settings.clientCode", "1..<20: the operand of '!' must be bool, not string"),
        ("1 ? true : false", "0..<1: the condition of '?:' must be bool, not int"),
        ("true ? true : 'no'", "0..<18: '?:' gives bool or string; both results must be of one type"),
        ("internal.maxDailyAttempts", "0..<25: the result must be bool, not int"),
        ("'a' + 'b'", "0..<9: the result must be bool, not string"),
        ("now.year == 1", "4..<8: timestamp has no fields, so there is no 'year' in it"),
        ("settings.clientCode[0] == 'A'", "0..<22: string has no elements to take by [ ]"),
        ("voicePool.voice['a'].id == 1", "16..<19: list(voice) cannot be indexed by string"),
        ("labels[1] == ''", "7..<8: map(string, string) cannot be indexed by int"),
        ("settings.clientCode.all(x, true)", "0..<19: all() goes over a list or a map, not string"),
        ("voicePool.voice.all(v, v.id)", "23..<27: the condition of all() must be bool, not int"),
        ("1 in ['a', 'b']", "0..<15: int cannot be in list(string)"),
        ("1 in labels", "0..<11: int cannot be in map(string, string)"),
        ("{1.5: 1} == {}", "1..<4: a map's keys are int, uint, bool or string, not double"),
        ("1.orValue(2) == 1", "0..<12: 'orValue' is not defined for (int, int)"),
        ("[1][?0].optMap(x, x + 'a').hasValue()", "18..<25: '+' is not defined for int and string"),
        ("[?1] == []", "2..<3: [?x] is for optional values, not int"),
        ("1.optMap(x, x).hasValue()", "0..<1: optMap() is for optional values, not int"),
        ("math.greatest() == 1", "0..<15: math.greatest() takes at least one argument"),
        ("math.greatest('a') == 1", "0..<18: 'math.greatest' is not defined for (string)"),
        ("[[1], [2]].sortBy(x, x) == []", "21..<22: 'sortBy' has no order for list(int)"),
        ("[1].map() == []", "0..<9: 'map' takes 2 or 3 arguments, not 0"),
        ("cel.bind(2, 1) == 1", "0..<14: 'cel.bind' takes 3 arguments, not 2"),
        ("has() == true", "0..<5: 'has' takes 1 argument, not 0"),
        (
            "settings.ratio < 2.5 && 2.5 < 3",
            "24..<31: double and int cannot be compared with '<'; convert one: double(x)"
        ),
    ])
    func `a rule that is not is refused in a sentence`(source: String, expected: String) {
        #expect(mistakes(source, variables: Self.variables, result: .bool) == [expected])
    }

    @Test func `every mistake is told, each once`() {
        #expect(
            mistakes(
                "internl.a > 1 && internal.b == 2 && settings.clientCode == 5 && sze(labels) > 'a'",
                variables: Self.variables, result: .bool) == [
                    "0..<7: unknown name 'internl'; did you mean 'internal'?",
                    "26..<27: internal has no field 'b'",
                    "36..<60: string and int cannot be compared with '=='",
                    "64..<75: unknown function 'sze'; did you mean 'size'?",
                ])
    }

    @Test func `the place of a bad pattern is within the text, whatever escapes stand before it`() {
        #expect(
            mistakes("'x'.matches('a(b')") == [
                "14..<15: the pattern is no regular expression: group '(' without its ')' at character 2: "
                    + "close it, or write '\\(' for the character itself"
            ])
        #expect(mistakes("'x'.matches('\\u00e9\\n(')").first?.hasPrefix("21..<22: the pattern is no") == true)
        #expect(mistakes("'x'.matches(r'\\d+[z-a]')").first?.hasPrefix("18..<19: the pattern is no") == true)
        #expect(mistakes("'x'.matches('''ok''')").isEmpty)
    }

    @Test func `names are looked up in the container first`() throws {
        let environment = Environment(variables: ["a.b.x": .int, "x": .string], container: "a.b")
        #expect(try environment.compile("x").resultType == .int)
        #expect(try environment.compile(".x").resultType == .string)
    }

    @Test func `a host's functions are checked and called`() throws {
        let twice = Function("twice", [Overload([.int], .int), Overload([.int], .int, isMember: true)]) { arguments in
            guard case .int(let value) = arguments[0] else {
                return .failure(EvaluationError(.noSuchOverload("twice", [arguments[0].typeName.name])))
            }
            return .success(.int(value * 2))
        }
        let environment = Environment(functions: [twice, Function("later", [Overload([], .int)], implementation: nil)])
        #expect(try environment.compile("twice(2) + 3.twice()").evaluate(variables: [:]).get().isEqual(to: .int(10)))
        let error = #expect(throws: CompilationError.self) { try environment.compile("twice('a')") }
        #expect(error?.mistakes.map(\.sentence) == ["'twice' is not defined for (string)"])
        let failure = #expect(throws: EvaluationError.self) {
            try environment.compile("later()").evaluate(variables: [:]).get()
        }
        #expect(failure?.description == "the function 'later' is declared, but has no implementation")
    }
}
