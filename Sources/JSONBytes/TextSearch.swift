// Swift's own functions of these names bring the engine of regular expressions into the program, a tenth of its size, and compare
// characters: they pass over a text that a combining mark follows. `scripts/linkage` holds that none of them is used.

extension StringProtocol {
    /// Whether the bytes of `part` occur; true for an empty one.
    package func contains(_ part: some StringProtocol) -> Bool { firstRange(of: part) != nil }

    /// Where the bytes of `part` occur first.
    package func firstRange(of part: some StringProtocol) -> Range<String.Index>? {
        let bytes = Substring(self).utf8
        let sought = Array(part.utf8)
        var start = bytes.startIndex
        while true {
            if bytes[start...].starts(with: sought) {
                return start..<bytes.index(start, offsetBy: sought.count)
            }
            guard start < bytes.endIndex else { return nil }
            bytes.formIndex(after: &start)
        }
    }

    /// The text with `replacement` wherever the bytes of `part` occur, which is not empty.
    package func replacing(_ part: some StringProtocol, with replacement: some StringProtocol) -> String {
        var replaced = ""
        var rest = Substring(self)
        while let range = rest.firstRange(of: part) {
            replaced += rest[..<range.lowerBound]
            replaced += replacement
            rest = rest[range.upperBound...]
        }
        return replaced + rest
    }
}
