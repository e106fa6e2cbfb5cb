import AirbyteProtocol
import JSONBytes

/// Tells whether JSON is a schema of draft 7 at all: the keywords hold what they must.
struct SchemaShape {
    private let document: JSON
    private var faults: [String] = []

    /// What is wrong, each with its place; empty for a valid schema.
    static func faults(of document: JSON) -> [String] {
        var shape = SchemaShape(document: document)
        shape.judge(document, "")
        return shape.faults
    }

    private init(document: JSON) { self.document = document }

    private mutating func note(_ place: String, _ reason: String) {
        faults.append(place.isEmpty ? reason : "\(place): \(reason)")
    }

    private mutating func judge(_ schema: JSON, _ place: String) {
        if schema.boolean != nil { return }
        guard let members = schema.members else { return note(place, "\(schema.kindName) is no schema") }
        for member in members { judge(member, place) }
    }

    private mutating func judge(_ member: JSON.Member, _ place: String) {
        let (name, value) = (member.name, member.value)
        let inner = place.isEmpty ? name : "\(place).\(name)"
        switch name {
        case "type": judgeType(value, inner)
        case "properties", "definitions", "$defs", "patternProperties":
            guard let members = value.members else { return note(inner, "has to be an object") }
            for member in members { judge(member.value, name == "properties" ? step(place, member.name) : inner) }
        case "required":
            guard let names = value.array, names.allSatisfy({ $0.string != nil }) else {
                return note(inner, "has to be a list of names")
            }
            if Set(names).count < names.count { note(inner, "names one twice") }
        case "items":
            if let list = value.array { list.forEach { judge($0, inner) } } else { judge(value, inner) }
        case "additionalProperties", "additionalItems", "not", "if", "then", "else", "contains", "propertyNames":
            judge(value, inner)
        case "allOf", "anyOf", "oneOf":
            guard let list = value.array, !list.isEmpty else { return note(inner, "has to be a list of schemas") }
            list.forEach { judge($0, inner) }
        case "enum":
            guard let list = value.array, !list.isEmpty else { return note(inner, "has to be a list of values") }
        case "$ref":
            guard let pointer = value.string else { return note(inner, "has to be a text") }
            if pointer.hasPrefix("#"), document.target(of: pointer) == nil { note(inner, "leads to nothing") }
        default: judgePlain(name, value, inner)
        }
    }

    private func step(_ place: String, _ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    private mutating func judgeType(_ value: JSON, _ place: String) {
        let words = value.array ?? [value]
        guard !words.isEmpty else { return note(place, "is an empty list") }
        for word in words {
            guard let text = word.string else { return note(place, "has to be a text or a list of texts") }
            if Schema.Types(word: text) == nil { note(place, "`\(text)` is no type of JSON") }
        }
        if Set(words).count < words.count { note(place, "names one type twice") }
    }

    private mutating func judgePlain(_ name: String, _ value: JSON, _ place: String) {
        switch name {
        case "format", "pattern", "title", "description", "$schema", "$id", "$comment", "contentEncoding":
            if value.string == nil { note(place, "has to be a text") }
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            guard case .number = value else { return note(place, "has to be a number") }
        case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties":
            guard let count = value.integer, count >= 0 else { return note(place, "has to be a number from 0") }
        case "uniqueItems", "readOnly", "writeOnly", "airbyte_secret", "airbyte_hidden", "multiline", "always_show":
            if value.boolean == nil { note(place, "has to be true or false") }
        default: break
        }
    }
}
