/// The constant parts of the RECORD lines of one stream.
package struct RecordLine: Sendable {
    /// The stream's name.
    package let stream: String
    /// Everything before the digits of `emitted_at`.
    let head: [UInt8]

    /// What stands between `emitted_at` and the record, without its opening brace.
    static let middle: StaticString = ",\"data\":"
    /// What stands behind the record.
    static let tail: StaticString = "}}\n"

    /// The line for records of `stream`.
    package init(stream: String) {
        self.stream = stream
        head =
            Array(#"{"type":"RECORD","record":{"stream":"#.utf8) + JSONText.quoted(stream)
            + Array(#","emitted_at":"#.utf8)
    }
}
