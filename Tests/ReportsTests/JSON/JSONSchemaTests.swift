import AuditModel
import AuditTestSupport
import Testing

/// The validator that reports are held to must itself be able to say no.
struct JSONSchemaTests {
    @Test(arguments: [
        (#"{"type": "string"}"#, #""a""#, "1"), (#"{"type": ["integer", "null"]}"#, "null", "1.5"),
        (#"{"type": "number"}"#, "1", "true"), (#"{"enum": [1, "a"]}"#, "1", "2"), (#"{"const": null}"#, "null", "0"),
        (#"{"required": ["a"]}"#, #"{"a": null}"#, #"{"b": 1}"#),
        (#"{"properties": {"a": {"type": "string"}}}"#, #"{"a": ""}"#, #"{"a": 1}"#),
        (#"{"properties": {"a": true}, "additionalProperties": false}"#, #"{"a": 1}"#, #"{"a": 1, "b": 1}"#),
        (#"{"additionalProperties": {"type": "string"}}"#, #"{"a": "x"}"#, #"{"a": 1}"#),
        (
            #"{"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": false}"#, #"{"xa": null}"#,
            #"{"a": null}"#
        ),
        (#"{"propertyNames": {"maxLength": 1}}"#, #"{"a": 1}"#, #"{"ab": 1}"#),
        (#"{"dependentRequired": {"a": ["b"]}}"#, #"{"a": 1, "b": 1}"#, #"{"a": 1}"#),
        (#"{"items": {"minimum": 2}}"#, "[2, 3]", "[2, 1]"), (#"{"minItems": 1}"#, "[1]", "[]"),
        (#"{"maxItems": 1}"#, "[1]", "[1, 2]"), (#"{"uniqueItems": true}"#, "[1, 2]", "[1, 1]"),
        (#"{"prefixItems": [{"type": "string"}], "items": {"type": "null"}}"#, #"["a", null]"#, #"["a", 1]"#),
        (#"{"contains": {"const": 1}}"#, "[2, 1]", "[2]"), (#"{"pattern": "^[a-f]+$"}"#, #""abc""#, #""abz""#),
        (#"{"minLength": 2}"#, #""😀😀""#, #""😀""#), (#"{"format": "date"}"#, #""2026-02-28""#, #""2026-02-30""#),
        (#"{"format": "date-time"}"#, #""2026-02-28T00:00:00Z""#, #""2026-02-28""#),
        (#"{"format": "uri"}"#, #""urn:a:b""#, #""no uri""#), (#"{"maximum": 3}"#, "3", "4"),
        (#"{"exclusiveMinimum": 3}"#, "4", "3"), (#"{"multipleOf": 3}"#, "9", "10"),
        (#"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#, "2", "4"),
        (#"{"anyOf": [{"const": 1}, {"const": 2}]}"#, "2", "3"),
        (#"{"oneOf": [{"minimum": 1}, {"maximum": 3}]}"#, "0", "2"), (#"{"not": {"const": 1}}"#, "2", "1"),
        (#"{"if": {"const": 1}, "then": false}"#, "2", "1"),
        (##"{"$defs": {"a/b": {"type": "null"}}, "$ref": "#/$defs/a~1b"}"##, "null", "1"),
        (#"{"pattern": "^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$"}"#, #""Ä1.b-c""#, #""1a""#),
        (#"{"pattern": "^\\d+$"}"#, #""12""#, #""١٢""#), (#"{"pattern": "^.$"}"#, #""e""#, #""e\u0301""#),
        (#"{"pattern": "^\\S(.*\\S)?$"}"#, #""a b""#, #""a\n""#), (#"{"pattern": "^a$"}"#, #""a""#, #""a\n""#),
        (#"{"format": "uri"}"#, #""urn:a:b%20c""#, #""urn:a:b%2""#),
        (#"{"format": "uri-reference"}"#, #""a%7Cb/4199.json""#, #""a|b/4199.json""#),
        (#"{"format": "uri-reference"}"#, #""./a:b""#, #""1a:b""#),
        (#"{"format": "email"}"#, #""a@example.com""#, #""a.example.com""#),
        (#"{"contentEncoding": "base64"}"#, #""YWI=""#, #""YWI""#),
        (
            #"{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 3, "exclusiveMinimum": true}"#, "4", "3"
        ),
        (
            #"{"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 3, "exclusiveMaximum": false}"#, "3",
            "4"
        ),
        (
            ##"{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "#/definitions/n", "type": "string"}}, "definitions": {"n": {"type": "null"}}}"##,
            #"{"a": null}"#, #"{"a": "x"}"#
        ),
        (
            ##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"a": {"$ref": "#/$defs/n", "maximum": 3}}, "$defs": {"n": {"type": "integer"}}}"##,
            #"{"a": 3}"#, #"{"a": 4}"#
        ),
        (
            ##"{"properties": {"next": {"$ref": "#"}}, "additionalProperties": false}"##, #"{"next": {"next": {}}}"#,
            #"{"next": {"x": 1}}"#
        ),
    ])
    func `each keyword accepts what it should and refuses what it must`(schema: String, good: String, bad: String)
        throws
    {
        let schema = JSONSchema(try JSONReader.value(of: schema))
        #expect(schema.problems(of: try JSONReader.value(of: good)) == [])
        #expect(schema.problems(of: try JSONReader.value(of: bad)) != [])
    }

    @Test(arguments: [
        #"{"properties": {"a": {"format": "hostname"}}}"#, #"{"$schema": "http://json-schema.org/draft-03/schema#"}"#,
        #"{"properties": {"a": {"contentEncoding": "base32"}}}"#,
    ])
    func `a draft, a format or an encoding that is not known passes nothing`(schema: String) throws {
        #expect(JSONSchema(try JSONReader.value(of: schema)).problems(of: ["a": "b"]) != [])
    }

    @Test(arguments: [#"{"requierd": []}"#, ##"{"$ref": "#/nowhere"}"##, #"{"$ref": "https://example.com/x"}"#, "1"])
    func `a schema that cannot be obeyed passes nothing`(schema: String) throws {
        #expect(JSONSchema(try JSONReader.value(of: schema)).problems(of: [:]) != [])
    }
}
