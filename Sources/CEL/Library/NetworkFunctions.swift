extension Library {
    private static let ip = ValueType.opaque("net.IP", [])
    private static let cidr = ValueType.opaque("net.CIDR", [])

    static let network: [Function] = [
        fromText("ip", ip) { (text) throws(EvaluationError) in .opaque(AddressValue(try address(text))) },
        fromText("cidr", cidr) { (text) throws(EvaluationError) in .opaque(try network(text)) },
        fromText("isIP", .bool) { (text) throws(EvaluationError) in .bool((try? address(text)) != nil) },
        fromText("isCIDR", .bool) { (text) throws(EvaluationError) in .bool((try? network(text)) != nil) },
        fromText("ip.isCanonical", .bool) { (text) throws(EvaluationError) in
            .bool(try address(text).description == text)
        },
        ofAddress("family", .int) { .int($0.isVersion4 ? 4 : 6) },
        ofAddress("isUnspecified", .bool) { .bool($0.isUnspecified) },
        ofAddress("isLoopback", .bool) { .bool($0.isLoopback) },
        ofAddress("isGlobalUnicast", .bool) { .bool($0.isGlobalUnicast) },
        ofAddress("isLinkLocalMulticast", .bool) { .bool($0.isLinkLocalMulticast) },
        ofAddress("isLinkLocalUnicast", .bool) { .bool($0.isLinkLocalUnicast) },
        ofNetwork("ip", ip) { .opaque(AddressValue($0.address)) },
        ofNetwork("masked", cidr) {
            .opaque(NetworkValue($0.address.masked(to: $0.length), length: $0.length))
        },
        ofNetwork("prefixLength", .int) { .int(Int64($0.length)) },
        Function(
            "containsIP", [.member([cidr, ip], .bool), .member([cidr, .string], .bool)],
            .two { (value, other, _) throws(EvaluationError) in
                guard case .opaque(let opaque) = value, let network = opaque as? NetworkValue else {
                    throw EvaluationError.noOverload("containsIP", value, other)
                }
                switch other {
                case .string(let text): return .bool(network.contains(try address(text)))
                case .opaque(let other as AddressValue): return .bool(network.contains(other.address))
                default: throw EvaluationError.noOverload("containsIP", value, other)
                }
            }),
        Function(
            "containsCIDR", [.member([cidr, cidr], .bool), .member([cidr, .string], .bool)],
            .two { (value, other, _) throws(EvaluationError) in
                guard case .opaque(let opaque) = value, let outer = opaque as? NetworkValue else {
                    throw EvaluationError.noOverload("containsCIDR", value, other)
                }
                let inner: NetworkValue
                switch other {
                case .string(let text): inner = try network(text)
                case .opaque(let other as NetworkValue): inner = other
                default: throw EvaluationError.noOverload("containsCIDR", value, other)
                }
                return .bool(outer.length <= inner.length && outer.contains(inner.address))
            }),
    ]

    private static func fromText(
        _ name: String, _ result: ValueType,
        _ body: @escaping @Sendable (String) throws(EvaluationError) -> Value
    ) -> Function {
        Function(
            name, [.global([.string], result)],
            .one { (value, _) throws(EvaluationError) in
                guard case .string(let text) = value else { throw EvaluationError.noOverload(name, value) }
                return try body(text)
            })
    }

    private static func ofAddress(
        _ name: String, _ result: ValueType, _ body: @escaping @Sendable (NetworkAddress) -> Value
    ) -> Function {
        Function(
            name, [.member([ip], result)],
            .one { (value, _) throws(EvaluationError) in
                guard case .opaque(let opaque) = value, let address = opaque as? AddressValue else {
                    throw EvaluationError.noOverload(name, value)
                }
                return body(address.address)
            })
    }

    private static func ofNetwork(
        _ name: String, _ result: ValueType, _ body: @escaping @Sendable (NetworkValue) -> Value
    ) -> Function {
        Function(
            name, [.member([cidr], result)],
            .one { (value, _) throws(EvaluationError) in
                guard case .opaque(let opaque) = value, let network = opaque as? NetworkValue else {
                    throw EvaluationError.noOverload(name, value)
                }
                return body(network)
            })
    }

    private static func address(_ text: String) throws(EvaluationError) -> NetworkAddress {
        guard let address = NetworkAddress(text) else {
            throw EvaluationError(.badConversion(Value.string(text).shortText, to: "net.IP"))
        }
        return address
    }

    private static func network(_ text: String) throws(EvaluationError) -> NetworkValue {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int64(decimal: String(parts[1])),
            parts[1].utf8.first.map(isDigit) == true, parts[1] == "0" || parts[1].utf8.first != UInt8(ascii: "0")
        else { throw EvaluationError(.badConversion(Value.string(text).shortText, to: "net.CIDR")) }
        let address = try address(String(parts[0]))
        guard length <= Int64(address.bytes.count * 8) else {
            throw EvaluationError(.badConversion(Value.string(text).shortText, to: "net.CIDR"))
        }
        return NetworkValue(address, length: Int(length))
    }
}
