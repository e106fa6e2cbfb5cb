extension PagePass {
    /// One record: an object whose top-level keys have rules.
    mutating func record(
        _ start: BytePointer, shape: ShapePlan, depth: Int, isRecord: inout Bool
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "}") { return position + 1 }
        let rules = UnsafePointer(shape.rules)
        var drops = Drops()
        var previous = shape.count
        while true {
            let keyStart = position
            var rule = rules + Int(likely[previous].0)
            if end - position > rule.pointee.length &+ 16, rule.pointee.matches(position) {
                position = try token(position + rule.pointee.length)
                previous = rule - rules
            } else {
                let index = try unlikelyKey(&position, after: &previous, shape: shape)
                rule = rules + index
            }
            if drops.pending != nil { endLeadingDrop(&drops, at: keyStart, by: rule.pointee) }

            let valueStart = position
            var kind = ValueKind.string
            switch rule.pointee.mode {
            case .timestamp where isPlainTimestamp(position):
                position += 26
            case .plain, .timestamp:
                position = try value(position, depth: depth &+ 1, kind: &kind)
                if rule.pointee.allowed & kind.bit == 0 { mend(keyStart, valueStart, position, kind, rule.pointee) }
            case .special:
                position = try special(keyStart, position, rule.pointee, shape, depth: depth &+ 1, kind: &kind)
            }
            if rule.pointee.isDropped {
                drop(keyStart, position, &drops)
            } else {
                drops.kept = true
            }
            if rule.pointee.probe >= 0 { probed[Int(rule.pointee.probe)] = packed(valueStart, position, kind) }
            drops.memberEnd = position

            position = try token(position)
            let byte = position.pointee
            if byte == UInt8(ascii: ",") {
                position = try token(position + 1)
            } else if byte == UInt8(ascii: "}") {
                endDrops(drops, at: position)
                isRecord = drops.kept
                return position + 1
            } else {
                throw failure(.unexpectedByte, position)
            }
        }
    }

    /// A key that is not the one expected after `previous`; afterwards it is, if it has a rule.
    @inline(never)
    private mutating func unlikelyKey(
        _ position: inout BytePointer, after previous: inout Int, shape: ShapePlan
    ) throws(JSONError) -> Int {
        let start = position
        let second = shape.rules + Int(likely[previous].1)
        if end - start > second.pointee.length + 16, second.pointee.matches(start) {
            position = try token(start + second.pointee.length)
            likely[previous] = (likely[previous].1, likely[previous].0)
            previous = second - shape.rules
            return previous
        }
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        sawEscape = false
        let behind = try string(start)
        var index: Int
        if sawEscape {
            let name = JSONText.unescaped(UnsafeBufferPointer(start: start + 1, count: behind - start - 2))
            index = name.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { shape.index(of: $0, length: bytes.count) } ?? shape.count
            }
        } else {
            index = shape.index(of: start + 1, length: behind - start - 2)
        }
        position = try colon(behind)
        if index < shape.count {
            likely[previous] = (Int16(index), likely[previous].0)
            previous = index
        }
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
