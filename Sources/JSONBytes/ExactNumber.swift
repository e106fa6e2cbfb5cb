import CSystem

/// Numbers of which no digit may get lost.
package enum ExactNumber {
    /// The digits as an integer; nil when it does not fit 64 bits.
    package static func integer(_ literal: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = literal.first == UInt8(ascii: "-")
        var number: Int64 = 0
        for byte in literal[(isNegative ? 1 : 0)...] {
            let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - 0x30)
            let (sum, overflow) = product.addingReportingOverflow(isNegative ? -digit : digit)
            if tooLarge || overflow { return nil }
            number = sum
        }
        return number
    }

    /// The integer as a floating-point number; nil where these do not hold all integers.
    package static func real(_ integer: Int64) -> Double? { integer.magnitude <= 1 << 53 ? Double(integer) : nil }

    /// The number that a literal of JSON stands for; nil when a floating-point number cannot hold it. The literal must be
    /// followed by a byte that no number contains.
    package static func real(_ literal: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let start = literal.baseAddress else { return nil }
        let value = strtod(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), nil)
        guard value.isFinite else { return nil }
        let decimal = Decimal(literal)
        // Fifteen digits always survive (DBL_DIG).
        if value.isNormal, decimal.span <= 15 { return value }
        // Swift prints the shortest text that leads to the same number.
        var text = value.description
        return text.withUTF8 { Decimal($0).equals(decimal) } ? value : nil
    }

    /// A number as text, and where its digits are that are not zeros around the others.
    private struct Decimal {
        private let text: UnsafeBufferPointer<UInt8>
        private var first = 0
        private var end = 0
        /// The power of ten of the first digit; nil when it is beyond all reason.
        private var magnitude: Int? = 0

        /// The most digits that it can have.
        var span: Int { end - first }

        package init(_ text: UnsafeBufferPointer<UInt8>) {
            self.text = text
            var point: Int?
            var exponent: Int?
            for (index, byte) in text.enumerated() where exponent == nil {
                switch byte {
                case UInt8(ascii: "."): point = index
                case UInt8(ascii: "e"), UInt8(ascii: "E"): exponent = index
                case 0x31...0x39:
                    if end == 0 { first = index }
                    end = index + 1
                default: break
                }
            }
            guard end > 0 else { return }
            let one = (point ?? exponent ?? text.count) - 1
            magnitude = first <= one ? one - first : one + 1 - first
            guard let exponent else { return }
            let written = Int(String(decoding: text[(exponent + 1)...], as: UTF8.self))
            guard let written, let digit = magnitude, (-(1 << 32)...1 << 32).contains(written) else {
                magnitude = nil
                return
            }
            magnitude = digit + written
        }

        func equals(_ other: Decimal) -> Bool {
            guard span > 0, other.span > 0 else { return span == other.span }
            guard let magnitude, magnitude == other.magnitude, isNegative == other.isNegative else { return false }
            return digits.elementsEqual(other.digits)
        }

        private var isNegative: Bool { text.first == UInt8(ascii: "-") }

        private var digits: some Sequence<UInt8> {
            text[first..<end].lazy.filter { $0 != UInt8(ascii: ".") }
        }
    }
}
