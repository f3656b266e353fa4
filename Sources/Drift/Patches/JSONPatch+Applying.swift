public import AuditModel

extension JSONPatch {
    /// The document after all edits. Where one cannot be made there is none: a document is never half patched.
    ///
    /// - Throws: ``JSONPatchError`` with the number of the edit.
    public func applied(to document: SettingValue) throws(JSONPatchError) -> SettingValue {
        var document = document
        for (index, operation) in operations.enumerated() {
            do {
                try document.perform(operation)
            } catch {
                throw JSONPatchError(operation: index + 1, error)
            }
        }
        return document
    }
}

extension SettingValue {
    fileprivate mutating func perform(_ operation: JSONPatch.Operation) throws(JSONPatchError.Cause) {
        switch operation {
        case .add(let path, let value): try add(value, at: path)
        case .remove(let path): _ = try remove(at: path)
        case .replace(let path, let value): try replace(with: value, at: path)
        case .move(let from, let path):
            guard !path.isInside(from) else { throw .movedIntoItself(from: from, to: path) }
            // To where it is: no edit, but it must be there. Also the one move that the whole document can make.
            if from == path {
                _ = try value(at: from)
                return
            }
            try add(try remove(at: from), at: path)
        case .copy(let from, let path): try add(try value(at: from), at: path)
        case .test(let path, let expected):
            let found = try value(at: path)
            guard found == expected else { throw .testFailed(path, expected: expected, found: found) }
        }
    }

    private func value(at path: JSONPointer) throws(JSONPatchError.Cause) -> SettingValue {
        var value = self
        for token in path.tokens {
            guard let next = value.child(token) else { throw .nothingThere(path) }
            value = next
        }
        return value
    }

    private func child(_ token: String) -> SettingValue? {
        switch self {
        case .object(let object): return object[token]
        case .array(let elements):
            guard case .index(let index) = ArrayToken(token), index < elements.count else { return nil }
            return elements[index]
        case .null, .bool, .integer, .number, .string: return nil
        }
    }

    private mutating func add(_ value: SettingValue, at path: JSONPointer) throws(JSONPatchError.Cause) {
        try edit(at: path) { (target: inout SettingValue, token) throws(JSONPatchError.Cause) in
            guard let token else {
                target = value
                return
            }
            switch target {
            case .object(var object):
                target = .null
                object[token] = value
                target = .object(object)
            case .array(var elements):
                target = .null
                switch ArrayToken(token) {
                case .end: elements.append(value)
                case .index(let index) where index <= elements.count: elements.insert(value, at: index)
                case .index: throw .beyondTheEnd(path, count: elements.count)
                case nil: throw .nothingThere(path)
                }
                target = .array(elements)
            case .null, .bool, .integer, .number, .string: throw .nothingThere(path)
            }
        }
    }

    private mutating func remove(at path: JSONPointer) throws(JSONPatchError.Cause) -> SettingValue {
        let removed = try value(at: path)
        try edit(at: path) { (target: inout SettingValue, token) throws(JSONPatchError.Cause) in
            // RFC 6902 leaves open what remains without a document; nothing is no JSON.
            guard let token else { throw .wholeDocumentRemoved }
            switch target {
            case .object(var object):
                target = .null
                object[token] = nil
                target = .object(object)
            case .array(var elements):
                guard case .index(let index) = ArrayToken(token) else { throw .nothingThere(path) }
                target = .null
                elements.remove(at: index)
                target = .array(elements)
            case .null, .bool, .integer, .number, .string: throw .nothingThere(path)
            }
        }
        return removed
    }

    private mutating func replace(with value: SettingValue, at path: JSONPointer) throws(JSONPatchError.Cause) {
        _ = try self.value(at: path)
        try edit(at: path) { (target: inout SettingValue, token) throws(JSONPatchError.Cause) in
            guard let token else {
                target = value
                return
            }
            try target.withChild(token, path) { (child: inout SettingValue) throws(JSONPatchError.Cause) in
                child = value
            }
        }
    }

    /// Goes to the parent of a place and edits it there; the closure also gets the last token, nil for the whole document.
    private mutating func edit(
        at path: JSONPointer, _ change: (inout SettingValue, String?) throws(JSONPatchError.Cause) -> Void
    ) throws(JSONPatchError.Cause) {
        guard let last = path.tokens.last else { return try change(&self, nil) }
        try descend(path.tokens.dropLast(), path) { (parent: inout SettingValue) throws(JSONPatchError.Cause) in
            try change(&parent, last)
        }
    }

    private mutating func descend(
        _ tokens: ArraySlice<String>, _ path: JSONPointer,
        _ change: (inout SettingValue) throws(JSONPatchError.Cause) -> Void
    ) throws(JSONPatchError.Cause) {
        guard let token = tokens.first else { return try change(&self) }
        try withChild(token, path) { (child: inout SettingValue) throws(JSONPatchError.Cause) in
            try child.descend(tokens.dropFirst(), path, change)
        }
    }

    /// Edits a child in place. The value is `null` meanwhile, so that nothing but the child is copied; where the edit
    /// fails, the whole document is given up anyway.
    private mutating func withChild(
        _ token: String, _ path: JSONPointer, _ change: (inout SettingValue) throws(JSONPatchError.Cause) -> Void
    ) throws(JSONPatchError.Cause) {
        switch self {
        case .object(var object):
            guard var child = object[token] else { throw .nothingThere(path) }
            self = .null
            object[token] = .null
            try change(&child)
            object[token] = child
            self = .object(object)
        case .array(var elements):
            guard case .index(let index) = ArrayToken(token), index < elements.count else {
                throw .nothingThere(path)
            }
            self = .null
            try change(&elements[index])
            self = .array(elements)
        case .null, .bool, .integer, .number, .string: throw .nothingThere(path)
        }
    }
}
