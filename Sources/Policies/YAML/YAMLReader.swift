internal import AuditModel
internal import Yams

/// Reads YAML 1.2 (core schema) with the place of every value, and refuses what a file of rules should not contain.
///
/// Refused besides bad grammar: duplicate keys, keys that are no text, merge keys (`<<`), tags beyond the core schema,
/// texts that unfold to more than 200,000 values or 200 levels, integers beyond 64 bits, floats beyond a double, and
/// bytes that are no UTF-8. The grammar is libyaml's, which is stricter than YAML 1.2 about tabs between tokens.
public enum YAMLReader {
    /// The one document of a file, or all that is wrong with it.
    ///
    /// A file without a document, and one with several, is an error.
    public static func node(of bytes: [UInt8], file: String) -> Result<YAMLNode, YAMLReadingError> {
        let reading = reading(of: bytes, file: file)
        guard let node = reading.node, reading.diagnostics.isEmpty else {
            return .failure(YAMLReadingError(reading.diagnostics))
        }
        return .success(node)
    }

    /// The one document of a file together with what is wrong with it.
    ///
    /// A key that stands twice, or a number that is too large, spoils no more than its own place, so the rest of the file
    /// can be looked at as well: whoever mends the file sees all of its mistakes at once.
    public static func reading(of bytes: [UInt8], file: String) -> YAMLReading {
        switch composition(of: bytes, file: file) {
        case .failure(let error): return YAMLReading(node: nil, diagnostics: error.diagnostics)
        case .success(let composition):
            let source = SourceText(name: file, bytes: bytes)
            var diagnostics = composition.diagnostics
            if diagnostics.isEmpty, composition.documents.isEmpty {
                diagnostics.append(source.error(.emptyFile, at: SourcePlace(line: 1, column: 1)))
            } else if diagnostics.isEmpty, composition.documents.count > 1 {
                diagnostics.append(source.error(.severalDocuments, at: composition.documents[1].place))
            }
            let isUsable = composition.keepsShape && composition.documents.count == 1
            return YAMLReading(
                node: isUsable ? composition.documents.first : nil, diagnostics: diagnostics.sorted())
        }
    }

    /// The one document of a text, or all that is wrong with it.
    public static func node(of text: String, file: String) -> Result<YAMLNode, YAMLReadingError> {
        node(of: Array(text.utf8), file: file)
    }

    /// All documents of a stream; none for an empty one.
    public static func documents(of bytes: [UInt8], file: String) -> Result<[YAMLNode], YAMLReadingError> {
        composition(of: bytes, file: file).flatMap { composition in
            composition.diagnostics.isEmpty
                ? .success(composition.documents) : .failure(YAMLReadingError(composition.diagnostics))
        }
    }

    /// All documents as far as they could be built.
    private struct Composition {
        var documents: [YAMLNode]
        var diagnostics: [Diagnostic]
        /// Whether no mistake has taken away more than its own place.
        var keepsShape: Bool
    }

    private static func composition(of bytes: [UInt8], file: String) -> Result<Composition, YAMLReadingError> {
        let source = SourceText(name: file, bytes: bytes)
        func refusal(_ mistake: PolicyMistake, at place: SourcePlace) -> Result<Composition, YAMLReadingError> {
            .failure(YAMLReadingError([source.error(mistake, at: place)]))
        }
        let start = SourcePlace(line: 1, column: 1)
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return refusal(.notUTF8, at: start)
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: body, as: UTF8.self) else {
            return refusal(.notUTF8, at: source.placeOfInvalidUTF8(in: body))
        }
        if YAMLDefences.mayBeTooDeep(body) { return refusal(.tooDeep(limit: YAMLDefences.depthLimit), at: start) }
        if YAMLDefences.mayHashABomb(body) { return refusal(.tooManyValues(limit: YAMLDefences.nodeLimit), at: start) }
        if let line = YAMLDefences.firstLineIndentedByTab(source.lines) {
            return refusal(.tabIndentation, at: SourcePlace(line: line, column: 1))
        }
        var keys = ShadowedKeys(text)
        while true {
            do {
                let roots = try composed(keys.text)
                var builder = YAMLTreeBuilder(source: source, keys: keys)
                let documents = roots.map { builder.document($0) }
                return .success(
                    Composition(
                        documents: documents, diagnostics: builder.diagnostics, keepsShape: builder.keepsShape))
            } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
                let place = SourcePlace(line: context.mark.line, column: context.mark.column)
                if keys.hideKey(line: place.line, column: place.column) { continue }
                return refusal(.duplicateKey(duplicates.first ?? "", firstLine: nil), at: place)
            } catch YamlError.scanner(let context, let problem, let mark, _) {
                return refusal(
                    syntax(context, problem), at: SourcePlace(line: mark.line, column: mark.column))
            } catch YamlError.parser(let context, let problem, let mark, _) {
                return refusal(
                    syntax(context, problem), at: SourcePlace(line: mark.line, column: mark.column))
            } catch YamlError.composer(_, let problem, let mark, _) {
                return refusal(.syntax(problem), at: SourcePlace(line: mark.line, column: mark.column))
            } catch YamlError.reader(let problem, let offset, _, _) {
                return refusal(.syntax(problem), at: offset.map { source.place(ofCharacter: $0, in: text) } ?? start)
            } catch {
                return refusal(.syntax("the YAML parser gave up"), at: start)
            }
        }
    }

    /// The trees of all documents. Plain scalars keep their text: the resolver without rules leaves them alone.
    private static func composed(_ text: String) throws -> [Node] {
        let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
        var roots: [Node] = []
        while let root = try parser.nextRoot() { roots.append(root) }
        return roots
    }

    private static func syntax(_ context: YamlError.Context?, _ problem: String) -> PolicyMistake {
        guard let context, !context.text.isEmpty else { return .syntax(problem) }
        return .syntax("\(problem) (\(context.text) from line \(context.mark.line))")
    }
}

/// A YAML file as far as it could be read.
public struct YAMLReading: Sendable {
    /// The document; nil where what is left of it would only mislead.
    public let node: YAMLNode?
    /// What is wrong, by place.
    public let diagnostics: [Diagnostic]
}

/// Everything that is wrong with a YAML file; never empty.
public struct YAMLReadingError: Error, Sendable {
    /// The mistakes, by place.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics.sorted() }
}
