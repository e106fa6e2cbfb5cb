extension PagePass {
    /// One record: an object whose top-level keys have rules.
    mutating func record(
        _ start: BytePointer, shape: ShapePlan, depth: Int, isRecord: inout Bool
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        let first = try token(start + 1)
        if first.pointee == UInt8(ascii: "}") { return first + 1 }
        let rules = UnsafePointer(shape.rules)
        var drops = Drops()
        var previous = shape.count
        var position = start
        var separator = UInt8(ascii: "{")
        while true {
            let memberEnd = position
            var keyStart = position + 1
            var rule = rules + Int(likely[previous].0)
            if position <= lastKey, KeyRule.matches(rule, position, behind: separator) {
                position += rule.pointee.length
                if position.pointee <= 0x20 { position = try token(position) }
                previous = rule - rules
            } else {
                position = try token(position)
                if position.pointee == UInt8(ascii: "}") {
                    endDrops(drops, at: position)
                    isRecord = drops.kept
                    return position + 1
                }
                guard position.pointee == separator else { throw failure(.unexpectedByte, position) }
                keyStart = try token(position + 1)
                var valueStart = keyStart
                let index = try unlikelyKey(&valueStart, after: previous, shape: shape)
                rule = rules + index
                position = valueStart
                if index < shape.count { previous = index }
            }
            separator = UInt8(ascii: ",")
            if !drops.kept, !rule.pointee.isDropped { keepFirst(keyStart, &drops) }

            let valueStart = position
            var kind = ValueKind.string
            switch rule.pointee.mode {
            case .timestamp where isPlainTimestamp(position):
                position += 26
            case .plain, .timestamp:
                position = try value(position, depth: depth &+ 1, kind: &kind)
                if rule.pointee.allowed & kind.bit == 0 { mend(keyStart, valueStart, position, kind, rule.pointee) }
            case .special:
                var found = ValueKind.absent
                position = try special(keyStart, position, rule.pointee, shape, depth: depth &+ 1, kind: &found)
                kind = found
                if rule.pointee.isDropped { drop(keyStart, position, after: memberEnd, &drops) }
            }
            if rule.pointee.probe >= 0 { probed[Int(rule.pointee.probe)] = packed(valueStart, position, kind) }
        }
    }

    /// A key that is not the one expected after `previous`, or not written the way it was; afterwards it is expected, if it
    /// has a rule.
    @inline(never)
    private mutating func unlikelyKey(
        _ position: inout BytePointer, after previous: Int, shape: ShapePlan
    ) throws(JSONError) -> Int {
        let start = position
        let (first, second) = likely[previous]
        if start <= lastKey {
            for candidate in [Int(first), Int(second)]
            where KeyRule.matches(shape.rules + candidate, start - 1, behind: start[-1]) {
                position = try token(start + shape.rules[candidate].length - 1)
                likely[previous] = (Int16(candidate), first ^ second ^ Int16(candidate))
                return candidate
            }
        }
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        sawEscape = false
        let behind = try string(start)
        let index: Int
        if sawEscape {
            let name = JSONText.unescaped(UnsafeBufferPointer(start: start + 1, count: behind - start - 2))
            index = name.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { shape.index(of: $0, length: bytes.count) } ?? shape.count
            }
        } else {
            index = shape.index(of: start + 1, length: behind - start - 2)
        }
        position = try colon(behind)
        if index < shape.count { likely[previous] = (Int16(index), first) }
        return index
    }

    /// Whether a whole string in the server's timestamp form stands here, `"YYYY-MM-DDTHH:MM:SS.mmmZ"`.
    @inline(__always)
    private func isPlainTimestamp(_ position: BytePointer) -> Bool {
        end - position >= 26 && position[0] == UInt8(ascii: "\"") && position[25] == UInt8(ascii: "\"")
            && Timestamp.isPlain(position + 1)
    }

    /// Notes how a value that breaks its declared type is to be changed.
    @inline(never)
    mutating func mend(
        _ key: BytePointer, _ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind, _ rule: KeyRule
    ) {
        if rule.isList {
            edit(start, start, .byte(UInt8(ascii: "[")))
            edit(behind, behind, .byte(UInt8(ascii: "]")))
            return
        }
        if rule.isTimestamp {
            switch Timestamp.reading(of: UnsafeBufferPointer(start: start, count: behind - start), kind: kind) {
            case .fine: return
            case .other(let milliseconds): return edit(start, behind, .timestamp(milliseconds))
            case .none: break
            }
        }
        edit(start, behind, .null(key: UInt32(truncatingIfNeeded: key - base), .serialization))
    }

    /// Notes a change; places must come in rising order.
    mutating func edit(_ start: BytePointer, _ behind: BytePointer, _ replacement: RecordEdit.Replacement) {
        found.edits.append(
            RecordEdit(
                start: UInt32(truncatingIfNeeded: start - base), end: UInt32(truncatingIfNeeded: behind - base),
                replacement: replacement))
    }
}
