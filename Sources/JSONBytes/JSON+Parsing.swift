extension JSON {
    /// Reads exactly one JSON value. Throws where and why the bytes are none.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        var cursor = JSONCursor(bytes)
        self = try JSON(cursor: &cursor, bytes: bytes)
        try cursor.expectEnd()
    }

    /// Reads exactly one JSON value, as a file or an answer holds it: a byte order mark before it is skipped.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let result: Result<JSON, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            let text = hasMark ? UnsafeBufferPointer(rebasing: buffer[3...]) : buffer
            do throws(JSONError) { return .success(try JSON(parsing: text)) } catch { return .failure(error) }
        }
        self = try result.get()
    }

    /// Reads exactly one JSON value from text.
    package init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads the next value, leaving the cursor behind it.
    init(cursor: inout JSONCursor, bytes: UnsafeBufferPointer<UInt8>, depth: Int = 0) throws(JSONError) {
        switch cursor.next() {
        case UInt8(ascii: "{") where depth < JSONLimits.depth:
            try cursor.expect(UInt8(ascii: "{"))
            var members: [Member] = []
            while try cursor.hasMember(first: members.isEmpty) {
                let name = try cursor.memberName().text(in: bytes)
                members.append(Member(name: name, value: try JSON(cursor: &cursor, bytes: bytes, depth: depth + 1)))
            }
            self = .object(members)
        case UInt8(ascii: "[") where depth < JSONLimits.depth:
            try cursor.expect(UInt8(ascii: "["))
            var elements: [JSON] = []
            while try cursor.hasElement(first: elements.isEmpty) {
                elements.append(try JSON(cursor: &cursor, bytes: bytes, depth: depth + 1))
            }
            self = .array(elements)
        default:
            let token = try cursor.value(depth: depth)
            switch token.kind {
            case .string: self = .string(token.text(in: bytes))
            case .integer, .number, .hugeNumber, .endlessNumber: self = .number(token.text(in: bytes))
            case .yes: self = .boolean(true)
            case .no: self = .boolean(false)
            case .null, .object, .array, .absent: self = .null
            }
        }
    }
}
