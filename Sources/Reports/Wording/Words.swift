package import AuditModel

/// Numbers, plurals and lists as people read them; English, and the same everywhere.
package enum Words {
    /// A number with its thousands apart: `10,240`.
    package static func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `1 client`, `3 clients`, `2 policies`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(Self.number(number)) \(number == 1 ? noun : plural(noun))"
    }

    /// `no clients`, `1 client`, `3 clients`.
    package static func countOrNo(_ number: Int, _ noun: String) -> String {
        number == 0 ? "no \(plural(noun))" : count(number, noun)
    }

    package static func plural(_ noun: String) -> String {
        if noun.hasSuffix("y"), !noun.hasSuffix("ay"), !noun.hasSuffix("ey") { return noun.dropLast() + "ies" }
        return noun + "s"
    }

    package static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// `A, B, C and 11 more`; all of them where one more than the limit would be left.
    package static func list(_ names: [String], limit: Int = 3) -> String {
        guard names.count > limit + 1 else { return names.joined(separator: ", ") }
        return names.prefix(limit).joined(separator: ", ") + " and \(number(names.count - limit)) more"
    }

    /// The code where there is one, else the id; what stands in lists of clients.
    package static func short(_ client: Client) -> String {
        client.code.isEmpty ? client.id.description : client.code
    }

    /// `ACME (na3/4199)`.
    package static func label(_ client: Client) -> String {
        client.code.isEmpty ? client.id.description : "\(client.code) (\(client.id))"
    }

    /// `ACME, BETA and 3 more`, where each is known by its code.
    package static func clients(_ clients: [Client], limit: Int = 3) -> String {
        clients.count == 1 ? label(clients[0]) : list(clients.map(short), limit: limit)
    }
}
