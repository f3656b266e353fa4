/// Looks for any of some words inside texts, whatever their case.
///
/// Every key and text of every new body is looked through, which `String.contains` is far too slow for: it was a fifth of
/// a first night.
struct WordSearch: Sendable {
    /// Lower-case ASCII, never empty.
    private let words: [[UInt8]]
    /// One bit for each letter that a word begins with; words that begin otherwise set ``hasOtherBeginnings``.
    private let firstLetters: UInt32
    private let hasOtherBeginnings: Bool
    /// Words with other characters, in lower case.
    private let otherWords: [String]

    init(_ words: [String]) {
        let lowered = words.map { $0.lowercased() }.filter { !$0.isEmpty }
        self.words = lowered.filter { $0.utf8.allSatisfy { $0 < 0x80 } }.map { Array($0.utf8) }
        otherWords = lowered.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
        var letters: UInt32 = 0
        var hasOthers = false
        for word in self.words {
            if let bit = Self.letterBit(word[0]) { letters |= bit } else { hasOthers = true }
        }
        firstLetters = letters
        hasOtherBeginnings = hasOthers
    }

    /// Whether one of the words is in the text.
    func finds(_ text: String) -> Bool {
        // Some characters beyond ASCII have a lower case within it (the Kelvin sign).
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        var text = isASCII ? text : text.lowercased()
        if !isASCII, otherWords.contains(where: { text.contains($0) }) { return true }
        return text.withUTF8 { bytes in bytes.indices.contains { beginsWord(bytes, at: $0) } }
    }

    private func beginsWord(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        if let bit = Self.letterBit(bytes[position] | 0x20) {
            guard firstLetters & bit != 0 else { return false }
        } else if !hasOtherBeginnings {
            return false
        }
        return words.contains { word in
            guard word.count <= bytes.count - position else { return false }
            return word.indices.allSatisfy { Self.lowered(bytes[position + $0]) == word[$0] }
        }
    }

    private static func letterBit(_ byte: UInt8) -> UInt32? {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? 1 << UInt32(byte - UInt8(ascii: "a")) : nil
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
