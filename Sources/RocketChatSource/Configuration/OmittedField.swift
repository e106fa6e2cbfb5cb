/// A field that is not wanted, as `omit_fields` names it: `messages.md`, or `messages.file.url` for a member further down.
package struct OmittedField: Sendable, Hashable {
    /// Name of the stream.
    package let stream: String
    /// Where the field is in its records; keys are separated by dots.
    package let path: String

    /// Reads `text`, which names a stream and a field.
    package init(_ text: String) throws(ConfigurationError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ConfigurationError(
                "'omit_fields' in the configuration holds '\(text)' but wants a stream and a field with a dot between them, "
                    + "as in 'messages.md'.")
        }
        stream = String(parts[0])
        path = parts.dropFirst().joined(separator: ".")
    }

    /// The field as the configuration names it.
    package var text: String { "\(stream).\(path)" }
    /// The field of the record in which it is, or which it is.
    package var top: String { String(path.prefix { $0 != "." }) }
    /// Whether it is a field of the record itself.
    package var isTop: Bool { top == path }
}
