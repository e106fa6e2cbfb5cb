#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers of which no digit may get lost.
enum ExactNumber {
    /// The largest integer up to which floating-point numbers hold all of them.
    static let realLimit: Int64 = 1 << 53

    /// The digits as an integer; nil when it does not fit 64 bits.
    static func integer(_ literal: UnsafeBufferPointer<UInt8>) -> Int64? {
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

    /// The number that a literal of JSON stands for; nil when a floating-point number cannot hold it. The literal must be
    /// followed by a byte that no number contains.
    static func real(_ literal: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let start = literal.baseAddress else { return nil }
        let value = strtod(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), nil)
        guard value.isFinite else { return nil }
        // Fifteen digits always survive (DBL_DIG).
        if value.isNormal, digits(literal) <= 15 { return value }
        // Swift prints the shortest text that leads to the same number.
        let text = Array(value.description.utf8)
        return text.withUnsafeBufferPointer { Decimal($0) == Decimal(literal) } ? value : nil
    }

    private static func digits(_ literal: UnsafeBufferPointer<UInt8>) -> Int {
        literal.prefix { $0 | 0x20 != UInt8(ascii: "e") }.count { 0x30...0x39 ~= $0 }
    }

    /// A number as its digits without zeros around them, and the power of ten of the last one.
    private struct Decimal: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0

        init?(_ literal: UnsafeBufferPointer<UInt8>) {
            let mantissa = literal.prefix { $0 | 0x20 != UInt8(ascii: "e") }
            if mantissa.count < literal.count {
                let text = String(decoding: literal[(mantissa.count + 1)...], as: UTF8.self)
                guard let written = Int(text), (-(1 << 32)...1 << 32).contains(written) else { return nil }
                exponent = written
            }
            isNegative = mantissa.first == UInt8(ascii: "-")
            var isFraction = false
            for byte in mantissa {
                if byte == UInt8(ascii: ".") { isFraction = true }
                guard 0x30...0x39 ~= byte else { continue }
                if byte != 0x30 || !digits.isEmpty { digits.append(byte) }
                if isFraction { exponent -= 1 }
            }
            while digits.last == 0x30 {
                digits.removeLast()
                exponent += 1
            }
            if digits.isEmpty { (isNegative, exponent) = (false, 0) }
        }
    }
}
