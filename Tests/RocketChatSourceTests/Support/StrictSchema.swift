import AirbyteProtocol

@testable import JSONBytes

/// A small strict validator for the schemas of this connector: types, items, date-times, and nothing undeclared.
struct StrictSchema {
    private let properties: [String: JSON]

    init(_ schema: JSON) { properties = schema["properties"]?.dictionary ?? [:] }

    /// What is wrong with a row; empty when nothing is.
    func faults(in row: JSON, allowingUndeclared: Bool = false) -> [String] {
        guard case .object(let members) = row, !members.isEmpty else { return ["not an object with members"] }
        return members.sorted { $0.name < $1.name }.compactMap { member in
            let (name, value) = (member.name, member.value)
            guard let property = properties[name] else {
                return allowingUndeclared ? nil : "\(name) is not declared"
            }
            return Self.fault(in: value, of: property).map { "\(name) \($0)" }
        }
    }

    private static func fault(in value: JSON, of property: JSON) -> String? {
        let types = property["type"]?.array?.compactMap(\.string) ?? []
        guard types.contains(where: { matches(value, $0) }) else { return "is \(value.text) instead of \(types)" }
        if case .string(let text) = value, property["format"]?.string == "date-time", !isInstant(text) {
            return "is '\(text)' instead of RFC 3339 in UTC"
        }
        if case .array(let elements) = value, let items = property["items"] {
            return elements.lazy.compactMap { fault(in: $0, of: items) }.first.map { "has an item that \($0)" }
        }
        return nil
    }

    private static func matches(_ value: JSON, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.boolean, "boolean"), (.string, "string"), (.array, "array"), (.object, "object"): true
        case (.number(let literal), "integer"): Int64(literal) != nil
        case (.number, "number"): true
        default: false
        }
    }

    private static func isInstant(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z/) != nil
    }
}
