public import AuditModel

/// The answer of "Read Client Messaging Settings".
public struct MessagingSettings: Sendable, Hashable {
    /// One key-value property. The vendor documents no list of keys, and keys may repeat.
    public struct Property: Sendable, Hashable {
        /// The key.
        public var key: Field<String>
        /// The value; a number is kept as its text.
        public var value: Field<String>
        /// Members that the vendor's page does not name.
        public var others: [SettingObject.Member]

        init?(_ value: SettingValue) {
            guard var reader = MemberReader(value) else { return nil }
            key = reader.text("key")
            self.value = reader.field("value", WireValue.textOrNumber)
            others = reader.others
        }
    }

    /// The properties in the order received.
    public var properties: Field<[Property]>
    /// The default Input Filter.
    public var defaultInputFilterID: Field<Int64>
    /// Members that the vendor's page does not name.
    public var others: [SettingObject.Member]

    /// Reads the answer; nil where it is no object.
    public init?(_ value: SettingValue) {
        guard var reader = MemberReader(value) else { return nil }
        properties = reader.field("property") { $0.elements(Property.init) }
        defaultInputFilterID = reader.integer("defaultInputFilterId")
        others = reader.others
    }
}

extension SettingValue {
    /// The elements of a list, each read; nil where this is no list or one of them cannot be read.
    func elements<Element>(_ read: (SettingValue) -> Element?) -> [Element]? {
        guard let values = arrayValue else { return nil }
        let elements = values.compactMap(read)
        return elements.count == values.count ? elements : nil
    }
}
