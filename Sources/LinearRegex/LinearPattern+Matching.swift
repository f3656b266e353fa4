extension LinearPattern {
    /// Does the pattern match anywhere in the text?
    public func isMatch(in text: String) -> Bool {
        withUTF8(of: text, isMatch(in:))
    }

    /// Does the pattern match the text from its start to its end?
    public func isWholeMatch(_ text: String) -> Bool {
        withUTF8(of: text, isWholeMatch(_:))
    }

    /// The leftmost match in the text; among those that start there, the one that a backtracking engine would try
    /// first.
    public func firstMatch(in text: String) -> Match? {
        withUTF8(of: text, firstMatch(in:))
    }

    /// The match of the text from its start to its end; among those, the one that a backtracking engine would try
    /// first.
    public func wholeMatch(of text: String) -> Match? {
        withUTF8(of: text, wholeMatch(of:))
    }

    // MARK: The same over bytes of UTF-8

    public func isMatch(in utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        core.searchEnd(in: utf8, isEarliestEnough: true) != nil
    }

    public func isWholeMatch(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        core.isWholeMatch(utf8)
    }

    public func firstMatch(in utf8: UnsafeBufferPointer<UInt8>) -> Match? {
        guard let end = core.searchEnd(in: utf8, isEarliestEnough: false) else { return nil }
        return core.match(in: utf8, from: core.searchStart(in: utf8, to: end), to: end)
    }

    public func wholeMatch(of utf8: UnsafeBufferPointer<UInt8>) -> Match? {
        core.isWholeMatch(utf8) ? core.match(in: utf8, from: 0, to: utf8.count) : nil
    }

    private func withUTF8<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        // Only a string that another system's library keeps is not in UTF-8 already.
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
