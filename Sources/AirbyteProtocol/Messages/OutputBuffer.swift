/// Whole lines waiting to be written; reached only through `MessageWriter.write(_:)`.
package struct OutputBuffer: Sendable {
    /// Appends a record of a page.
    ///
    /// An element for which `page.isRecord` is false appends nothing.
    package mutating func record(
        _ line: RecordLine, page: ScannedPage, list: Int, index: Int, adding: AddedFields?, emittedAt: Int64
    ) throws(OutputError) {
        fatalError("body follows")
    }

    /// Appends a record made of added fields alone, such as a tombstone; nothing when there are none.
    package mutating func record(_ line: RecordLine, fields: AddedFields, emittedAt: Int64) throws(OutputError) {
        fatalError("body follows")
    }
}
