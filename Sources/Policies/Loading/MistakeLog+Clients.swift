internal import AuditModel

extension MistakeLog {
    /// `4199`, or `na3/4199`.
    mutating func clientReference(_ node: YAMLNode) -> Waiver.ClientReference? {
        if let number = node.integer, (1...SettingValue.largestInteger).contains(number) {
            return Waiver.ClientReference(environment: nil, number: Int(number))
        }
        if let text = node.string {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            if let last = parts.last, parts.count <= 2, !last.isEmpty,
                last.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(last),
                number > 0, parts.count == 1 || !parts[0].isEmpty
            {
                let environment = parts.count == 2 ? EnvironmentName(String(parts[0])) : nil
                return Waiver.ClientReference(environment: environment, number: number)
            }
        }
        error(
            .expected("a client", what: "environment/number or a number", found: node.text ?? node.kindName),
            at: node.place)
        return nil
    }
}
