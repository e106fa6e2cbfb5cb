/// Reads fixed-width decimal numbers and separators from ASCII text.
struct DigitReader {
    /// The text.
    let text: UnsafeBufferPointer<UInt8>
    /// How much of it was read.
    var index = 0

    /// Whether everything was read.
    var isAtEnd: Bool { index == text.count }

    /// A reader at the start of `text`.
    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// The next byte.
    mutating func next() -> UInt8? {
        guard index < text.count else { return nil }
        index += 1
        return text[index - 1]
    }

    /// Whether `separator` is next; it is read then.
    mutating func take(_ separator: Unicode.Scalar) -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: separator) else { return false }
        index += 1
        return true
    }

    /// Exactly `width` ASCII letters.
    mutating func word(_ width: Int) -> String? {
        guard text.count - index >= width else { return nil }
        let letters = text[index..<(index + width)]
        guard letters.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }) else { return nil }
        index += width
        return String(decoding: letters, as: UTF8.self)
    }

    /// Exactly `width` digits.
    mutating func number(_ width: Int) -> Int64? {
        guard text.count - index >= width else { return nil }
        var value: Int64 = 0
        for _ in 0..<width {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
            index += 1
        }
        return value
    }

    /// One to nine digits behind a decimal point, in thousandths; further digits than three are cut off.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") <= 9, count < 9 {
            if count < 3 { value = value * 10 + Int64(text[index] - UInt8(ascii: "0")) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<max(count, 3) { value *= 10 }
        return value
    }
}
