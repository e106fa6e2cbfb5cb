extension PagePass {
    /// One record: an object whose top-level keys have rules.
    mutating func record(
        _ start: BytePointer, shape: KeyTable, depth: Int, isRecord: inout Bool
    ) throws(JSONError) -> BytePointer {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep, start) }
        let first = try token(start + 1)
        if first.pointee == UInt8(ascii: "}") { return first + 1 }
        let unknown = keys + shape.count
        var drops = Drops()
        var previous = unknown
        var position = start
        var separator = UInt8(ascii: "{")
        while true {
            let memberEnd = position
            var key = previous.pointee.next.0
            if position <= lastKey, ExpectedKey.stands(key, at: position, behind: separator) {
                position += key.pointee.rule.length
                if position.pointee <= 0x20 { position = try token(position) }
                previous = key
            } else {
                position = try token(position)
                if position.pointee == UInt8(ascii: "}") {
                    endDrops(drops, at: position)
                    isRecord = drops.kept
                    return position + 1
                }
                guard position.pointee == separator else { throw failure(.unexpectedByte, position) }
                (key, position) = try unlikelyKey(try token(position + 1), after: previous, shape: shape)
                if key != unknown { previous = key }
            }
            separator = UInt8(ascii: ",")
            if !drops.kept, !key.pointee.rule.isDropped { keepFirst(behind: memberEnd, &drops) }

            let valueStart = position
            var kind = ValueKind.string
            switch key.pointee.rule.mode {
            case .timestamp where isPlainTimestamp(position):
                position += 26
            case .plain, .timestamp:
                position = try value(position, depth: depth &+ 1, kind: &kind)
                if key.pointee.rule.allowed & kind.bit == 0 {
                    coerce(Self.keyStart(behind: memberEnd), valueStart, position, kind, key)
                }
            case .special:
                let keyStart = Self.keyStart(behind: memberEnd)
                var found = ValueKind.absent
                position = try special(keyStart, position, key, shape, depth: depth &+ 1, kind: &found)
                kind = found
                if key.pointee.rule.isDropped { drop(keyStart, position, after: memberEnd, &drops) }
            }
            let probe = key.pointee.rule.probe
            if probe >= 0 { probed[Int(probe)] = packed(valueStart, position, kind) }
        }
    }

    /// The quote of the key that was read behind a brace or a member.
    @inline(never)
    static func keyStart(behind memberEnd: BytePointer) -> BytePointer {
        var position = memberEnd
        while position.pointee != UInt8(ascii: "\"") { position += 1 }
        return position
    }

    /// A key that is not the one expected after `previous`, or not written the way it was; afterwards it is expected, if it
    /// has a rule. Returns its rule and the place of the value.
    @inline(never)
    private mutating func unlikelyKey(
        _ start: BytePointer, after previous: ExpectedKey.Pointer, shape: KeyTable
    ) throws(JSONError) -> (ExpectedKey.Pointer, BytePointer) {
        let (first, second) = previous.pointee.next
        if start <= lastKey {
            for key in [first, second] where ExpectedKey.stands(key, at: start - 1, behind: start[-1]) {
                previous.pointee.next = (key, key == first ? second : first)
                return (key, try token(start + key.pointee.rule.length - 1))
            }
        }
        guard start.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, start) }
        sawEscape = false
        let behind = try string(start)
        let text = UnsafeBufferPointer(start: start + 1, count: behind - start - 2)
        let index =
            sawEscape
            ? JSONText.outgoing(text).withUnsafeBufferPointer { shape.index(of: $0) } : shape.index(of: text)
        if index < shape.count { previous.pointee.next = (keys + index, first) }
        return (keys + index, try colon(behind))
    }

    /// Whether a whole string in the server's timestamp form stands here, `"YYYY-MM-DDTHH:MM:SS.mmmZ"`.
    @inline(__always)
    private func isPlainTimestamp(_ position: BytePointer) -> Bool {
        position <= lastBlocks && position[0] == UInt8(ascii: "\"") && position[25] == UInt8(ascii: "\"")
            && Timestamp.isPlain(position + 1)
    }

    /// Notes a change; places must come in rising order.
    mutating func edit(_ start: BytePointer, _ behind: BytePointer, _ replacement: RecordEdit.Replacement) {
        places.edits.append(
            RecordEdit(
                start: UInt32(truncatingIfNeeded: start - base), end: UInt32(truncatingIfNeeded: behind - base),
                replacement: replacement))
    }
}
