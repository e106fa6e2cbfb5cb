/// How far the dropping of members of one object has come.
struct Drops {
    /// Whether a member was kept so far.
    var kept = false
    /// Where dropped members at the very front begin; they end with the comma before the first kept one.
    var pending: BytePointer?
}

extension PagePass {
    /// Notes that a member is dropped, with the comma that would be left over: the one behind the member before it, which
    /// ends at `memberEnd`, unless only dropped ones came before.
    @inline(never)
    mutating func drop(
        _ keyStart: BytePointer, _ behind: BytePointer, after memberEnd: BytePointer, _ drops: inout Drops
    ) {
        if drops.kept {
            edit(memberEnd, behind, .nothing)
        } else if drops.pending == nil {
            drops.pending = keyStart
        }
    }

    /// Ends the drops at the front when the first member to keep was found behind `memberEnd`.
    ///
    /// Not inlined: that would keep `drops` in registers, in place of what is needed for each key.
    @inline(never)
    mutating func keepFirst(behind memberEnd: BytePointer, _ drops: inout Drops) {
        if drops.pending != nil { endDrops(drops, at: Self.keyStart(behind: memberEnd)) }
        drops = Drops(kept: true)
    }

    /// Ends the drops at the front at the closing brace, or at a member to keep.
    @inline(__always)
    mutating func endDrops(_ drops: Drops, at position: BytePointer) {
        if let pending = drops.pending { edit(pending, position, .nothing) }
    }

    /// The value of a key that is dropped, masks its record or has rules for what is below.
    @inline(never)
    mutating func special(
        _ keyStart: BytePointer, _ start: BytePointer, _ key: ExpectedKey.Pointer, _ shape: KeyTable, depth: Int,
        kind: inout ValueKind
    ) throws(JSONError) -> BytePointer {
        if key.pointee.rule.isDropped { return try value(start, depth: depth, kind: &kind) }
        if key.pointee.rule.isMasking { needs.insert(.masking) }
        let firstInside = places.edits.count
        let behind = try inside(start, key.pointee.rule.members, shape, depth: depth, probing: true, kind: &kind)
        if key.pointee.rule.allowed & kind.bit == 0 {
            coerce(keyStart, start, behind, kind, key.pointee.rule.type, inside: firstInside)
        }
        return behind
    }
}
