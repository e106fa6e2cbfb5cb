/// A 128-bit fingerprint of a key, for sets that must remember millions of keys in little memory.
///
/// Two different keys share one with a chance of about 1 in 10^26 among a million keys.
package struct KeyHash: Sendable, Hashable {
    /// The upper half.
    package let high: UInt64
    /// The lower half.
    package let low: UInt64
}
