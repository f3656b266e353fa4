internal import AuditModel

/// Everything that can be wrong with the files that this target reads, as data.
enum PolicyMistake {
    // YAML
    case notUTF8
    case syntax(String)
    case emptyFile
    case severalDocuments
    case duplicateKey(String, firstLine: Int?)
    case keyNotText
    case aliasToOtherDocument
    case tabIndentation
    case mergeKey
    case customTag(String)
    case tagMismatch(String, text: String)
    case tooDeep(limit: Int)
    case tooManyValues(limit: Int)
    case numberTooLarge(String)
    // Shape
    case expected(String, what: String, found: String)
    case unknownKey(String, in: String)
    case missingKey(String, in: String)
    case notAWord(String, of: String, known: [String])
    case badName(String, of: String)
    // Policies
    case waiversStandApart
    case testsStandBeside
    case expressionInMatcher
    case expression(String)
    case certainError(String, in: String)
    case notText(String, path: String, type: String)
    case patternOfInteger(String)
    case badPattern(String)
    case duplicatePolicy(String, otherFile: String)
    case duplicateRule(String, otherPlace: String)
    case unknownParameter(String, in: String)
    case unknownOverride(String)
    case overrideType(String, String, wanted: String)
    case listInList(String)
    case unknownScope(String, in: String)
    case emptyScope(String)
    case unknownPlaceholder(String)
    case braceAlone(String)
    case emptyCondition(String)
    case badPath(String, String, in: String)
    case unknownSetting(String, in: String)
    case noMatcher(in: String)
    case listMatcherWithoutEach(String)
    case scalarMatcherAfterEach(String)
    case modifierOutOfPlace(String, isList: Bool)
    case modifierMismatch(String, path: String, type: String)
    case matcherMismatch(String, path: String, type: String, hintsAtCoerce: Bool)
    case valueMismatch(String, path: String, type: String, hintsAtCoerce: Bool)
    case emptyRange(String, String)
    // Overrides
    case overrideSetsNothing
    case disabledWithoutReason
    case unknownPolicy(String)
    case overrideOfLaterLayer(String, otherPlace: String)
    case overrideRepeated(String, rule: String, otherPlace: String)
    case overrideBreaksRule(String, problem: String)
    case tooManyOverrides(String, limit: Int)
    // Warnings
    case parameterNotRead(String, by: String)
    case modifierUnderNot(String, path: String)
    case valueOfExpression(String)
    case zeroIsOpen(String, meaning: String)
    case zeroIsOpenInExpression(String, meaning: String)
    case emptyIsOpen(String, matcher: String)
    case unknownWord(String, path: String)
    case duplicateTitle(String, other: String)
    case unused(String)
    // Test cases
    case waivedWithoutToday
    // Waivers
    case duplicateWaiver(String, otherPlace: String)
    case twoOfOne(String, String, in: String)
    case waiverForNobody(String)
    case waiverEndsBeforeItBegins(from: String, expires: String)
    case waiverWithoutOwner(String)
    case momentInWaiver(String)
    case unknownRule(String, in: String)
    case duplicateCase(String)
    case badDate(String)
    case nothingThere(String)
    case noExpectation(String)
}

extension PolicyMistake {
    /// Whether the rest of a YAML file still says what its author meant: of a key that stands twice the first is kept, and
    /// a value that cannot be read stays where it is. Without merged keys whole maps would be missing.
    var keepsShape: Bool {
        switch self {
        case .duplicateKey, .keyNotText, .customTag, .tagMismatch, .numberTooLarge: true
        default: false
        }
    }

