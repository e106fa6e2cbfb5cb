package import JSONBytes

/// One declared top-level field of a stream: its name, its single JSON type and what it means.
package struct Field: Sendable {
    /// Name as the server spells it.
    package let name: String
    /// The one type that destinations see; null is always allowed besides.
    package let type: FieldType
    /// Types of an array's items as JSON Schema writes them; empty for anything that is not an array.
    package let items: [String]
    /// One sentence for the schema and docs/streams.md.
    package let note: String

    /// A field called `name` of `type`; `items` says what an array holds.
    package init(_ name: String, _ type: FieldType, items: [String] = [], _ note: String = "") {
        self.name = name
        self.type = type
        self.items = items
        self.note = note
    }

    /// A field of text.
    static func string(_ name: String, _ note: String = "") -> Field { Field(name, .string, note) }
    /// A field of whole numbers that fit in 64 bits.
    static func integer(_ name: String, _ note: String = "") -> Field { Field(name, .integer, note) }
    /// A field of numbers below 1e28 in size, with or without a fraction.
    static func number(_ name: String, _ note: String = "") -> Field { Field(name, .number, note) }
    /// A field that is true or false.
    static func boolean(_ name: String, _ note: String = "") -> Field { Field(name, .boolean, note) }
    /// A field of dates; they leave as RFC 3339 text in UTC.
    static func timestamp(_ name: String, _ note: String = "") -> Field { Field(name, .timestamp, note) }
    /// A field of objects, whose members are not declared.
    static func object(_ name: String, _ note: String = "") -> Field { Field(name, .object, note) }
    /// A field of lists of texts; a lone text arrives as a list of one.
    static func strings(_ name: String, _ note: String = "") -> Field {
        Field(name, .strings, items: ["null", "string"], note)
    }
    /// A field of lists of objects; a lone object arrives as a list of one.
    static func objects(_ name: String, _ note: String = "") -> Field {
        Field(name, .objects, items: ["null", "object"], note)
    }
    /// A field that is an array on some server versions and a bare value on others: a bare value arrives as a one-element array.
    static func list(_ name: String, items: [String], _ note: String = "") -> Field {
        Field(name, .list, items: items, note)
    }

    /// The field's JSON Schema (draft-07), after the conventions of Airbyte: nullable, one type, open objects.
    package var schema: String {
        let described = note.isEmpty ? "" : #","description":"\#(note)""#
        switch type {
        case .string: return #"{"type":["null","string"]\#(described)}"#
        case .integer: return #"{"type":["null","integer"]\#(described)}"#
        case .number: return #"{"type":["null","number"]\#(described)}"#
        case .boolean: return #"{"type":["null","boolean"]\#(described)}"#
        case .timestamp:
            return
                #"{"type":["null","string"],"format":"date-time","airbyte_type":"timestamp_with_timezone"\#(described)}"#
        case .object: return #"{"type":["null","object"],"additionalProperties":true\#(described)}"#
        case .array, .strings, .objects, .list:
            let names = items.map { #""\#($0)""# }.joined(separator: ",")
            let open = items.contains("object") ? #","additionalProperties":true"# : ""
            return #"{"type":["null","array"],"items":{"type":[\#(names)]\#(open)}\#(described)}"#
        }
    }
}
