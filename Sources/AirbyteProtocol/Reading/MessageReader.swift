import JSONBytes

/// Takes protocol lines apart: records into ranges of the line, everything else into trees.
package struct MessageReader {
    /// The members of the last record's `data`, in the order written. Reused from record to record.
    package private(set) var fields: [RecordField] = []

    /// One reader serves a whole run.
    package init() {}

    /// Reads one line, validating all of it.
    package mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> SourceLine {
        do throws(JSONError) {
            return try envelope(line)
        } catch {
            return .noise(Self.looksLikeRecord(line) ? .brokenRecord(error.reason.rawValue) : .text)
        }
    }

    private mutating func envelope(_ line: UnsafeBufferPointer<UInt8>) throws(JSONError) -> SourceLine {
        var cursor = JSONCursor(line)
        guard cursor.next() == UInt8(ascii: "{") else {
            _ = try cursor.value()
            try cursor.expectEnd()
            return .noise(.unknown)
        }
        try cursor.expect(UInt8(ascii: "{"))
        var first = true
        var type: JSONToken?
        var parts = RecordParts()
        while try cursor.hasMember(first: first) {
            first = false
            let name = try cursor.memberName()
            if Self.equal(name, "record", in: line), cursor.next() == UInt8(ascii: "{") {
                parts = try record(&cursor, line)
            } else {
                let value = try cursor.value()
                if Self.equal(name, "type", in: line) { type = value }
            }
        }
        try cursor.expectEnd()

        guard let type, type.kind == .string else { return .noise(.unknown) }
        if Self.equal(type, "RECORD", in: line) {
            guard let stream = parts.stream, let data = parts.data else {
                return .noise(.brokenRecord("no stream or no data"))
            }
            return .record(
                RecordHead(stream: stream, namespace: parts.namespace, data: data, emittedAt: parts.emittedAt))
        }
        let name = type.text(in: line)
        guard let type = MessageType(rawValue: name), type != .record else { return .noise(.unknown) }
        guard let payload = try JSON(parsing: line)[type.payloadName], payload.members != nil else {
            return .noise(.brokenMessage(name))
        }
        return .message(type, payload)
    }

    private struct RecordParts {
        var stream: JSONToken?
        var namespace: JSONToken?
        var data: JSONToken?
        var emittedAt: Int64?
    }

    private mutating func record(
        _ cursor: inout JSONCursor, _ line: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) -> RecordParts {
        var parts = RecordParts()
        try cursor.expect(UInt8(ascii: "{"))
        var first = true
        while try cursor.hasMember(first: first) {
            first = false
            let name = try cursor.memberName()
            if Self.equal(name, "data", in: line), cursor.next() == UInt8(ascii: "{") {
                parts.data = try data(&cursor)
                continue
            }
            let value = try cursor.value()
            if Self.equal(name, "stream", in: line) {
                parts.stream = value.kind == .string ? value : nil
            } else if Self.equal(name, "namespace", in: line) {
                parts.namespace = value.kind == .string ? value : nil
            } else if Self.equal(name, "emitted_at", in: line), value.kind == .integer {
                parts.emittedAt = Int64(value.text(in: line))
            }
        }
        return parts
    }

    private mutating func data(_ cursor: inout JSONCursor) throws(JSONError) -> JSONToken {
        fields.removeAll(keepingCapacity: true)
        let start = cursor.offset
        try cursor.expect(UInt8(ascii: "{"))
        while try cursor.hasMember(first: fields.isEmpty) {
            let name = try cursor.memberName()
            fields.append(RecordField(name: name, value: try cursor.value()))
        }
        return JSONToken(kind: .object, start: start, end: cursor.offset)
    }

    private static func equal(
        _ token: JSONToken, _ text: StaticString, in line: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let count = token.end - token.start
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where line[token.start + index] != text.utf8Start[index] { return false }
        return true
    }

    /// A broken line that begins as sources write records: what it carried is lost, which noise is not.
    private static func looksLikeRecord(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard line.first == UInt8(ascii: "{") else { return false }
        return String(decoding: line.prefix(64), as: UTF8.self).contains("\"RECORD\"")
    }
}
