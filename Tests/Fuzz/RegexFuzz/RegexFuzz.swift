// Compiled into one module with the sources of LinearRegex by Tests/Fuzz/run.sh, so that it needs no import of it.

/// The first byte says how long the pattern is; the rest is the text, which need not be UTF-8.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let first = input.first else { return 0 }
    let bytes = input.dropFirst()
    let patternBytes = bytes.prefix(Int(first))
    let source = String(decoding: patternBytes, as: UTF8.self)
    let text = UnsafeBufferPointer(rebasing: bytes.dropFirst(patternBytes.count))
    do {
        // A small program keeps each input quick.
        let pattern = try LinearPattern(source, options: .init(maximumProgramSize: 3_000))
        check(pattern, on: text)
    } catch {
        // By scalars: a fragment may end before a combining mark.
        let before = source.unicodeScalars.prefix(error.scalarOffset)
        precondition(String(before).utf8.count == error.utf8Offset)
        precondition(source.unicodeScalars.dropFirst(error.scalarOffset).starts(with: error.fragment.unicodeScalars))
        precondition(!error.description.isEmpty)
    }
    return 0
}

/// What must hold for any pattern and any text.
private func check(_ pattern: LinearPattern, on text: UnsafeBufferPointer<UInt8>) {
    let match = pattern.firstMatch(in: text)
    let whole = pattern.wholeMatch(of: text)
    precondition(pattern.isMatch(in: text) == (match != nil))
    precondition(pattern.isWholeMatch(text) == (whole != nil))
    if whole != nil { precondition(match?.range.lowerBound == 0) }
    for found in [match, whole].compactMap({ $0 }) {
        precondition(found.groups.count == pattern.groupNames.count)
        precondition(found.range.lowerBound >= 0 && found.range.upperBound <= text.count)
        for group in found.groups.compactMap({ $0 }) {
            precondition(group.lowerBound >= found.range.lowerBound && group.upperBound <= found.range.upperBound)
        }
    }
    // What was learnt from this text must not change the next answer.
    precondition(pattern.firstMatch(in: text) == match)
}
