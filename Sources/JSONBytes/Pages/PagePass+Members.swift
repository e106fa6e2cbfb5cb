extension PagePass {
    /// A value below the top level with rules for the objects in it; `probing` while no array is around it.
    mutating func inside(
        _ start: BytePointer, _ rules: MemberRules, _ shape: KeyTable, depth: Int, probing: Bool,
        kind: inout ValueKind
    ) throws(JSONError) -> BytePointer {
        let first = start.pointee
        if rules.isEmpty || first != UInt8(ascii: "{") && first != UInt8(ascii: "[") {
            return try value(start, depth: depth, kind: &kind)
        }
        kind = first == UInt8(ascii: "{") ? .object : .array
        return kind == .object
            ? try object(start, rules, shape, depth: depth, probing: probing)
            : try array(start, rules, shape, depth: depth)
    }

    /// An array and the arrays right in it, whose objects have rules; without recursion for the arrays.
    private mutating func array(
        _ start: BytePointer, _ rules: MemberRules, _ shape: KeyTable, depth outer: Int
    ) throws(JSONError) -> BytePointer {
        var position = start
        var depth = outer
        var kind = ValueKind.absent
        values: while true {
            if position.pointee == UInt8(ascii: "[") {
                guard depth < JSONLimits.depth else { throw failure(.tooDeep, position) }
                depth += 1
                position = try token(position + 1)
                if position.pointee != UInt8(ascii: "]") { continue values }
            } else {
                position = try inside(position, rules, shape, depth: depth, probing: false, kind: &kind)
                position = try token(position)
            }
            while position.pointee == UInt8(ascii: "]") {
                position += 1
                depth -= 1
                if depth == outer { return position }
                position = try token(position)
            }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }

    /// An object whose members have rules. Recursive, but no deeper than the shape's longest path.
    private mutating func object(
        _ start: BytePointer, _ rules: MemberRules, _ shape: KeyTable, depth: Int, probing: Bool
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "}") { return position + 1 }
        var drops = Drops()
        var memberEnd = start
        while true {
            let keyStart = position
            guard keyStart.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, keyStart) }
            sawEscape = false
            let keyEnd = try string(keyStart)
            let rule = rule(keyStart, keyEnd, rules, shape)
            let isDropped = rule?.pointee.isDropped ?? rules.dropsOthers
            if !isDropped, !drops.kept { keepFirst(behind: memberEnd, &drops) }
            position = try colon(keyEnd)
            if let rule {
                position = try ruled(position, rule, shape, depth: depth &+ 1, probing: probing)
            } else {
                var kind = ValueKind.absent
                position = try value(position, depth: depth &+ 1, kind: &kind)
            }
            if isDropped { drop(keyStart, position, after: memberEnd, &drops) }
            memberEnd = position
            if isTight(UInt8(ascii: ","), position) {
                position += 1
                continue
            }
            position = try token(position)
            if position.pointee == UInt8(ascii: "}") {
                endDrops(drops, at: position)
                return position + 1
            }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }

    /// The value of a member that has a rule.
    @inline(__always)
    private mutating func ruled(
        _ start: BytePointer, _ rule: UnsafeMutablePointer<MemberRule>, _ shape: KeyTable, depth: Int, probing: Bool
    ) throws(JSONError) -> BytePointer {
        if rule.pointee.isMasking { needs.insert(.masking) }
        var kind = ValueKind.absent
        let behind =
            rule.pointee.isDropped || rule.pointee.members.isEmpty
            ? try value(start, depth: depth, kind: &kind)
            : try inside(start, rule.pointee.members, shape, depth: depth, probing: probing, kind: &kind)
        if probing, rule.pointee.probe >= 0 {
            probed[Int(rule.pointee.probe)] = packed(start, behind, kind)
        }
        return behind
    }

    /// The rule of the key between two positions (quotes included), if it has one.
    @inline(__always)
    private mutating func rule(
        _ start: BytePointer, _ behind: BytePointer, _ rules: MemberRules, _ shape: KeyTable
    ) -> UnsafeMutablePointer<MemberRule>? {
        if sawEscape { return escapedRule(start, behind, rules, shape) }
        return rule(start + 1, length: behind - start - 2, rules, shape)
    }

    @inline(__always)
    private func rule(
        _ name: BytePointer, length: Int, _ rules: MemberRules, _ shape: KeyTable
    ) -> UnsafeMutablePointer<MemberRule>? {
        if rules.marks & MemberRules.mark(name, length) == 0 { return nil }
        var rule = shape.nested + Int(rules.first)
        let end = rule + Int(rules.count)
        while rule < end {
            if rule.pointee.length == length, KeyTable.same(rule.pointee.text, name, length) { return rule }
            rule += 1
        }
        return nil
    }

    @inline(never)
    private mutating func escapedRule(
        _ start: BytePointer, _ behind: BytePointer, _ rules: MemberRules, _ shape: KeyTable
    ) -> UnsafeMutablePointer<MemberRule>? {
        let raw = UnsafeBufferPointer(start: start + 1, count: behind - start - 2)
        return JSONText.outgoing(raw).withUnsafeBufferPointer { name in
            name.baseAddress.flatMap { rule($0, length: name.count, rules, shape) }
        }
    }
}
