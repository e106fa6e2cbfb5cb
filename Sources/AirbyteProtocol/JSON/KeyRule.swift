/// What to do with one top-level key of a record. Plain bits, so that the scanner can read it through a pointer.
struct KeyRule {
    /// How the value is to be looked at.
    enum Mode: UInt8 {
        /// Only its kind counts.
        case plain
        /// Text in the server's own timestamp form is let through at once.
        case timestamp
        /// The member is dropped, or has rules one level below.
        case special
    }

    /// The first 16 bytes of `"key":`, and which of their bits count.
    var words: (UInt64, UInt64) = (0, 0)
    /// The bits of `words` that belong to the key.
    var masks: (UInt64, UInt64) = (0, 0)
    /// The whole of `"key":`, in memory that lives as long as the plan.
    var text: BytePointer
    /// The length of `text`.
    var length: Int
    /// The kinds of values that pass unchanged.
    var allowed: UInt16 = .max
    /// How the value is to be looked at.
    var mode = Mode.plain
    /// Whether the declared type is `list`.
    var isList = false
    /// Whether the declared type is `timestamp`.
    var isTimestamp = false
    /// Whether every member of this name is dropped.
    var isDropped = false
    /// Where to note the value; negative for nowhere.
    var probe: Int16 = -1
    /// Index of the first rule one level below, and how many there are.
    var nested: (first: Int16, count: Int16) = (0, 0)

    /// A rule for the key whose quoted form with the colon is at `text`.
    init(text: BytePointer, length: Int) {
        self.text = text
        self.length = length
        words = (Self.word(text, length, 0), Self.word(text, length, 8))
        masks = (Self.mask(length), Self.mask(length - 8))
    }

    /// The rule for keys without a rule: it lets everything through, and no text matches it.
    init(forOtherKeys text: BytePointer) {
        self.text = text
        length = 0
        masks = (.max, .max)
    }

    private static func word(_ text: BytePointer, _ length: Int, _ offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 where offset + index < length {
            word |= UInt64(text[offset + index]) << (8 * UInt64(index))
        }
        return word
    }

    private static func mask(_ bytes: Int) -> UInt64 {
        if bytes <= 0 { 0 } else if bytes >= 8 { .max } else { (1 << (8 * UInt64(bytes))) - 1 }
    }

    /// Whether the key stands at `position`; 16 bytes exist there, and `length` bytes too.
    @inline(__always)
    func matches(_ position: BytePointer) -> Bool {
        let difference =
            (SWAR.load(position) ^ words.0) & masks.0 | (SWAR.load(position + 8) ^ words.1) & masks.1
        if difference != 0 { return false }
        return length <= 16 || sameTail(position)
    }

    @inline(never)
    private func sameTail(_ position: BytePointer) -> Bool {
        for index in 16..<length where position[index] != text[index] { return false }
        return true
    }
}

/// What to do with a key one level below the record's top.
struct NestedRule {
    /// The key's bytes.
    var name: [UInt8]
    /// Whether every member of this name is dropped.
    var isDropped: Bool
    /// Where to note the value; negative for nowhere.
    var probe: Int16
}
