import AuditModel

/// How the elements of two lists belong together where the catalogue names the member that identifies them.
///
/// Elements that are equal belong together wherever they stand. Of the rest, those with the same key value (with its
/// type) are paired. Where a key is repeated, the remaining elements of both sides are paired in the order of their
/// canonical text, so that their order in the lists never matters. Elements without the key, or with a list or object
/// in its place, are treated as if they shared one key.
///
/// Names are unique: an element of the earlier list keeps its own (`[id=5]`, its second occurrence `[id=5#2]`, a position
/// where it has no key), as ``SettingPath/concreteSteps(of:at:)`` gives it; an added element is named as if it had been
/// appended to the earlier list.
enum KeyedPairing {
    /// Two elements that belong together and are not equal, or one that has no partner.
    struct Pair {
        var step: SettingPath.Step
        var before: SettingValue?
        var after: SettingValue?
    }

    /// The positions of the elements of one key value that are still without an equal partner. One of each is the rule,
    /// and needs no array.
    private struct Bucket {
        var before: [Int] = []
        var after: [Int] = []
    }

    static func differing(_ before: [SettingValue], _ after: [SettingValue], key: String) -> [Pair] {
        // What is equal in order at both ends needs no look-up; often that leaves one element, or none on one side.
        let shorter = min(before.count, after.count)
        var prefix = 0
        while prefix < shorter, before[prefix] == after[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shorter - prefix, before[before.count - 1 - suffix] == after[after.count - 1 - suffix] {
            suffix += 1
        }
        var naming = ElementNaming(of: before, key: key)
        let left = prefix..<(before.count - suffix)
        let right = prefix..<(after.count - suffix)
        if left.count == 1, right.count == 1,
            naming.identity(of: before[left.lowerBound]) == naming.identity(of: after[right.lowerBound])
        {
            let step = naming.step(at: left.lowerBound)
            return [Pair(step: step, before: before[left.lowerBound], after: after[right.lowerBound])]
        }
        if let pairs = numbered(before, left, after, right, &naming) { return pairs }
        var pairs: [Pair] = []
        for bucket in buckets(before, left, after, right, naming) {
            let rest = withoutEqual(bucket, before, after)
            for (one, other) in zip(rest.before, rest.after) {
                pairs.append(Pair(step: naming.step(at: one), before: before[one], after: after[other]))
            }
            for one in rest.before.dropFirst(rest.after.count) {
                pairs.append(Pair(step: naming.step(at: one), before: before[one], after: nil))
            }
            for other in rest.after.dropFirst(rest.before.count) {
                pairs.append(Pair(step: naming.nextStep(for: after[other]), before: nil, after: after[other]))
            }
        }
        return pairs
    }

    /// The pairs of lists whose key values are integers, each once a side, as the vendor's are: by sorting, which costs a
    /// third of what hashing does. Nil for other lists.
    private static func numbered(
        _ before: [SettingValue], _ left: Range<Int>, _ after: [SettingValue], _ right: Range<Int>,
        _ naming: inout ElementNaming
    ) -> [Pair]? {
        guard let earlier = naming.numbers(of: before, in: left), let later = naming.numbers(of: after, in: right)
        else {
            return nil
        }
        var pairs: [Pair] = []
        var one = 0
        var other = 0
        while one < earlier.count || other < later.count {
            if other == later.count || one < earlier.count && earlier[one].number < later[other].number {
                let index = earlier[one].index
                pairs.append(Pair(step: naming.step(at: index), before: before[index], after: nil))
                one += 1
            } else if one == earlier.count || later[other].number < earlier[one].number {
                let element = after[later[other].index]
                pairs.append(Pair(step: naming.nextStep(for: element), before: nil, after: element))
                other += 1
            } else {
                let (index, partner) = (earlier[one].index, later[other].index)
                if before[index] != after[partner] {
                    pairs.append(Pair(step: naming.step(at: index), before: before[index], after: after[partner]))
                }
                one += 1
                other += 1
            }
        }
        return pairs
    }

    /// By key value, in the order in which the values appear first.
    private static func buckets(
        _ before: [SettingValue], _ left: Range<Int>, _ after: [SettingValue], _ right: Range<Int>,
        _ naming: ElementNaming
    ) -> [Bucket] {
        var buckets: [Bucket] = []
        var places: [SettingValue?: Int] = [:]
        func place(of element: SettingValue) -> Int {
            let identity = naming.identity(of: element)
            if let place = places[identity] { return place }
            places[identity] = buckets.count
            buckets.append(Bucket())
            return buckets.count - 1
        }
        for index in left { buckets[place(of: before[index])].before.append(index) }
        for index in right { buckets[place(of: after[index])].after.append(index) }
        return buckets
    }

    /// The bucket without the elements that both sides have, in the order in which the rest is paired.
    private static func withoutEqual(_ bucket: Bucket, _ before: [SettingValue], _ after: [SettingValue]) -> Bucket {
        if bucket.before.count <= 1, bucket.after.count <= 1 {
            guard let one = bucket.before.first, let other = bucket.after.first else { return bucket }
            return before[one] == after[other] ? Bucket() : bucket
        }
        var unpaired: [SettingValue: Int] = [:]
        for index in bucket.after { unpaired[after[index], default: 0] += 1 }
        var rest = Bucket()
        var paired: [SettingValue: Int] = [:]
        for index in bucket.before {
            if let count = unpaired[before[index]], count > 0 {
                unpaired[before[index]] = count - 1
                paired[before[index], default: 0] += 1
            } else {
                rest.before.append(index)
            }
        }
        for index in bucket.after {
            if let count = paired[after[index]], count > 0 {
                paired[after[index]] = count - 1
            } else {
                rest.after.append(index)
            }
        }
        rest.before = inCanonicalOrder(rest.before, of: before)
        rest.after = inCanonicalOrder(rest.after, of: after)
        return rest
    }

    private static func inCanonicalOrder(_ indices: [Int], of elements: [SettingValue]) -> [Int] {
        guard indices.count > 1 else { return indices }
        return indices.map { (index: $0, text: CanonicalJSON.text(of: elements[$0])) }
            .sorted { $0.text == $1.text ? $0.index < $1.index : $0.text.precedesInUTF16($1.text) }.map(\.index)
    }
}

/// The names of a keyed list's elements, and of those that are added to it.
struct ElementNaming {
    private let elements: [SettingValue]
    private let key: String
    private var appended: [SettingValue?: Int] = [:]
    /// For long lists alone: each element's occurrence, and how often each key value occurs.
    private var table: (occurrences: [Int], counts: [SettingValue: Int])?

