extension PagePass {
    /// Notes how a scalar or an unruled value of another kind than its key allows is to be changed.
    @inline(never)
    mutating func coerce(
        _ keyStart: BytePointer, _ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind,
        _ key: ExpectedKey.Pointer
    ) {
        coerce(keyStart, start, behind, kind, key.pointee.rule.type, inside: places.edits.count)
    }

    /// Notes how a value of another kind than declared is to be changed. What was noted inside of it begins at the edit
    /// number `inside`.
    @inline(never)
    mutating func coerce(
        _ key: BytePointer, _ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind, _ type: FieldType?,
        inside: Int
    ) {
        // Edits lie in the order of their places: a wrapped value's opening bracket comes before what changes inside it,
        // and a replaced value has nothing inside it any more.
        let kept = Array(places.edits[inside...])
        places.edits.removeLast(kept.count)
        switch coercion(start, behind, kind, as: type) {
        case .fine:
            places.edits += kept
        case .part(let first, let end):
            if first > start { edit(start, first, .nothing) }
            if end < behind { edit(end, behind, .nothing) }
        case .wrapped(let opening, let closing):
            edit(start, start, .byte(opening))
            places.edits += kept
            edit(behind, behind, .byte(closing))
        case .timestamp(let milliseconds):
            edit(start, behind, .timestamp(milliseconds))
        case .word(let word):
            edit(start, behind, .word(word))
        case .unreadable:
            edit(start, behind, .null(key: UInt32(truncatingIfNeeded: key - base), .serialization))
        }
    }

    /// How a value can be read as a declared type.
    private enum Coercion {
        /// As it stands.
        case fine
        /// By these of its bytes.
        case part(BytePointer, BytePointer)
        /// Between these two marks.
        case wrapped(UInt8, UInt8)
        /// As this instant, in Unix milliseconds.
        case timestamp(Int64)
        /// As this word.
        case word(Word)
        /// Not at all.
        case unreadable
    }

    private mutating func coercion(
        _ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind, as type: FieldType?
    ) -> Coercion {
        guard let type, kind != .endlessNumber else { return .unreadable }
        // With an empty text the server's forms say nothing, and so does an empty list in place of an object.
        if behind - start == 2, kind == .string && type != .string || kind == .array && type == .object {
            return .word(.null)
        }
        switch (type, kind) {
        case (.string, .integer), (.string, .number), (.string, .hugeNumber), (.string, .yes), (.string, .no):
            return .wrapped(UInt8(ascii: "\""), UInt8(ascii: "\""))
        case (.list, _), (.strings, .string), (.objects, .object):
            return .wrapped(UInt8(ascii: "["), UInt8(ascii: "]"))
        case (.integer, .string), (.number, .string):
            return textualNumber(start, behind, as: type)
        case (.integer, .number):
            return wholePart(start, behind)
        case (.boolean, _):
            return boolean(start, behind, kind)
        case (.timestamp, _):
            return switch Timestamp.form(of: UnsafeBufferPointer(start: start, count: behind - start), kind: kind) {
            case .fine: .fine
            case .other(let milliseconds): .timestamp(milliseconds)
            case .none: .unreadable
            }
        default:
            return .unreadable
        }
    }

    /// A number in quotes, with or without blanks around it and zeros before it: its own digits, so that none gets lost on
    /// the way.
    private mutating func textualNumber(_ start: BytePointer, _ behind: BytePointer, as type: FieldType) -> Coercion {
        var first = start + 1
        var end = behind - 1
        while first < end, first.pointee == 0x20 { first += 1 }
        while first < end, end[-1] == 0x20 { end -= 1 }
        while end - first > 1, first.pointee == UInt8(ascii: "0"), first[1] &- UInt8(ascii: "0") <= 9 { first += 1 }
        var kind = ValueKind.absent
        guard first < end, first.pointee == UInt8(ascii: "-") || first.pointee &- UInt8(ascii: "0") <= 9,
            (try? scalar(first, kind: &kind)) == end
        else { return .unreadable }
        if type.allowedKinds & kind.bit != 0 { return .part(first, end) }
        return type == .integer && kind == .number ? wholePart(first, end) : .unreadable
    }

    /// The digits before a point that only zeros follow.
    private func wholePart(_ start: BytePointer, _ behind: BytePointer) -> Coercion {
        guard let point = (start..<behind).first(where: { $0.pointee == UInt8(ascii: ".") }),
            point - start <= 18, ((point + 1)..<behind).allSatisfy({ $0.pointee == UInt8(ascii: "0") })
        else { return .unreadable }
        return .part(start, point)
    }

    /// The two words in quotes, and the two digits that stand for them.
    private func boolean(_ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind) -> Coercion {
        switch (kind, String(decoding: UnsafeBufferPointer(start: start, count: behind - start), as: UTF8.self)) {
        case (.string, #""true""#), (.string, #""false""#): .part(start + 1, behind - 1)
        case (.integer, "1"): .word(.yes)
        case (.integer, "0"): .word(.no)
        default: .unreadable
        }
    }
}
