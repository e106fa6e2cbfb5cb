/// A JSON value as the sandbox's store holds it.
enum JSON: Sendable, Hashable {
    /// `null`, written out; a member that is missing is none of the object's.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number, written without fraction.
    case int(Int64)
    /// A number that may have a fraction.
    case number(Double)
    /// Text, not escaped.
    case string(String)
    /// Unix milliseconds, written as an ISO-8601 UTC string.
    case date(Int64)
    /// A value that is already encoded, as a string with an escaped lone surrogate, which `String` cannot hold.
    case raw([UInt8])
    /// A list in its order.
    case array([JSON])
    /// An object; its members keep their order.
    case object(JSONObject)

    /// The text of a string, else nil.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an integer, else nil.
    var integer: Int64? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The value of a boolean, else nil.
    var flag: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The milliseconds of a date, else nil.
    var milliseconds: Int64? {
        if case .date(let value) = self { value } else { nil }
    }

    /// The elements of an array, else nil.
    var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, else nil.
    var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// An array of strings.
    static func strings(_ texts: [String]) -> JSON {
        .array(texts.map { .string($0) })
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text as a literal; dates want `.date`.
    init(stringLiteral value: String) { self = .string(value) }
    /// `true` or `false` as a literal.
    init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A whole number as a literal.
    init(integerLiteral value: Int64) { self = .int(value) }
    /// A list as a literal.
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object as a literal; its members keep the literal's order.
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
}
