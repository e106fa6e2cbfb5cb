/// A 128-bit fingerprint of a key, for sets that must remember millions of keys in little memory.
///
/// Two of a million different keys share one with a chance of about 1 in 10^26.
package struct KeyHash: Sendable, Hashable {
    /// The upper half.
    package let high: UInt64
    /// The lower half.
    package let low: UInt64

    /// The fingerprint whose bits are all zero.
    static let zero = KeyHash(high: 0, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The fingerprint of these bytes.
    init(of bytes: UnsafeBufferPointer<UInt8>) {
        var high = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        var low = 0xD1B5_4A32_D192_ED03 &+ UInt64(bytes.count)
        var index = 0
        while index < bytes.count {
            let first = Self.word(bytes, index)
            let second = Self.word(bytes, index + 8)
            high = Self.fold(first ^ 0xA076_1D64_78BD_642F ^ high, second ^ 0xE703_7ED1_A0B4_28DB)
            low = Self.fold(first ^ 0x8EBC_6AF0_9C88_C6E3, second ^ 0x5899_65CC_7537_4CC3 ^ low)
            // Folding alone would forget one half if the other ever came out as zero.
            high = high &+ second.multipliedReportingOverflow(by: 0x9FB2_1C65_1E98_DF25).partialValue
            low = low &+ first.multipliedReportingOverflow(by: 0xFF51_AFD7_ED55_8CCD).partialValue
            index += 16
        }
        self.high = Self.fold(high ^ 0x1D8E_4E27_C47D_124F, low ^ 0xEB44_ACCA_B455_D165)
        self.low = Self.fold(low ^ 0x2D35_8DCC_AA6C_78A5, high ^ 0x8BB8_4B93_962E_ACC9)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// Eight bytes from `index` on; those behind the end count as zero.
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt64 {
        let left = bytes.count - index
        guard left > 0, let start = bytes.baseAddress else { return 0 }
        if left >= 8 { return SWAR.load(start + index) }
        // The last eight bytes of all, without those that the word before has.
        if bytes.count >= 8 { return SWAR.load(start + bytes.count - 8) >> (8 * UInt64(8 - left)) }
        return (0..<left).reduce(0) { $0 | UInt64(start[index + $1]) << (8 * UInt64($1)) }
    }
}
