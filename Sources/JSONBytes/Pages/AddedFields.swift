/// Fields the source adds to a record, already encoded, spliced in after the record's opening brace.
///
/// A field that the server might send under the same name belongs into the shape's `dropping`, or it would be there twice.
package struct AddedFields: Sendable {
    /// `"name":value` members separated by commas.
    package private(set) var bytes: [UInt8] = []

    /// No fields.
    package init() {}

    /// Whether nothing was added yet.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Adds a string.
    package mutating func add(_ name: String, string: String) {
        begin(name)
        JSONText.append(string, to: &bytes)
    }

    /// Adds a point in time, given as Unix milliseconds, as RFC 3339 text in UTC.
    package mutating func add(_ name: String, timestamp milliseconds: Int64) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        bytes += Timestamp.bytes(milliseconds)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds an integer.
    package mutating func add(_ name: String, integer: Int64) {
        begin(name)
        bytes += Array(String(integer).utf8)
    }

    /// Adds a boolean.
    package mutating func add(_ name: String, boolean: Bool) {
        begin(name)
        bytes += Array((boolean ? "true" : "false").utf8)
    }

    /// Adds a value as it stands in a page, made safe for a line.
    package mutating func add(_ name: String, slice: Slice, of page: ScannedPage) {
        begin(name)
        page.bytes(slice) { TextFilter.append($0, to: &bytes) }
    }

    private mutating func begin(_ name: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
}
