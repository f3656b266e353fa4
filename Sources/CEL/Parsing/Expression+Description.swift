extension Expression: CustomStringConvertible {
    /// The expression as text of the language, with no more parentheses than it needs.
    public var description: String {
        switch kind {
        case .literal(let literal): literal.description
        case .identifier(let name, let isRooted): (isRooted ? "." : "") + name
        case .select(let operand, let field, let isOptional):
            operand.text(from: .member) + (isOptional ? ".?" : ".") + fieldText(field)
        case .presence(let operand, let field): "has(" + operand.text(from: .member) + "." + fieldText(field) + ")"
        case .index(let operand, let index, let isOptional):
            operand.text(from: .member) + (isOptional ? "[?" : "[") + index.description + "]"
        case .call(let function, let isRooted, let arguments):
            (isRooted ? "." : "") + function + "(" + joined(arguments) + ")"
        case .memberCall(let target, let function, let arguments):
            target.text(from: .member) + "." + function + "(" + joined(arguments) + ")"
        case .not(let operand): "!" + operand.text(from: operand.isNegation ? .member : .unary)
        // Another sign or a number after a minus sign would be read as one with it.
        case .negate(let operand): "-" + operand.text(from: operand.isNumberOrNot ? .primary : .unary)
        case .binary(let operation, let left, let right):
            left.text(from: operation.precedence) + " " + operation.rawValue + " "
                + right.text(from: operation.precedence.next)
        case .and(let operands): operands.map { $0.text(from: .relation) }.joined(separator: " && ")
        case .or(let operands): operands.map { $0.text(from: .and) }.joined(separator: " || ")
        case .conditional(let condition, let yes, let no):
            condition.text(from: .or) + " ? " + yes.text(from: .or) + " : " + no.text(from: .conditional)
        case .list(let elements):
            "[" + elements.map { ($0.isOptional ? "?" : "") + $0.value.description }.joined(separator: ", ") + "]"
        case .map(let entries):
            "{"
                + entries.map { ($0.isOptional ? "?" : "") + $0.key.description + ": " + $0.value.description }
                .joined(separator: ", ") + "}"
        case .comprehension(let it):
            it.range.text(from: .member) + "." + it.kind.rawValue + "("
                + ([it.first] + [it.second, it.condition?.description, it.body.description].compactMap { $0 })
                .joined(separator: ", ") + ")"
        case .bind(let variable, let value, let result): "cel.bind(" + variable + ", " + joined([value, result]) + ")"
        case .optionalMap(let target, let variable, let result, let isFlat):
            target.text(from: .member) + (isFlat ? ".optFlatMap(" : ".optMap(") + variable + ", " + result.description
                + ")"
        case .invalid: "<invalid>"
        }
    }

    /// How tightly the parts of an expression are bound, loosest first.
    enum Precedence: Int {
        case conditional, or, and, relation, sum, product, unary, member, primary

        var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
    }

    private var precedence: Precedence {
        switch kind {
        case .conditional: .conditional
        case .or: .or
        case .and: .and
        case .binary(let operation, _, _): operation.precedence
        case .not, .negate: .unary
        case .select, .index, .memberCall, .comprehension, .optionalMap: .member
        case .literal, .identifier, .presence, .call, .list, .map, .bind, .invalid: .primary
        }
    }

    private func text(from least: Precedence) -> String {
        let isBoundLooser = precedence.rawValue < least.rawValue
        return isBoundLooser || least == .primary ? "(" + description + ")" : description
    }

    private func joined(_ expressions: [Expression]) -> String {
        expressions.map(\.description).joined(separator: ", ")
    }

    private func fieldText(_ field: String) -> String {
        let isPlain =
            !field.isEmpty && field.utf8.allSatisfy { isLetter($0) || isDigit($0) }
            && !(field.utf8.first.map(isDigit) ?? true) && !["true", "false", "null", "in"].contains(field)
        return isPlain ? field : "`" + field + "`"
    }

    private var isNegation: Bool {
        if case .negate = kind { true } else { false }
    }

    private var isNumberOrNot: Bool {
        switch kind {
        case .not, .literal(.int), .literal(.uint), .literal(.double): true
        // A chain that starts with a number.
        case .select(let operand, _, _), .index(let operand, _, _), .memberCall(let operand, _, _),
            .optionalMap(let operand, _, _, _):
            operand.isNumberOrNot
        case .comprehension(let it): it.range.isNumberOrNot
        default: false
        }
    }
}

extension Expression.BinaryOperator {
    var precedence: Expression.Precedence {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .within: .relation
        case .add, .subtract: .sum
        case .multiply, .divide, .remainder: .product
        }
    }
}

extension Expression.Literal: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return String(value)
        case .int(let value): return String(value)
        case .uint(let value): return String(value) + "u"
        case .double(let value):
            let text = String(describing: value)
            return text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") } ? text + ".0" : text
        case .string(let value): return quoted(value)
        case .bytes(let value):
            return "b\""
                + value.map { byte in
                    let digits = String(byte, radix: 16)
                    return "\\x" + (digits.count < 2 ? "0" : "") + digits
                }.joined() + "\""
        }
    }
}

/// A text in double quotation marks, as the language reads it.
func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{7}": result += "\\a"
        case "\u{8}": result += "\\b"
        case "\u{B}": result += "\\v"
        case "\u{C}": result += "\\f"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
