/// A list that the host holds and hands out element by element, so that no document has to be converted as a whole.
public protocol HostList: AnyObject, Sendable {
    /// The number of elements.
    var count: Int { get }
    /// The element at an index from 0 to `count - 1`.
    func element(at index: Int) -> Value
    /// What is at a key of the element at an index; loops ask for it where they need no more of an element.
    ///
    /// The default looks into ``element(at:)``; a host that can spare making the element does it itself.
    func field(_ key: String, ofElementAt index: Int) -> Slot
}

extension HostList {
    public func field(_ key: String, ofElementAt index: Int) -> Slot { element(at: index).field(key) }
}

/// A list, of the evaluator's own or the host's.
public struct ListValue: Sendable {
    enum Storage: Sendable {
        case own([Value])
        case host(any HostList)
    }

    let storage: Storage

    /// A list of values.
    public init(_ elements: [Value]) {
        storage = .own(elements)
    }

    /// A list that the host holds.
    public init(_ host: any HostList) {
        storage = .host(host)
    }

    /// The number of elements.
    public var count: Int {
        switch storage {
        case .own(let elements): elements.count
        case .host(let host): host.count
        }
    }

    /// Whether there is none.
    public var isEmpty: Bool { count == 0 }

    /// The element at an index from 0 to `count - 1`.
    public subscript(index: Int) -> Value {
        switch storage {
        case .own(let elements): elements[index]
        case .host(let host): host.element(at: index)
        }
    }

    /// What is at a key of the element at an index from 0 to `count - 1`.
    func field(_ key: String, ofElementAt index: Int) -> Slot {
        switch storage {
        case .own(let elements): elements[index].field(key)
        case .host(let host): host.field(key, ofElementAt: index)
        }
    }

    /// All elements, in order.
    public var elements: [Value] {
        switch storage {
        case .own(let elements): elements
        case .host(let host): (0..<host.count).map(host.element(at:))
        }
    }
}
