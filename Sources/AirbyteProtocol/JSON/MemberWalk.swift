/// Walks over the members of an object in text that is already known to be JSON.
struct MemberWalk {
    /// One member of the object.
    struct Member {
        /// Bytes of the text that the key takes, quotes included.
        let key: Range<Int>
        /// Bytes of the text that the value takes.
        let value: Range<Int>

        /// The key's text.
        func key(in text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
            JSONText.unescaped(UnsafeBufferPointer(rebasing: text[(key.lowerBound + 1)..<(key.upperBound - 1)]))
        }
    }

    private let text: UnsafeBufferPointer<UInt8>
    private var index: Int

    /// A walk over the object whose brace is at `object`.
    init(_ text: UnsafeBufferPointer<UInt8>, object: Int) {
        self.text = text
        index = object + 1
    }

    /// The next member; `nil` behind the last one.
    mutating func next() -> Member? {
        skip { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
        guard text[index] != UInt8(ascii: "}") else { return nil }
        let key = index..<Self.stringEnd(text, index)
        index = key.upperBound
        skip { $0 <= 0x20 || $0 == UInt8(ascii: ":") }
        let start = index
        skipValue()
        return Member(key: key, value: start..<index)
    }

    /// Behind the string whose quote is at `start`.
    static func stringEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start + 1
        while text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
        return index + 1
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while condition(text[index]) { index += 1 }
    }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = Self.stringEnd(text, index)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case _ where depth == 0:
                skip { $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
            default:
                index += 1
            }
        } while depth > 0
    }
}
