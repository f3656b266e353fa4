public import AuditModel
import Foundation

extension JSONSchema {
    /// One of the project's own schemas, by its name without ending: `audit-report`.
    public static func ofReports(_ name: String) throws -> JSONSchema {
        JSONSchema(try ofReportsDocument(name))
    }

    /// The same as a document.
    public static func ofReportsDocument(_ name: String) throws -> SettingValue {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/\(name).schema.json")
        return try JSONReader.value(of: Array(Data(contentsOf: file)))
    }

    /// The alterations of a valid document that this schema does not refuse, each with its place; and how many were tried.
    ///
    /// A strict schema knows each member and requires it: any one is taken away, renamed, and given a wrong type.
    /// - Parameter free: members that may have any value or be left out, and the members of which may have any name.
    public func alterationsAccepted(
        of value: SettingValue, free: Set<String>
    ) -> (count: Int, accepted: [String]) {
        var count = 0
        var accepted: [String] = []
        Self.forEachAlteration(of: Self.withShortLists(value), free: free) { place, altered in
            count += 1
            if problems(of: altered).isEmpty { accepted.append(place) }
        }
        return (count, accepted)
    }

    /// Elements are alike; the first two stand for all.
    private static func withShortLists(_ value: SettingValue) -> SettingValue {
        switch value {
        case .object(var object):
            for member in object.members { object[member.key] = withShortLists(member.value) }
            return .object(object)
        case .array(let elements): return .array(elements.prefix(2).map(withShortLists))
        case .null, .bool, .integer, .number, .string: return value
        }
    }

    private static func forEachAlteration(
        of value: SettingValue, free: Set<String>, _ body: (String, SettingValue) -> Void
    ) {
        func visit(_ current: SettingValue, _ path: String, _ rebuilt: (SettingValue) -> SettingValue) {
            switch current {
            case .object(let object):
                for member in object.members where !free.contains(member.key) {
                    let place = path + "/" + member.key
                    var without = object
                    without[member.key] = nil
                    body(place + " missing", rebuilt(.object(without)))
                    without["x-" + member.key] = member.value
                    body(place + " renamed", rebuilt(.object(without)))
                    var wrong = object
                    wrong[member.key] = .number(0.5)
                    body(place + " wrong type", rebuilt(.object(wrong)))
                    visit(member.value, place) { inner in
                        var changed = object
                        changed[member.key] = inner
                        return rebuilt(.object(changed))
                    }
                }
            case .array(let elements):
                for index in elements.indices {
                    visit(elements[index], path + "/\(index)") { inner in
                        var changed = elements
                        changed[index] = inner
                        return rebuilt(.array(changed))
                    }
                }
            case .null, .bool, .integer, .number, .string: break
            }
        }
        visit(value, "") { $0 }
    }
}
