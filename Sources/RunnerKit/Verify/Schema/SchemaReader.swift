import JSONBytes

/// Turns the JSON of a schema into a `Schema`, references within the document followed.
final class SchemaReader {
    private let document: JSON
    /// What references have led to, so that circles end.
    private var referred: [String: Schema] = [:]

    /// For schemas that are parts of `document`.
    init(_ document: JSON) { self.document = document }

    /// Reads one schema. What is no schema allows everything; `SchemaShape` tells of it.
    func schema(_ json: JSON) -> Schema {
        if let pointer = json["$ref"]?.string { return reference(pointer) }
        return fill(Schema(), json)
    }

    private func reference(_ pointer: String) -> Schema {
        if let known = referred[pointer] { return known }
        let schema = Schema()
        referred[pointer] = schema
        guard let target = document.target(of: pointer) else { return schema }
        if let next = target["$ref"]?.string {
            schema.all = next == pointer ? [] : [reference(next)]
            return schema
        }
        return fill(schema, target)
    }

    private func fill(_ schema: Schema, _ json: JSON) -> Schema {
        guard json.members != nil else {
            schema.isNothing = json == .boolean(false)
            return schema
        }
        switch json["type"] {
        case .string(let word): schema.types = Schema.Types(word: word) ?? .any
        case .array(let words):
            // With a word that is no type nothing is known: that is told of the schema, not of each record.
            let known = words.compactMap { $0.string.flatMap(Schema.Types.init(word:)) }
            if !known.isEmpty, known.count == words.count { schema.types = Schema.Types(known) }
        default: break
        }
        schema.isWhole = json["airbyte_type"]?.string == "integer"
        schema.isBase64 =
            json["contentEncoding"]?.string == "base64"
            || ["binary", "binary_data"].contains(json["airbyte_type"]?.string)
        schema.pattern = json["pattern"]?.string.flatMap { try? Regex($0).matchingSemantics(.unicodeScalar) }
        schema.form = DateForm(format: json["format"]?.string, airbyteType: json["airbyte_type"]?.string)
        for member in json["properties"]?.members ?? [] { schema.properties[member.name] = self.schema(member.value) }
        schema.required = json["required"]?.array?.compactMap(\.string) ?? []
        if let additional = json["additionalProperties"], additional != .boolean(true) {
            schema.additional = self.schema(additional)
        }
        fillLists(schema, json)
        fillChoices(schema, json)
        return schema
    }

    private func fillLists(_ schema: Schema, _ json: JSON) {
        if let leading = json["items"]?.array {
            schema.leadingItems = leading.map { self.schema($0) }
            schema.items = json["additionalItems"].map { self.schema($0) }
        } else if let items = json["items"] {
            schema.items = self.schema(items)
        }
    }

    private func fillChoices(_ schema: Schema, _ json: JSON) {
        if let values = json["enum"]?.array { schema.values = values.map(\.canonical) }
        // A `const` may be null, which a look-up takes for none.
        if let constant = json.members?.last(where: { $0.name == "const" }) {
            schema.values = [constant.value.canonical]
        }
        schema.all = (json["allOf"]?.array ?? []).map { self.schema($0) }
        if let choices = json["anyOf"]?.array { schema.choices = [choices.map { self.schema($0) }] }
        if let alternatives = json["oneOf"]?.array { schema.alternatives = [alternatives.map { self.schema($0) }] }
        schema.excluded = json["not"].map { self.schema($0) }
        for keyword in SchemaReader.bounds {
            guard case .number(let literal)? = json[keyword], let value = Double(literal) else { continue }
            schema.bounds.append((keyword, value))
        }
    }

    private static let bounds = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems",
    ]
}

extension JSON {
    /// What a reference within this document leads to; nil when it leads nowhere.
    func target(of pointer: String) -> JSON? {
        guard pointer.hasPrefix("#") else { return nil }
        var place: JSON? = self
        for part in pointer.dropFirst().split(separator: "/") {
            let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
            if let elements = place?.array {
                place = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            } else {
                place = place?[String(name)]
            }
        }
        return place
    }

    /// The same value in the one form that equals only the same value: members sorted, numbers by what they are.
    var canonical: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let members):
            .sortedObject(Dictionary(members.map { ($0.name, $0.value.canonical) }) { _, last in last })
        case .number(let literal): .number(integer.map { String($0) } ?? literal)
        case .null, .boolean, .string: self
        }
    }
}
