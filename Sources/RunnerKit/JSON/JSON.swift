/// A JSON value as a tree, for the small messages (catalogs, states, traces): records never become one.
///
/// Lossless: members keep their order, numbers the digits they were written with, so what a source said of its
/// state or its schema goes back to it unchanged.
package indirect enum JSON: Sendable, Equatable {
    /// `null`, which is not the same as no member.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// The literal as written, for instance `1.0` or `12345678901234567890`.
    case number(String)
    /// Text, unescaped.
    case string(String)
    /// A list in its order.
    case array([JSON])
    /// Members in the order in which they were written.
    case object([Member])

    /// A name and its value. An object written with the same name twice keeps both; look-ups see the later one.
    package struct Member: Sendable, Equatable {
        /// The name, unescaped.
        package let name: String
        /// What the name stands for.
        package var value: JSON
    }
}

extension JSON {
    /// The value of the member `name`; nil when absent, null, or when this is no object.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self,
            let value = members.last(where: { $0.name.isExactly(name) })?.value, value != .null
        else { return nil }
        return value
    }

    /// The text of a string, nil for any other kind.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array, nil for any other kind.
    package var array: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, nil for any other kind.
    package var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// A number as an integer; `3.0` counts as 3. Nil when it is none or does not fit.
    package var integer: Int64? {
        guard case .number(let literal) = self else { return nil }
        return Int64(literal) ?? Double(literal).flatMap { Int64(exactly: $0) }
    }

    /// True only for the literal `true`.
    package var isTrue: Bool { self == .boolean(true) }

    /// An object from name and value pairs, in this order.
    package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The value as compact JSON text.
    package var text: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value as JSON text for people: a line for each member and element.
    var indentedText: String { indented(by: "\n") }

    private func indented(by lineBreak: String) -> String {
        let inner = lineBreak + "  "
        switch self {
        case .array(let elements) where !elements.isEmpty:
            return "[" + elements.map { inner + $0.indented(by: inner) }.joined(separator: ",") + lineBreak + "]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(JSON.string($0.name).text): \($0.value.indented(by: inner))" }
            return "{" + lines.joined(separator: ",") + lineBreak + "}"
        default: return text
        }
    }

    /// This object with the members of `other` in it, objects inside them likewise; anything else gives way to `other`.
    func merging(_ other: JSON) -> JSON {
        guard case .object(var members) = self, case .object(let others) = other else { return other }
        for member in others {
            if let index = members.lastIndex(where: { $0.name.isExactly(member.name) }) {
                members[index].value = members[index].value.merging(member.value)
            } else {
                members.append(member)
            }
        }
        return .object(members)
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let literal): bytes.append(contentsOf: literal.utf8)
        case .string(let text): bytes.append(jsonString: text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(jsonString: member.name)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

extension JSON {
    /// Reads exactly one JSON value. Throws where and why the bytes are none.
    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        var cursor = JSONCursor(bytes)
        self = try JSON(cursor: &cursor, bytes: bytes)
        try cursor.expectEnd()
    }

    /// Reads exactly one JSON value. Throws where and why the bytes are none.
    init(parsing bytes: [UInt8]) throws(JSONFault) {
        let result: Result<JSON, JSONFault> = bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONFault) { return .success(try JSON(parsing: buffer)) } catch { return .failure(error) }
        }
        self = try result.get()
    }

    /// Reads exactly one JSON value from text.
    init(parsing text: String) throws(JSONFault) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads the next value, leaving the cursor behind it.
    init(cursor: inout JSONCursor, bytes: UnsafeBufferPointer<UInt8>, depth: Int = 0) throws(JSONFault) {
        switch cursor.next() {
        case UInt8(ascii: "{") where depth < JSONCursor.depthLimit:
            try cursor.expect(UInt8(ascii: "{"), "expected {")
            var members: [Member] = []
            while try cursor.hasMember(first: members.isEmpty) {
                let name = try cursor.memberName().text(in: bytes)
                members.append(Member(name: name, value: try JSON(cursor: &cursor, bytes: bytes, depth: depth + 1)))
            }
            self = .object(members)
        case UInt8(ascii: "[") where depth < JSONCursor.depthLimit:
            try cursor.expect(UInt8(ascii: "["), "expected [")
            var elements: [JSON] = []
            while try cursor.hasElement(first: elements.isEmpty) {
                elements.append(try JSON(cursor: &cursor, bytes: bytes, depth: depth + 1))
            }
            self = .array(elements)
        default:
            let token = try cursor.value(depth: depth)
            switch token.kind {
            case .string: self = .string(token.text(in: bytes))
            case .integer, .number: self = .number(token.text(in: bytes))
            case .true: self = .boolean(true)
            case .false: self = .boolean(false)
            case .null, .object, .array: self = .null
            }
        }
    }
}
