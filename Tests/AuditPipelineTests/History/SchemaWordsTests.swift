import AuditModel
import AuditPipeline
import AuditTestSupport
import Testing

/// The enumerations of the schemas for `why` and `forecast` are those of the pipeline.
struct SchemaWordsTests {
    private func words(_ schema: String, _ path: String...) throws -> [String] {
        let document = try JSONSchema.ofReportsDocument(schema)
        let list = path.reduce(Optional(document)) { $0?[$1] }?["enum"]?.arrayValue
        return try #require(list).compactMap(\.stringValue)
    }

    @Test func `causes have the same words in code and schema`() throws {
        #expect(
            try words("audit-why", "$defs", "move", "properties", "causes", "items")
                == VerdictStory.Cause.allCases.map(\.rawValue))
        #expect(
            try words("audit-forecast", "$defs", "move", "properties", "causes", "items")
                == Forecast.Cause.allCases.map(\.rawValue))
        #expect(
            try words("audit-forecast", "$defs", "waiverDate", "properties", "kind")
                == Forecast.WaiverDate.Kind.allCases.map(\.rawValue))
        for schema in ["audit-why", "audit-history", "audit-forecast", "audit-dashboard"] {
            #expect(try words(schema, "$defs", "verdict") == Verdict.allCases.map(\.rawValue))
        }
    }
}
