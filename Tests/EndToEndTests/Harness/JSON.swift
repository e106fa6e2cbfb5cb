/// A JSON value as it was written: numbers keep their literal, objects the order of their members.
enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The literal, as `3.0`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One member of an object.
    struct Member: Equatable, Sendable {
        let name: String
        let value: JSON
    }

    /// The value of the member called `name`; nil for what is no object or lacks it.
    subscript(name: String) -> JSON? {
        members?.first { $0.name == name }?.value
    }

    /// The value at the end of a path of names.
    subscript(path: [String]) -> JSON? {
        path.reduce(Optional(self)) { $0?[$1] }
    }

    var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var literal: String? { if case .number(let literal) = self { literal } else { nil } }

    /// Whether the number is written as an integer.
    var isInteger: Bool { literal?.allSatisfy { $0.isNumber || $0 == "-" } ?? false }

    /// The value with sorted members and without those that are null, so that equal content is equal.
    var canonical: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let members):
            .object(
                members.filter { $0.value != .null }.sorted { $0.name < $1.name }
                    .map { Member(name: $0.name, value: $0.value.canonical) })
        default: self
        }
    }
}
