/// What to do with one top-level key of a record. Plain bits, so that the scanner can read it through a pointer.
struct KeyRule {
    /// How the value is to be looked at.
    enum Mode: UInt8 {
        /// Only its kind counts.
        case plain
        /// Text in the server's own timestamp form is let through at once.
        case timestamp
        /// The member is dropped, has rules for what is below it, or says that the record's texts need masking.
        case special
    }

    /// The first 16 bytes of `,"key":`, with zero for the comma: before the first key it is a brace.
    var words: (UInt64, UInt64) = (0, 0)
    /// The bits of `words` that count.
    var masks: (UInt64, UInt64) = (0, 0)
    /// The whole of `"key":`, in memory that lives as long as the table.
    var text: BytePointer
    /// The length of `text` with the comma before it.
    var length: Int
    /// The kinds of values that pass unchanged.
    var allowed = ValueKind.readable
    /// How the value is to be looked at.
    var mode = Mode.plain
    /// The declared type, if there is one.
    var type: FieldType?
    /// Whether every member of this name is dropped.
    var isDropped = false
    /// Whether a member of this name says that the record's texts need masking.
    var isMasking = false
    /// Whether the value or something below it is probed.
    var isProbed = false
    /// Where to note the value; negative for nowhere.
    var probe: Int16 = -1
    /// The rules for what is below.
    var members = MemberRules()

    /// A rule for the key whose quoted form with the colon is at `text`.
    init(text: BytePointer, length: Int) {
        self.text = text
        self.length = length + 1
        words = (Self.word(text, length, 0) << 8, Self.word(text, length, 7))
        masks = (Self.mask(length + 1), Self.mask(length - 7))
    }

    /// The rule for keys without a rule: it lets everything through, or for reserved names nothing. No text matches it, as
    /// 0xFF never occurs in UTF-8.
    init(forOtherKeys text: BytePointer, areDropped: Bool) {
        self.text = text
        length = 0
        words = (.max, .max)
        masks = (.max, .max)
        isDropped = areDropped
        if areDropped { mode = .special }
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
}

/// The rules for the members of an object below the record's top, as places in `KeyTable.nested`.
struct MemberRules {
    /// The first rule.
    var first: Int16 = 0
    /// How many there are.
    var count: Int16 = 0
    /// Whether members without a rule are dropped.
    var dropsOthers = false

    /// The marks of the keys with a rule: most other keys are told apart by theirs alone.
    var marks: UInt64 = 0

    /// One bit for a key, by its length and first byte; the byte behind an empty key exists.
    @inline(__always)
    static func mark(_ name: BytePointer, _ length: Int) -> UInt64 {
        1 &<< (UInt64(truncatingIfNeeded: length) &* 8 &+ UInt64(name.pointee))
    }

    /// Whether the objects here are to be looked into at all.
    var isEmpty: Bool { count == 0 }
}

/// What to do with one key of an object below the record's top. Plain bits, as `KeyRule`.
struct MemberRule {
    /// The key's bytes, in memory that lives as long as the table.
    var text: BytePointer
    /// How many they are.
    var length: Int
    /// Whether every member of this name is dropped.
    var isDropped = false
    /// Whether a member of this name says that the record's texts need masking.
    var isMasking = false
    /// Where to note the value; negative for nowhere.
    var probe: Int16 = -1
    /// The rules for what is below.
    var members = MemberRules()
}
