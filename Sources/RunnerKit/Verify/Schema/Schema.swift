import AirbyteProtocol
import JSONBytes

/// A JSON schema of draft 7, made ready to judge many values.
///
/// A class, because schemas refer to themselves. Keywords that say nothing of types and forms (`title`, `uniqueItems`, ...) are
/// not looked at.
final class Schema {
    /// JSON types as a set.
    struct Types: OptionSet {
        /// A bit for each type.
        let rawValue: UInt8
        /// `null`.
        static let null = Types(rawValue: 1)
        /// `true` and `false`.
        static let boolean = Types(rawValue: 2)
        /// Numbers without a fraction.
        static let integer = Types(rawValue: 4)
        /// All numbers.
        static let number = Types(rawValue: 8)
        /// Texts.
        static let string = Types(rawValue: 16)
        /// Lists.
        static let array = Types(rawValue: 32)
        /// Objects.
        static let object = Types(rawValue: 64)
        /// What no `type` allows.
        static let any = Types(rawValue: 127)

        /// The type that `word` names.
        init?(word: String) {
            switch word {
            case "null": self = .null
            case "boolean": self = .boolean
            case "integer": self = .integer
            case "number": self = .number
            case "string": self = .string
            case "array": self = .array
            case "object": self = .object
            default: return nil
            }
        }

        init(rawValue: UInt8) { self.rawValue = rawValue }

        /// In the words of JSON Schema.
        var description: String {
            let words: [(Types, String)] = [
                (.null, "null"), (.boolean, "boolean"), (.integer, "integer"), (.number, "number"), (.string, "string"),
                (.array, "array"), (.object, "object"),
            ]
            return words.filter { contains($0.0) }.map(\.1).joined(separator: " or ")
        }
    }

    /// What fits nothing (`false`).
    var isNothing = false
    /// The types allowed; `any` where none is told.
    var types = Types.any
    /// The form of texts.
    var form: DateForm?
    /// Whether numbers are integers for Airbyte, whatever they are for JSON.
    var isWhole = false
    /// Whether texts are bytes in base64.
    var isBase64 = false
    /// What must be found in texts; nil too where it is a pattern that only JavaScript knows.
    var pattern: Regex<AnyRegexOutput>?
    /// The declared members of objects, by name.
    var properties: [String: Schema] = [:]
    /// Members that must be there.
    var required: [String] = []
    /// What other members must be; nil for anything.
    var additional: Schema?
    /// What all elements of a list must be; nil for anything.
    var items: Schema?
    /// What the first elements must be.
    var leadingItems: [Schema] = []
    /// The values allowed; nil for all.
    var values: [JSON]?
    /// All of them must fit.
    var all: [Schema] = []
    /// At least one of each group must fit.
    var choices: [[Schema]] = []
    /// Exactly one of each group must fit.
    var alternatives: [[Schema]] = []
    /// Must not fit.
    var excluded: Schema?
    /// Bounds of numbers, lengths of texts, counts of elements: keyword and value.
    var bounds: [(keyword: String, value: Double)] = []

    /// Whether a scalar of an allowed type fits without a closer look.
    var isSimple: Bool {
        values == nil && all.isEmpty && choices.isEmpty && alternatives.isEmpty && excluded == nil && bounds.isEmpty
            && !isNothing
    }

    /// Reads a schema that stands alone.
    static func reading(_ document: JSON) -> Schema { SchemaReader(document).schema(document) }
}
