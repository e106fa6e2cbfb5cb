/// Fields the source adds to a record, already encoded, spliced in after the record's opening brace.
///
/// A field that the server might send under the same name belongs into the shape's `dropping`, or it would be there twice.
package struct AddedFields: Sendable {
    /// `"name":value` members separated by commas.
    var bytes: [UInt8] = []

    /// No fields.
    package init() {}

    /// Whether nothing was added yet.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Adds a string.
    package mutating func add(_ name: String, string: String) { fatalError("body follows") }

    /// Adds a point in time, given as Unix milliseconds, as RFC 3339 text in UTC.
    package mutating func add(_ name: String, timestamp milliseconds: Int64) { fatalError("body follows") }

    /// Adds an integer.
    package mutating func add(_ name: String, integer: Int64) { fatalError("body follows") }

    /// Adds a boolean.
    package mutating func add(_ name: String, boolean: Bool) { fatalError("body follows") }

    /// Adds `null`.
    package mutating func addNull(_ name: String) { fatalError("body follows") }

    /// Adds a value as it stands in a page.
    package mutating func add(_ name: String, slice: Slice, of page: ScannedPage) { fatalError("body follows") }
}
