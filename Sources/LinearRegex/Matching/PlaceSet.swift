/// A set of places in a program that remembers their order, and is emptied in no time.
///
/// - SeeAlso: Briggs and Torczon, "An efficient representation for sparse sets", 1993.
struct PlaceSet: Sendable {
    private(set) var places: [Int32] = []
    private var positions: [Int32]

    init(capacity: Int) {
        positions = [Int32](repeating: 0, count: capacity)
    }

    /// True where it was not in the set.
    @inline(__always)
    mutating func insert(_ place: Int32) -> Bool {
        let position = Int(positions[Int(place)])
        if position < places.count, places[position] == place { return false }
        positions[Int(place)] = Int32(truncatingIfNeeded: places.count)
        places.append(place)
        return true
    }

    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
    }
}
