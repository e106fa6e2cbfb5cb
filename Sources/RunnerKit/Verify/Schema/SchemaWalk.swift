import AirbyteProtocol
import JSONBytes

/// Goes through all schemas within a schema.
enum SchemaWalk {
    /// Calls `visit` for `schema` and each schema below it, with the path of names that lead there, `[]` for elements.
    static func each(_ schema: JSON, path: [String] = [], depth: Int = 0, _ visit: (JSON, [String]) -> Void) {
        guard schema.members != nil, depth < 64 else { return }
        visit(schema, path)
        for member in schema["properties"]?.members ?? [] {
            each(member.value, path: path + [member.name], depth: depth + 1, visit)
        }
        for name in ["definitions", "$defs", "patternProperties"] {
            for member in schema[name]?.members ?? [] {
                each(member.value, path: path + [name, member.name], depth: depth + 1, visit)
            }
        }
        for name in ["items", "additionalProperties", "not"] {
            guard let inner = schema[name] else { continue }
            for part in inner.array ?? [inner] {
                each(part, path: path + [name == "items" ? "[]" : name], depth: depth + 1, visit)
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            for part in schema[name]?.array ?? [] { each(part, path: path, depth: depth + 1, visit) }
        }
    }

    /// The schema of the field that `path` leads to, through references and alternatives; nil where none is declared.
    static func field(_ path: [String], in schema: JSON, document: JSON, depth: Int = 0) -> JSON? {
        guard depth < 64 else { return nil }
        if let pointer = schema["$ref"]?.string {
            return document.target(of: pointer).flatMap { field(path, in: $0, document: document, depth: depth + 1) }
        }
        guard let name = path.first else { return schema }
        if let inner = schema["properties"]?[name],
            let found = field(Array(path.dropFirst()), in: inner, document: document, depth: depth + 1)
        {
            return found
        }
        for word in ["allOf", "anyOf", "oneOf"] {
            for part in schema[word]?.array ?? [] {
                if let found = field(path, in: part, document: document, depth: depth + 1) { return found }
            }
        }
        return nil
    }

    /// The types that a schema allows, its alternatives included; nil where none is told.
    static func types(of schema: JSON) -> Set<String>? {
        if let word = schema["type"]?.string { return [word] }
        if let words = schema["type"]?.array { return Set(words.compactMap(\.string)) }
        let parts = ["allOf", "anyOf", "oneOf"].flatMap { schema[$0]?.array ?? [] }.compactMap { types(of: $0) }
        return parts.isEmpty ? nil : parts.reduce(into: []) { $0.formUnion($1) }
    }
}
