/// A rule in the memory of a pass, with what the pass has learned about the order of keys.
///
/// Always behind a pointer: a method that is not inlined would make the compiler copy the whole rule for it first.
struct ExpectedKey {
    /// A place of such a rule.
    typealias Pointer = UnsafeMutablePointer<ExpectedKey>

    /// What to do with the key.
    let rule: KeyRule
    /// The two likeliest keys behind this one.
    var next: (Pointer, Pointer)

    /// Whether `separator` and the key stand at `position`, where 16 bytes and the rule's length exist.
    @inline(__always)
    static func stands(_ key: Pointer, at position: BytePointer, behind separator: UInt8) -> Bool {
        let words = key.pointee.rule.words
        let masks = key.pointee.rule.masks
        let first = (SWAR.load(position) ^ words.0 ^ UInt64(separator)) & masks.0
        let second = (SWAR.load(position + 8) ^ words.1) & masks.1
        if first | second != 0 { return false }
        return key.pointee.rule.length <= 16 || hasTail(key, position)
    }

    @inline(never)
    private static func hasTail(_ key: Pointer, _ position: BytePointer) -> Bool {
        let text = key.pointee.rule.text
        for index in 16..<key.pointee.rule.length where position[index] != text[index - 1] { return false }
        return true
    }
}
