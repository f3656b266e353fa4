public import AuditModel

extension JSONPatch {
    /// Reads a patch. Members that an operation does not have are passed over, as RFC 6902 section 4 asks; a member that
    /// stands twice is an error (section A.13).
    ///
    /// - Parameter limits: as for a document, and two levels more: those of the list and of the operation.
    /// - Throws: ``JSONPatchError``, also where a pointer is none.
    public init(
        bytes: [UInt8], limits: JSONReader.Limits = JSONReader.Limits(depth: JSONReader.Limits().depth + 2)
    ) throws(JSONPatchError) {
        let value: SettingValue
        do { value = try JSONReader.value(of: bytes, limits: limits) } catch {
            throw JSONPatchError(operation: nil, .notJSON(error))
        }
        try self.init(json: value)
    }

    /// Reads a patch that is a JSON value already.
    ///
    /// - Throws: ``JSONPatchError``.
    public init(json: SettingValue) throws(JSONPatchError) {
        guard case .array(let elements) = json else { throw JSONPatchError(operation: nil, .notAList) }
        operations = []
        for (index, element) in elements.enumerated() {
            do {
                operations.append(try Self.operation(element))
            } catch {
                throw JSONPatchError(operation: index + 1, error)
            }
        }
    }

    private static func operation(_ json: SettingValue) throws(JSONPatchError.Cause) -> Operation {
        guard case .object(let object) = json else { throw .notAnObject }
        let name = try text("op", in: object)
        let path = try pointer("path", in: object)
        switch name {
        case "add": return .add(path, try value(in: object))
        case "remove": return .remove(path)
        case "replace": return .replace(path, try value(in: object))
        case "move": return .move(from: try pointer("from", in: object), to: path)
        case "copy": return .copy(from: try pointer("from", in: object), to: path)
        case "test": return .test(path, try value(in: object))
        default: throw .unknownOperation(name)
        }
    }

    private static func value(in object: SettingObject) throws(JSONPatchError.Cause) -> SettingValue {
        guard let value = object["value"] else { throw .missing("value") }
        return value
    }

    private static func text(_ key: String, in object: SettingObject) throws(JSONPatchError.Cause) -> String {
        guard let value = object[key] else { throw .missing(key) }
        guard let text = value.stringValue else { throw .notText(key) }
        return text
    }

    private static func pointer(_ key: String, in object: SettingObject) throws(JSONPatchError.Cause) -> JSONPointer {
        let text = try text(key, in: object)
        guard let pointer = JSONPointer(text) else { throw .invalidPointer(text) }
        return pointer
    }
}
