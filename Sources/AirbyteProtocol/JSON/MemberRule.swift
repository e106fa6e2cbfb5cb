/// The rules for the members of an object below the record's top, as places in `ShapePlan.nested`.
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
    /// The key's bytes, in memory that lives as long as the plan.
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