    /// The sentence, without a full stop: what is wrong and, where that is not plain, how to mend it.
    var sentence: String {
        switch self {
        case .notUTF8: "the file is not UTF-8 text"
        case .syntax(let problem): "this is not YAML: \(problem)"
        case .emptyFile: "the file is empty"
        case .severalDocuments: "a second document starts here; one file holds one document"
        case .duplicateKey(let key, let line?): "'\(key)' stands here again; it is on line \(line) already"
        case .duplicateKey(let key, nil): "'\(key)' stands twice in this map"
        case .keyNotText: "a key must be text; put it in quotes"
        case .aliasToOtherDocument: "an alias of a later document stands for this; anchors end with their document"
        case .tabIndentation: "a tab indents this line; use spaces"
        case .mergeKey: "merge keys ('<<') are not read; write the keys out"
        case .customTag(let tag): "the tag \(tag) is not read; only those of YAML's core schema are"
        case .tagMismatch(let tag, let text): "'\(text)' is no \(tag)"
        case .tooDeep(let limit): "this nests deeper than \(limit) levels"
        case .tooManyValues(let limit): "this unfolds to more than \(limit) values"
        case .numberTooLarge(let text):
            "\(text) is not a number that JSON keeps exactly (integers to 9007199254740991); put it in quotes if it is text"
        case .expected(let name, let what, let found): "\(name) must be \(what), and is \(found)"
        case .unknownKey(let key, let name): "unknown key '\(key)' in \(name)"
        case .missingKey(let key, let name): "\(name) has no '\(key)'"
        case .notAWord(let word, let name, let known):
            "\(name) must be \(Self.alternatives(known)), and is \(word)"
        case .badName(let text, let what):
            "'\(text)' is no \(what) name; use letters, digits, '-', '_' and, in ids, '.'"
        case .waiversStandApart:
            "waivers do not stand in the policy; move them to a file of their own, policies/waivers.yaml by default"
        case .testsStandBeside: "test cases do not stand in the policy; move them to a file beside it, NAME.tests.yaml"
        case .expressionInMatcher:
            "'cel' does not stand beside a path; write it as an entry of its own, under check or all"
        case .expression(let sentence): sentence
        case .certainError(let problem, let rule): "this fails whatever the settings are, in \(rule): \(problem)"
        case .notText(let name, let path, let type): "'\(name)' compares text, and '\(path)' is of type \(type)"
        case .patternOfInteger(let path):
            "'matches' compares text, and 'coerce: int' reads '\(path)' as a number; keep one"
        case .badPattern(let sentence): "this is no regular expression: \(sentence)"
        case .duplicatePolicy(let id, let file): "the policy id \(id) is taken by \(file)"
        case .duplicateRule(let id, let place): "the rule id \(id) is taken at \(place); ids are unique over all files"
        case .unknownParameter(let name, let rule): "unknown parameter '\(name)' in \(rule)"
        case .unknownOverride(let name): "no policy has a parameter '\(name)'"
        case .overrideType(let name, let value, let wanted):
            "parameter '\(name)' cannot be set to \(value); its default is of type \(wanted)"
        case .listInList(let name): "\(name) is a list and cannot stand inside a list"
        case .unknownScope(let name, let rule): "unknown scope '\(name)' in \(rule)"
        case .emptyScope(let name): "scope '\(name)' must name at least one label and value"
        case .unknownPlaceholder(let name):
            "unknown placeholder {\(name)}; known are {value}, {path}, {client.id} and {params.NAME}"
        case .braceAlone(let brace): "a '\(brace)' stands alone; write '\(brace)\(brace)' for the character itself"
        case .emptyCondition(let key): "'\(key)' states nothing"
        case .badPath(let path, let message, let rule): "'\(path)' in \(rule) is no path: \(message)"
        case .unknownSetting(let path, let rule): "unknown setting '\(path)' in \(rule)"
        case .noMatcher(let name): "\(name) has no matcher, as atMost or equals"
        case .listMatcherWithoutEach(let name):
            "'\(name)' looks at a whole list; the path must have [*], as voicePool.voice[*].id"
        case .scalarMatcherAfterEach(let name): "'\(name)' looks at one value; after [*] write each: {\(name): …}"
        case .modifierOutOfPlace(let name, let isList):
            "'\(name)' belongs to \(isList ? "single values" : "paths with [*]"), not here"
        case .modifierMismatch(let name, let path, let type):
            "'\(name)' does not fit '\(path)', which is of type \(type)"
        case .matcherMismatch(let name, let path, let type, let hintsAtCoerce):
            "'\(name)' compares numbers, and '\(path)' is of type \(type)" + (hintsAtCoerce ? "; add coerce: int" : "")
        case .valueMismatch(let value, let path, let type, let hintsAtCoerce):
            "'\(path)' is of type \(type) and never \(value)"
                + (hintsAtCoerce ? "; add coerce: int, or put the number in quotes" : "")
        case .emptyRange(let low, let high): "nothing is between \(low) and \(high)"
        case .momentInWaiver(let name):
            "the 'while' of \(name) cannot read 'now': 'from' and 'expires' say when a waiver holds"
        case .modifierUnderNot(let name, let path):
            "'\(name)' of '\(path)' stands under 'not', which turns it round; state it in a rule without 'not'"
        case .valueOfExpression(let name):
            "{\(name)} is the first setting that the expression read, which need not be the one meant; name the setting in words"
        case .overrideSetsNothing: "this override sets nothing; give it severity, params, message or disable"
        case .disabledWithoutReason: "a rule is disabled only with a reason; add reason: …"
        case .unknownPolicy(let id): "unknown policy '\(id)' in an override"
        case .overrideOfLaterLayer(let rule, let place):
            "rule \(rule) stands at \(place), in a later layer; an override comes with the rule or after it"
        case .overrideRepeated(let field, let rule, let place):
            "'\(field)' of rule \(rule) is overridden at \(place) already, in the same layer and for the same clients"
        case .overrideBreaksRule(let rule, let problem): "with these values rule \(rule) is wrong: \(problem)"
        case .tooManyOverrides(let rule, let limit):
            "rule \(rule) has more than \(limit) overrides with scopes; state them in fewer scopes"
        case .parameterNotRead(let name, let rule): "rule \(rule) does not read parameter '\(name)'"
        case .zeroIsOpen(let path, let meaning):
            "0 passes '\(path)', and \(meaning); state zero: violates or zero: satisfies"
        case .zeroIsOpenInExpression(let path, let meaning):
            "the expression does not say what 0 of '\(path)' is, and \(meaning); hold it against 0, as \(path) > 0"
        case .emptyIsOpen(let path, let matcher):
            "an empty list passes '\(matcher)' of '\(path)'; state empty: pass, empty: fail or a size"
        case .unknownWord(let word, let path): "\"\(word)\" is no known value of '\(path)'"
        case .duplicateTitle(let rule, let other): "rule \(rule) has the title of rule \(other)"
        case .unused(let what): "no rule uses \(what)"
        case .waivedWithoutToday: "'waived' can be expected only of a case with 'today', since waivers hold by the day"
        case .duplicateWaiver(let id, let place): "the waiver id \(id) is taken at \(place)"
        case .twoOfOne(let one, let other, let name): "\(name) has both '\(one)' and '\(other)'; keep one"
        case .waiverForNobody(let name): "\(name) has neither 'clients' nor 'scope', and must say whom it is for"
        case .waiverEndsBeforeItBegins(let from, let expires): "it ends on \(expires), before it begins on \(from)"
        case .waiverWithoutOwner(let name): "\(name) has no 'owner', so nobody is asked when it ends"
        case .unknownRule(let id, let name): "unknown rule '\(id)' in \(name)"
        case .duplicateCase(let name): "another case is named '\(name)'"
        case .badDate(let text): "'\(text)' is no date; write YYYY-MM-DD"
        case .nothingThere(let path): "the base has nothing at '\(path)'"
        case .noExpectation(let name): "\(name) expects nothing"
        }
    }

    private static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
