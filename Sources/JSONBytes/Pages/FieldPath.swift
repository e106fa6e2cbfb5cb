/// The place of a field inside a record: a top-level key (`"token"`) or keys below it (`"requestData.visitor.token"`).
///
/// Where a component holds an array, also an array of arrays, the next one is looked for in each object of it.
package struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The keys from the record's top down, one at least.
    package let components: [String]

    /// The top-level key.
    package var first: String { components[0] }

    /// Splits at the dots; keys that contain dots themselves cannot be named.
    package init(_ text: String) {
        components = text.split(separator: ".").map(String.init)
        precondition(!components.isEmpty, "a path without a key")
    }

    /// Makes `let path: FieldPath = "v.token"` work.
    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// Whether the path is `keys` or leads on from there.
    func begins(with keys: [String]) -> Bool {
        components.starts(with: keys)
    }
}
