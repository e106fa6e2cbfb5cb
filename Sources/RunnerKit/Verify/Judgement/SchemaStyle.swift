import AirbyteProtocol
import JSONBytes

/// Judges how the schema of a stream is written: what destinations make tables of, and what they do not.
enum SchemaStyle {
    /// Judges a valid schema.
    static func judge(_ schema: JSON, _ key: StreamKey, into findings: inout Findings) {
        findings.examine(.discoverSchemaIsOpen, .discoverSchemaIsPlain, .discoverTypesAreSingle, .discoverTypesAreTold)
        findings.examine(.discoverNullableIsOptional, .discoverListsHaveItems, .discoverNamesSurvive)
        findings.examine(.discoverAirbyteTypesAreKnown)
        SchemaWalk.each(schema) { part, path in
            let place = "`\(key)`" + (path.isEmpty ? "" : ": `\(path.joined(separator: "."))`")
            judgeWords(part, place, into: &findings)
            judgeTypes(part, path, place, into: &findings)
            for name in part["required"]?.array?.compactMap(\.string) ?? [] {
                let types = part["properties"]?[name].flatMap(SchemaWalk.types) ?? []
                if types.contains("null") {
                    findings.breach(.discoverNullableIsOptional, "\(place): `\(name)` is required and may be null")
                }
            }
        }
        judgeNames(schema, key, into: &findings)
    }

    private static func judgeWords(_ part: JSON, _ place: String, into findings: inout Findings) {
        if part["additionalProperties"] == .boolean(false) {
            findings.breach(.discoverSchemaIsOpen, "\(place): additionalProperties is false")
        }
        for word in ["$ref", "allOf", "anyOf", "not"] where part[word] != nil {
            findings.breach(.discoverSchemaIsPlain, "\(place): \(word)")
        }
        if let type = part["airbyte_type"], !airbyteTypes.contains(type.string ?? "") {
            findings.breach(.discoverAirbyteTypesAreKnown, "\(place): \(type.text)")
        }
    }

    private static let airbyteTypes: Set<String> = [
        "timestamp_with_timezone", "timestamp_without_timezone", "time_with_timezone", "time_without_timezone",
        "integer",
        "big_integer", "big_number", "binary", "binary_data",
    ]

    private static func judgeTypes(_ part: JSON, _ path: [String], _ place: String, into findings: inout Findings) {
        guard !path.isEmpty else { return }
        let isReference = ["$ref", "const", "enum"].contains { part[$0] != nil }
        guard let types = SchemaWalk.types(of: part) else {
            if !isReference { findings.breach(.discoverTypesAreTold, "\(place) has no type") }
            return
        }
        // Deeper ones are JSON inside of a column.
        if path.count == 1, types.subtracting(["null"]).count > 1 {
            findings.breach(
                .discoverTypesAreSingle, "\(place) is \(types.subtracting(["null"]).sorted().joined(separator: " or "))"
            )
        }
        if types.contains("array"), part["items"] == nil, part["type"] != nil {
            findings.breach(.discoverListsHaveItems, "\(place) has no items")
        }
    }

    private static func judgeNames(_ schema: JSON, _ key: StreamKey, into findings: inout Findings) {
        var names: [String: String] = [:]
        for member in schema["properties"]?.members ?? [] {
            let plain = String(member.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            if let other = names.updateValue(member.name, forKey: plain), other != member.name {
                findings.breach(
                    .discoverNamesSurvive, "`\(key)`: `\(other)` and `\(member.name)` both become `\(plain)`")
            }
        }
    }
}
