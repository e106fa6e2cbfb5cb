import JSONBytes

/// A configuration to begin with, made from what a source says of itself: every setting that is required and every one
/// with a default.
struct ConfigurationDraft {
    /// A setting, for the list that goes with the file: JSON has no comments.
    struct Setting {
        /// Where it is: `credentials.token`.
        let path: String
        /// Its kind.
        let type: String
        /// In the words of the source.
        let text: String
        /// The environment variable that its value comes from; nil for what is no secret.
        let variable: String?
        /// What stands in the file; nil where it is left out.
        let value: JSON?
        /// Whether somebody has to fill it in.
        let isOpen: Bool
    }

    /// The configuration.
    private(set) var object: JSON = .object([JSON.Member]())
    /// Its settings, also those that were left out.
    private(set) var settings: [Setting] = []
    private let prefix: String

    /// From a source's `connectionSpecification`; the names of environment variables begin with `prefix`.
    init(_ specification: JSON, prefix: String) {
        self.prefix = prefix
        object = draft(specification, path: [], isRequired: true) ?? .object([JSON.Member]())
    }

    private mutating func draft(_ schema: JSON, path: [String], isRequired: Bool) -> JSON? {
        // The first of several forms is as good a beginning as any; the others are in the documentation.
        let schema = (schema["oneOf"] ?? schema["anyOf"])?.array?.first.map { schema.merging($0) } ?? schema
        if let properties = schema["properties"]?.members { return object(properties, schema, path, isRequired) }
        let known = schema["const"] ?? schema["default"]
        let isSecret = schema["airbyte_secret"]?.boolean == true
        let variable = isSecret && known == nil ? Self.variable([prefix] + path) : nil
        let isWritten = isRequired || known != nil
        let value = isWritten ? known ?? variable.map { .string("${env:\($0)}") } ?? Self.blank(schema) : nil
        if schema["const"] == nil {
            settings.append(
                Setting(
                    path: path.joined(separator: "."), type: Self.type(of: schema),
                    text: Self.plain(schema["description"]?.string ?? schema["title"]?.string ?? ""),
                    variable: isWritten ? variable : nil, value: value, isOpen: isRequired && known == nil))
        }
        return value
    }

    private mutating func object(
        _ properties: [JSON.Member], _ schema: JSON, _ path: [String], _ isRequired: Bool
    ) -> JSON? {
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        let order = { (member: JSON.Member) in member.value["order"]?.integer ?? .max }
        var members: [JSON.Member] = []
        for (_, property) in properties.enumerated().sorted(by: { left, right in
            (order(left.element), left.offset) < (order(right.element), right.offset)
        }) {
            let isNeeded = isRequired && required.contains(property.name)
            if let value = draft(property.value, path: path + [property.name], isRequired: isNeeded) {
                members.append(JSON.Member(name: property.name, value: value))
            }
        }
        return isRequired || !members.isEmpty ? .object(members) : nil
    }

    /// What stands for a value that somebody has to fill in: never one that could be taken for it.
    private static func blank(_ schema: JSON) -> JSON {
        if let first = schema["enum"]?.array?.first { return first }
        switch type(of: schema) {
        case "integer", "number": return schema["minimum"] ?? .integer(0)
        case "boolean": return .boolean(false)
        case "array": return .array([])
        case "object": return .object([JSON.Member]())
        default: return .string("")
        }
    }

    private static func type(of schema: JSON) -> String {
        let types = (schema["type"]?.array ?? [schema["type"] ?? .null]).compactMap(\.string)
        return types.first { $0 != "null" } ?? "string"
    }

    /// `SOURCE_ROCKET_CHAT_TOKEN`.
    private static func variable(_ words: [String]) -> String {
        let text = words.filter { !$0.isEmpty }.joined(separator: "_").uppercased()
        let name = text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return (name.first?.isNumber ?? false ? "_" : "") + String(name)
    }

    /// Without the HTML that some sources write into their descriptions.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            plain += rest[..<start]
            rest = rest[rest.index(after: end)...]
        }
        return (plain + rest).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