    init(of elements: [SettingValue], key: String) {
        self.elements = elements
        self.key = key
    }

    /// The key's value; nil where an element has none that can identify it.
    func identity(of element: SettingValue) -> SettingValue? {
        guard let value = element[key] else { return nil }
        switch value {
        case .null, .bool, .integer, .number, .string: return value
        case .array, .object: return nil
        }
    }

    /// The key values of some elements with their positions, by value; nil where one is no integer or stands twice.
    func numbers(of elements: [SettingValue], in range: Range<Int>) -> [(number: Int64, index: Int)]? {
        var numbers: [(number: Int64, index: Int)] = []
        numbers.reserveCapacity(range.count)
        // The elements of one list have one shape, so the key is mostly where it was in the element before.
        var place = 0
        var isAscending = true
        var isDescending = true
        for index in range {
            guard case .object(let object) = elements[index] else { return nil }
            let members = object.members
            if place >= members.count || !members[place].key.isIdentical(to: key) {
                guard let found = members.firstIndex(where: { $0.key.isIdentical(to: key) }) else { return nil }
                place = found
            }
            guard case .integer(let number) = members[place].value else { return nil }
            if let last = numbers.last {
                isAscending = isAscending && last.number < number
                isDescending = isDescending && last.number > number
            }
            numbers.append((number, index))
        }
        if isAscending { return numbers }
        if isDescending { return numbers.reversed() }
        numbers.sort { $0.number < $1.number }
        for index in numbers.indices.dropFirst() where numbers[index].number == numbers[index - 1].number { return nil }
        return numbers
    }

    /// The name of an element of the list.
    mutating func step(at index: Int) -> SettingPath.Step {
        guard let value = identity(of: elements[index]) else { return .index(index) }
        return .selected(key: key, value: value, occurrence: occurrence(of: value, at: index))
    }

    /// The name of an element as if it were appended; each call names one element more.
    mutating func nextStep(for element: SettingValue) -> SettingPath.Step {
        let identity = identity(of: element)
        let already = appended[identity, default: 0]
        appended[identity] = already + 1
        guard let identity else { return .index(elements.count + already) }
        return .selected(key: key, value: identity, occurrence: count(of: identity) + already + 1)
    }

    private mutating func occurrence(of value: SettingValue, at index: Int) -> Int {
        if let table = builtTable() { return table.occurrences[index] }
        return 1 + elements[..<index].count { $0[key] == value }
    }

    private mutating func count(of value: SettingValue) -> Int {
        if let table = builtTable() { return table.counts[value, default: 0] }
        return elements.count { $0[key] == value }
    }

    /// Counting again for each name is quickest in the short lists that clients have, and quadratic in long ones.
    private mutating func builtTable() -> (occurrences: [Int], counts: [SettingValue: Int])? {
        guard elements.count > 256 else { return nil }
        if let table { return table }
        var counts: [SettingValue: Int] = [:]
        let occurrences = elements.map { element in
            guard let value = identity(of: element) else { return 0 }
            counts[value, default: 0] += 1
            return counts[value, default: 0]
        }
        table = (occurrences, counts)
        return table
    }
}
