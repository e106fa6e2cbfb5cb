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

    /// The value of a key that is dropped or has rules one level below.
    @inline(never)
    mutating func special(
        _ key: BytePointer, _ start: BytePointer, _ rule: KeyRule, _ shape: ShapePlan, depth: Int,
        kind: inout ValueKind
    ) throws(JSONError) -> BytePointer {
        let first = start.pointee
        let isContainer = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard !rule.isDropped, isContainer else {
            let behind = try value(start, depth: depth, kind: &kind)
            if !rule.isDropped, rule.allowed & kind.bit == 0 { mend(key, start, behind, kind, rule) }
            return behind
        }
        kind = first == UInt8(ascii: "{") ? .object : .array
        let firstInside = found.edits.count
        let behind =
            kind == .object
            ? try nestedObject(start, rule, shape, depth: depth, probing: true)
            : try nestedArray(start, rule, shape, depth: depth)
        guard rule.allowed & kind.bit == 0 else { return behind }
        // Edits lie in the order of their places: a wrapped value's opening bracket comes before what changes inside it,
        // and a nulled value has nothing inside it any more.
        let inside = Array(found.edits[firstInside...])
        found.edits.removeSubrange(firstInside...)
        if rule.isList {
            edit(start, start, .byte(UInt8(ascii: "[")))
            found.edits += inside
            edit(behind, behind, .byte(UInt8(ascii: "]")))
        } else {
            mend(key, start, behind, kind, rule)
        }
        return behind
    }

    private mutating func nestedArray(
        _ start: BytePointer, _ rule: KeyRule, _ shape: ShapePlan, depth: Int
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "]") { return position + 1 }
        var kind = ValueKind.absent
        while true {
            if position.pointee == UInt8(ascii: "{") {
                position = try nestedObject(position, rule, shape, depth: depth + 1, probing: false)
            } else {
                position = try value(position, depth: depth + 1, kind: &kind)
            }
            position = try token(position)
            if position.pointee == UInt8(ascii: "]") { return position + 1 }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }

    private mutating func nestedObject(
        _ start: BytePointer, _ rule: KeyRule, _ shape: ShapePlan, depth: Int, probing: Bool
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "}") { return position + 1 }
        let candidates = Int(rule.nested.first)..<Int(rule.nested.first + rule.nested.count)
        var drops = Drops()
        var memberEnd = start
        while true {
            let keyStart = position
            guard keyStart.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, keyStart) }
            sawEscape = false
            let keyEnd = try string(keyStart)
            let hasEscape = sawEscape
            let match = candidates.first {
                Self.key(keyStart, keyEnd, hasEscape: hasEscape, is: shape.nested[$0].name)
            }
            let isDropped = match.map { shape.nested[$0].isDropped } ?? false
            if !isDropped, !drops.kept { keepFirst(behind: memberEnd, &drops) }
            let valueStart = try colon(keyEnd)
            var kind = ValueKind.absent
            position = try value(valueStart, depth: depth + 1, kind: &kind)
            if isDropped { drop(keyStart, position, after: memberEnd, &drops) }
            if let match, probing, shape.nested[match].probe >= 0 {
                probed[Int(shape.nested[match].probe)] = packed(valueStart, position, kind)
            }
            memberEnd = position
            position = try token(position)
            if position.pointee == UInt8(ascii: "}") {
                endDrops(drops, at: position)
                return position + 1
            }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }
}
