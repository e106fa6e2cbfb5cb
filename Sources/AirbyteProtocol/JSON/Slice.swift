/// What kind of JSON value a slice holds.
package enum JSONKind: Sendable, Hashable {
    /// A string, its quotes included in the slice.
    case string
    /// A number literal.
    case number
    /// `true` or `false`, as the associated value says.
    case boolean(Bool)
    /// `null`.
    case null
    /// An object, its braces included.
    case object
    /// An array, its brackets included.
    case array
}

/// A value's place in a page's bytes.
package struct Slice: Sendable, Hashable {
    /// The kind of value found there.
    package let kind: JSONKind
    /// The value's bytes, as offsets into `ScannedPage.body`.
    package let range: Range<Int>
}
