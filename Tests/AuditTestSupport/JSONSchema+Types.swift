import AuditModel

// The keywords that speak of one type each; instances of other types pass them.
extension SchemaValidation {
    mutating func checkByType(
        _ instance: SettingValue, keyword: String, value: SettingValue, of schema: SettingObject, at place: String
    ) {
        switch keyword {
        case "properties", "patternProperties", "additionalProperties", "required", "propertyNames", "minProperties",
            "maxProperties", "dependentRequired":
            if let object = instance.objectValue { check(object, keyword, value, of: schema, at: place) }
        case "items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains":
            if let elements = instance.arrayValue { check(elements, keyword, value, of: schema, at: place) }
        case "minLength", "maxLength", "pattern", "format", "contentEncoding":
            if let text = instance.stringValue { check(text, keyword, value, at: place) }
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            if let number = instance.double { check(number, keyword, value, of: schema, at: place) }
        default: report(place, "the schema has a keyword that is not supported: \(keyword)")
        }
    }

    private mutating func check(
        _ object: SettingObject, _ keyword: String, _ value: SettingValue, of schema: SettingObject, at place: String
    ) {
        switch keyword {
        case "properties":
            for member in object.members {
                if let own = value[member.key] { validate(member.value, by: own, at: place + "/" + member.key) }
            }
        case "patternProperties":
            for member in object.members {
                for pattern in value.objectValue?.members ?? [] where matches(member.key, pattern.key, at: place) {
                    validate(member.value, by: pattern.value, at: place + "/" + member.key)
                }
            }
        case "additionalProperties":
            let patterns = schema["patternProperties"]?.objectValue?.keys ?? []
            for member in object.members where schema["properties"]?[member.key] == nil {
                var isKnown = false
                for pattern in patterns where matches(member.key, pattern, at: place) { isKnown = true }
                if isKnown { continue }
                validate(member.value, by: value, at: place + "/" + member.key)
            }
        case "required":
            for key in value.arrayValue?.compactMap(\.stringValue) ?? [] where object[key] == nil {
                report(place, "lacks \(key)")
            }
        case "propertyNames":
            for key in object.keys { validate(.string(key), by: value, at: place + "/" + key) }
        case "dependentRequired":
            for member in value.objectValue?.members ?? [] where object[member.key] != nil {
                for key in member.value.arrayValue?.compactMap(\.stringValue) ?? [] where object[key] == nil {
                    report(place, "has \(member.key) and lacks \(key)")
                }
            }
        default: compare(object.count, keyword, value, at: place)
        }
    }

    private mutating func check(
        _ elements: [SettingValue], _ keyword: String, _ value: SettingValue, of schema: SettingObject, at place: String
    ) {
        switch keyword {
        case "items", "prefixItems":
            if let own = value.arrayValue {
                for (index, pair) in zip(elements, own).enumerated() {
                    validate(pair.0, by: pair.1, at: place + "/\(index)")
                }
            } else {
                let skipped = schema["prefixItems"]?.arrayValue?.count ?? 0
                for (index, element) in elements.enumerated().dropFirst(skipped) {
                    validate(element, by: value, at: place + "/\(index)")
                }
            }
        case "additionalItems":
            guard let own = schema["items"]?.arrayValue else { return }
            for (index, element) in elements.enumerated().dropFirst(own.count) {
                validate(element, by: value, at: place + "/\(index)")
            }
        case "uniqueItems":
            if value == .bool(true), Set(elements).count != elements.count { report(place, "has an element twice") }
        case "contains":
            for element in elements where isValid(element, by: value, at: place) { return }
            report(place, "contains none")
        default: compare(elements.count, keyword, value, at: place)
        }
    }

    private mutating func check(_ text: String, _ keyword: String, _ value: SettingValue, at place: String) {
        switch keyword {
        case "pattern":
            if !matches(text, value.stringValue ?? "", at: place) { report(place, "does not match \(value)") }
        case "format":
            switch holds(text, format: value.stringValue ?? "", at: place) {
            case true?: break
            case false?: report(place, "is no \(value.stringValue ?? "")")
            case nil: report(place, "the schema has a format that is not supported: \(value)")
            }
        case "contentEncoding":
            guard value == "base64" else { return report(place, "the schema has an encoding that is not supported") }
            let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
            if !matches(text, base64, at: place) { report(place, "is no base64") }
        default: compare(text.unicodeScalars.count, keyword, value, at: place)
        }
    }

    /// Whether a text is of a format; nil for a format that is not known.
    private mutating func holds(_ text: String, format: String, at place: String) -> Bool? {
        // RFC 3986: what a reference may consist of, appendix A.
        let reference = "([A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
        switch format {
        case "date-time": return Timestamp(rfc3339: text) != nil
        case "date": return CalendarDay(text) != nil
        case "uri": return matches(text, "^[A-Za-z][A-Za-z0-9+.-]*:\(reference)$", at: place)
        case "uri-reference":
            // Without a scheme, no colon before the first slash.
            return matches(text, "^\(reference)$", at: place)
                && (matches(text, "^[A-Za-z][A-Za-z0-9+.-]*:", at: place)
                    || matches(text, "^[^:]*([/?#].*)?$", at: place))
        case "email": return matches(text, "^[^@\\s]+@[^@\\s]+$", at: place)
        case "uuid":
            return matches(text, "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", at: place)
        default: return nil
        }
    }

    private mutating func check(
        _ number: Double, _ keyword: String, _ value: SettingValue, of schema: SettingObject, at place: String
    ) {
        if draft == .draft4, keyword == "exclusiveMinimum" || keyword == "exclusiveMaximum" {
            // A flag in draft-04, which the bound beside it reads.
            if case .bool = value { return }
            return report(place, "\(keyword) is no boolean")
        }
        guard let bound = value.double else { return report(place, "\(keyword) is no number") }
        let excludes =
            draft == .draft4 && schema[keyword == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum"] == true
        let holds =
            switch keyword {
            case "minimum": excludes ? number > bound : number >= bound
            case "maximum": excludes ? number < bound : number <= bound
            case "exclusiveMinimum": number > bound
            case "exclusiveMaximum": number < bound
            default: number.truncatingRemainder(dividingBy: bound) == 0
            }
        if !holds { report(place, "\(number) breaks \(keyword) \(bound)") }
    }

    /// `minItems`, `maxLength` and their like.
    private mutating func compare(_ count: Int, _ keyword: String, _ value: SettingValue, at place: String) {
        guard let bound = value.integerValue else { return report(place, "\(keyword) is no integer") }
        let holds = keyword.hasPrefix("min") ? Int64(count) >= bound : Int64(count) <= bound
        if !holds { report(place, "\(count) breaks \(keyword) \(bound)") }
    }

    private mutating func matches(_ text: String, _ pattern: String, at place: String) -> Bool {
        // ECMA-262, which schemas are written in, matches code points, and its \d and \w are ASCII; \p{L} and its like are not.
        if patterns[pattern] == nil {
            patterns[pattern] = (try? Regex(pattern)).map {
                $0.matchingSemantics(.unicodeScalar).asciiOnlyDigits().asciiOnlyWordCharacters()
            }
        }
        guard let regex = patterns[pattern] else {
            report(place, "unreadable pattern \(pattern)")
            return true
        }
        return text.firstMatch(of: regex) != nil
    }
}

extension SettingValue {
    fileprivate var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }
}
