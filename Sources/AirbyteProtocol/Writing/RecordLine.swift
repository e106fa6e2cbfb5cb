import JSONBytes

/// The constant parts of the RECORD lines of one stream.
package struct RecordLine: Sendable {
    /// The stream's name.
    package let stream: String
    // Everything before the digits of `emitted_at`.
    private let head: [UInt8]

    /// What stands behind the record.
    static let tail: StaticString = "}}\n"

    /// The line for records of `stream`.
    package init(stream: String) {
        self.stream = stream
        head =
            Array(#"{"type":"RECORD","record":{"stream":"#.utf8) + JSONText.quoted(stream)
            + Array(#","emitted_at":"#.utf8)
    }

    /// Everything before the record itself, emitted at `instant` (Unix ms).
    func opening(emittedAt instant: Int64) -> [UInt8] {
        head + Array(String(instant).utf8) + Array(#","data":"#.utf8)
    }
}
