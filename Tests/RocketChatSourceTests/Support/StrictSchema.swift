import AirbyteProtocol

/// A small strict validator for the schemas of this connector: types, items, date-times, and nothing undeclared.
struct StrictSchema {
    private let properties: [String: JSONValue]

    init(_ schema: JSONValue) { properties = schema["properties"]?.objectValue ?? [:] }

    /// What is wrong with a row; empty when nothing is.
    func faults(in row: JSONValue, allowingUndeclared: Bool = false) -> [String] {
        guard case .object(let members) = row, !members.isEmpty else { return ["not an object with members"] }
        return members.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let property = properties[name] else {
                return allowingUndeclared ? nil : "\(name) is not declared"
            }
            return Self.fault(in: value, of: property).map { "\(name) \($0)" }
        }
    }

    private static func fault(in value: JSONValue, of property: JSONValue) -> String? {
        let types = property["type"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard types.contains(where: { matches(value, $0) }) else { return "is \(value.text) instead of \(types)" }
        if case .string(let text) = value, property["format"]?.stringValue == "date-time", !isInstant(text) {
            return "is '\(text)' instead of RFC 3339 in UTC"
        }
        if case .array(let elements) = value, let items = property["items"] {
            return elements.lazy.compactMap { fault(in: $0, of: items) }.first.map { "has an item that \($0)" }
        }
        return nil
    }

    private static func matches(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"), (.object, "object"): true
        case (.integer, "integer"), (.integer, "number"), (.number, "number"): true
        default: false
        }
    }

    private static func isInstant(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z/) != nil
    }
}
