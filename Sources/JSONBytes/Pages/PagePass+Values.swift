extension PagePass {
    /// Any value, from its first byte to behind its last; `depth` objects and arrays are open around it.
    @inline(__always)
    mutating func value(_ start: BytePointer, depth: Int, kind: inout ValueKind) throws(JSONError) -> BytePointer {
        let first = start.pointee
        if first == UInt8(ascii: "\"") {
            kind = .string
            return try string(start)
        }
        if first == UInt8(ascii: "[") {
            kind = .array
            return try nested(start, closing: UInt8(ascii: "]"), depth: depth)
        }
        if first == UInt8(ascii: "{") {
            kind = .object
            return try nested(start, closing: UInt8(ascii: "}"), depth: depth)
        }
        var found = ValueKind.absent
        let behind = try scalar(start, kind: &found)
        kind = found
        return behind
    }

    /// An object or array; most lists of a message are empty.
    @inline(__always)
    private mutating func nested(
        _ start: BytePointer, closing: UInt8, depth: Int
    ) throws(JSONError) -> BytePointer {
        if start <= lastBlocks, start[1] == closing, depth < JSONLimits.depth { return start + 2 }
        return try container(start, depth: depth)
    }

    /// An object or array with everything in it, without recursion.
    @inline(never)
    private mutating func container(_ start: BytePointer, depth outer: Int) throws(JSONError) -> BytePointer {
        var position = start
        var depth = outer
        var closing: UInt8 = 0
        values: while true {
            // A value begins here, or in an object its key.
            if closing == UInt8(ascii: "}") { position = try key(position) }
            let byte = position.pointee
            if byte == UInt8(ascii: "\"") {
                position = try string(position)
            } else if Self.isOpening(byte) {
                guard depth < JSONLimits.depth else { throw failure(.tooDeep, position) }
                closing = Self.closing(byte)
                open[depth] = closing
                depth &+= 1
                position = try token(position + 1)
                if position.pointee != closing { continue values }
                position += 1
                depth &-= 1
                if depth == outer { return position }
                closing = open[depth &- 1]
            } else {
                var kind = ValueKind.absent
                position = try scalar(position, kind: &kind)
            }
            // Behind a value that is not the whole.
            while true {
                if isTight(UInt8(ascii: ","), position) {
                    position += 1
                    continue values
                }
                if position > lastBlocks || position.pointee != closing {
                    position = try token(position)
                    if position.pointee == UInt8(ascii: ",") {
                        position = try token(position + 1)
                        continue values
                    }
                    guard position.pointee == closing else { throw failure(.unexpectedByte, position) }
                }
                position += 1
                depth &-= 1
                if depth == outer { return position }
                closing = open[depth &- 1]
            }
        }
    }

    @inline(__always)
    private static func isOpening(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "{")
    }

    /// In ASCII both closing brackets lie two places behind their opening ones.
    @inline(__always)
    private static func closing(_ opening: UInt8) -> UInt8 {
        opening &+ 2
    }

    /// A number or one of the three words.
    @inline(never)
    mutating func scalar(_ start: BytePointer, kind: inout ValueKind) throws(JSONError) -> BytePointer {
        switch start.pointee {
        case UInt8(ascii: "t"):
            kind = .yes
            return try word(start, "true")
        case UInt8(ascii: "f"):
            kind = .no
            return try word(start, "false")
        case UInt8(ascii: "n"):
            kind = .null
            return try word(start, "null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(start, kind: &kind)
        default:
            throw failure(.unexpectedByte, start)
        }
    }

    /// One of the three words, whose first letter stands here.
    @inline(__always)
    private mutating func word(_ start: BytePointer, _ word: StaticString) throws(JSONError) -> BytePointer {
        let length = word.utf8CodeUnitCount
        if end - start >= length, SWAR.four(start + length - 4) == SWAR.four(word.utf8Start + length - 4) {
            return start + length
        }
        throw wordFailure(start, word)
    }

    @inline(never)
    private mutating func wordFailure(_ start: BytePointer, _ word: StaticString) -> JSONError {
        var index = 1
        while start + index < end, start[index] == word.utf8Start[index] { index += 1 }
        return start + index < end ? failure(.invalidLiteral, start) : failure(.unexpectedEnd, end)
    }

    /// A number literal; what follows it is for the caller to judge.
    @inline(__always)
    private mutating func number(_ start: BytePointer, kind: inout ValueKind) throws(JSONError) -> BytePointer {
        var position = start
        if position.pointee == UInt8(ascii: "-") { position += 1 }
        guard position < end else { throw failure(.unexpectedEnd, position) }
        if position.pointee == UInt8(ascii: "0") {
            position += 1
            // What follows a leading zero must not be a digit.
            guard position == end || !Self.isDigit(position.pointee) else { throw failure(.invalidNumber, start) }
        } else {
            position = try digits(position, start)
        }
        var isInteger = true
        if position < end, position.pointee == UInt8(ascii: ".") {
            isInteger = false
            position = try digits(position + 1, start)
        }
        var hasExponent = false
        if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
            hasExponent = true
            position += 1
            if position < end, position.pointee == UInt8(ascii: "+") || position.pointee == UInt8(ascii: "-") {
                position += 1
            }
            position = try digits(position, start)
        }
        // 18 digits always fit in 64 bits, and 28 characters without an exponent are always below 1e28.
        let length = position - start
        if isInteger, !hasExponent, length <= 18 {
            kind = .integer
        } else if !hasExponent, length <= 28, !isInteger {
            kind = .number
        } else {
            kind = sizeKind(start, length, isInteger: isInteger && !hasExponent)
        }
        return position
    }

    /// One digit or more.
    @inline(__always)
    private mutating func digits(_ first: BytePointer, _ start: BytePointer) throws(JSONError) -> BytePointer {
        guard first < end else { throw failure(.unexpectedEnd, first) }
        guard Self.isDigit(first.pointee) else { throw failure(.invalidNumber, start) }
        var position = first + 1
        while position < end, Self.isDigit(position.pointee) { position += 1 }
        return position
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }

    @inline(never)
    private mutating func sizeKind(_ start: BytePointer, _ length: Int, isInteger: Bool) -> ValueKind {
        let text = String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
        if isInteger, Int64(text) != nil { return .integer }
        // Rounding to a Double would turn 28 nines into 1e28.
        if isInteger, length <= 28 { return .number }
        let size = Double(text)?.magnitude ?? .infinity
        guard size.isFinite else {
            // Wherever it is: inside of undeclared values, only the way out can replace it.
            needs.insert(.rewriting)
            return .endlessNumber
        }
        return size < 1e28 ? .number : .hugeNumber
    }
}
