/// Text that equals only the same bytes.
///
/// Swift's strings are equal when they look alike, whether `é` is written as one scalar or as two. To sources and to
/// SQLite those are two names.
package struct ExactText: Hashable, Sendable {
    /// The text.
    package let text: String

    /// Wraps `text` as it is.
    package init(_ text: String) { self.text = text }

    /// A name as SQLite compares names: letters of ASCII without their case, all else by its bytes.
    package init(foldingLikeSQLite name: String) {
        text = String(decoding: name.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.isExactly(right.text) }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both are the same bytes.
    package func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// With another character for U+0000, at which the text of SQL ends.
    package var withoutNUL: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}
