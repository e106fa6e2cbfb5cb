/// Ascending numbers as text: what each one lies above the last, in digits of five bits, the lowest first. A digit below 32 ends a number.
///
/// Most numbers of a dense list take one character, those of a sparse one two or three. All characters stand in JSON as they are.
enum DeltaText {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()
    /// More bits than any number has that a state can hold.
    private static let mostBits = 30

    /// The text of `numbers`, which ascend from 0 or more.
    static func text(_ numbers: [Int]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 2)
        var last = -1
        for number in numbers {
            var rest = number - last - 1
            while rest > 31 {
                bytes.append(digits[32 | rest & 31])
                rest >>= 5
            }
            bytes.append(digits[rest])
            last = number
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The numbers of a text, all below `limit`; nil for a text that none of these gave.
    static func numbers(_ text: String, below limit: Int) -> [Int]? {
        var numbers: [Int] = []
        var last = -1
        var rest = 0
        var bits = 0
        for byte in text.utf8 {
            guard let value = values[Int(byte)].map(Int.init), bits <= mostBits else { return nil }
            rest |= (value & 31) << bits
            bits += 5
            if value > 31 { continue }
            last += rest + 1
            guard last < limit else { return nil }
            numbers.append(last)
            (rest, bits) = (0, 0)
        }
        return bits == 0 ? numbers : nil
    }
}
