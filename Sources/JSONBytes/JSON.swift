/// A JSON value as a tree, for what is small (configuration, catalogs, states, single answers): records never become one.
///
/// Lossless: members keep their order, numbers the digits they were written with, so what a source said of its
/// state or its schema goes back to it unchanged.
package enum JSON: Sendable, Hashable {
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
    package struct Member: Sendable, Hashable {
        /// The name, unescaped.
        package let name: String
        /// What the name stands for.
        package var value: JSON

        /// A member.
        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
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

    /// A boolean, nil for any other kind.
    package var boolean: Bool? {
        if case .boolean(let flag) = self { flag } else { nil }
    }

    /// The members of an object by name, of repeated ones the last; nil for any other kind. For objects of many members, in which
    /// looking each up by its name would go through all of them.
    package var dictionary: [String: JSON]? {
        members.map { Dictionary($0.map { ($0.name, $0.value) }) { _, last in last } }
    }

    /// A whole number.
    package static func integer(_ number: Int64) -> JSON { .number(String(number)) }

    /// An object with its members in the order of their names, so that equal dictionaries are equal text.
    package static func sortedObject(_ members: [String: JSON]) -> JSON {
        .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: $0.value) })
    }

    /// An object from name and value pairs, in this order.
    package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The value as compact JSON text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The same as bytes.
    package var bytes: [UInt8] { bytes(keepsNUL: true) }

    /// The same, if asked without U+0000 in its texts.
    package func bytes(keepsNUL: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes, keepsNUL: keepsNUL)
        return bytes
    }

    /// The value as JSON text for people: a line for each member and element.
    package var indentedText: String { indented(by: "\n") }

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
    package func merging(_ other: JSON) -> JSON {
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

    private func write(into bytes: inout [UInt8], keepsNUL: Bool) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let literal): bytes.append(contentsOf: literal.utf8)
        case .string(let text): JSONText.append(text, to: &bytes, keepsNUL: keepsNUL)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(into: &bytes, keepsNUL: keepsNUL)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.append(member.name, to: &bytes, keepsNUL: keepsNUL)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(into: &bytes, keepsNUL: keepsNUL)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
