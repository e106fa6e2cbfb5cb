/// The place of a field inside a record: a top-level key (`"token"`), or a key one level below (`"v.token"`).
///
/// When the first component holds an array of objects, the second one is looked for in each of them.
package struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The top-level key.
    package let first: String
    /// The key below it, if the path has two components.
    package let second: String?

    /// Splits at the first dot; keys that contain dots themselves cannot be named.
    package init(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        first = parts.first.map(String.init) ?? ""
        second = parts.count > 1 ? String(parts[1]) : nil
    }

    /// Makes `let path: FieldPath = "v.token"` work.
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
