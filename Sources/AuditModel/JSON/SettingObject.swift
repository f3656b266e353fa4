/// The members of a JSON object: unique keys, sorted as canonical JSON sorts them.
public struct SettingObject: Sendable, Hashable {
    /// One key with its value.
    public struct Member: Sendable, Hashable {
        /// The key; compared by its bytes.
        public let key: String
        /// The value.
        public var value: SettingValue

        /// Joins the two.
        public init(key: String, value: SettingValue) {
            self.key = key
            self.value = value
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.key.isIdentical(to: right.key) && left.value == right.value
        }
    }

    /// The members, sorted by key in UTF-16 code units.
    public private(set) var members: [Member]

    /// An object of these members; of a repeated key the last is kept.
    ///
    /// ``JSONReader`` refuses repeated keys before they come here.
    public init(_ members: [Member] = []) {
        self.members = []
        self.members.reserveCapacity(members.count)
        for member in members { self[member.key] = member.value }
    }

    /// Takes members that are sorted and unique already.
    init(sortedUnique members: [Member]) {
        self.members = members
    }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys, sorted.
    public var keys: [String] { members.map(\.key) }

    /// The value at a key; setting nil removes it.
    public subscript(key: String) -> SettingValue? {
        get {
            // The groups have at most some tens of keys, where a scan is faster than a search.
            if members.count <= 24 {
                for member in members where member.key.isIdentical(to: key) { return member.value }
                return nil
            }
            let index = insertionIndex(of: key)
            // In `found ? value : nil` the value's own null would be meant, since it can be written as nil, too.
            guard index < members.count, members[index].key.isIdentical(to: key) else {
                return Optional<SettingValue>.none
            }
            return members[index].value
        }
        set {
            let index = insertionIndex(of: key)
            let found = index < members.count && members[index].key.isIdentical(to: key)
            switch (newValue, found) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert(Member(key: key, value: value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// The index of the first member whose key is not before `key`.
    private func insertionIndex(of key: String) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key.precedesInUTF16(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
