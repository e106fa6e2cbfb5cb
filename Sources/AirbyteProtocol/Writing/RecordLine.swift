import JSONBytes

/// The constant parts of the RECORD lines of one stream.
package struct RecordLine: Sendable {
    /// The stream's name.
    package let stream: String
    // Everything before the digits of `emitted_at`.
    private let head: [UInt8]

    /// The line for records of `stream`.
    package init(stream: String) {
        self.stream = stream
        head =
            Array(#"{"type":"RECORD","record":{"stream":"#.utf8) + JSONText.quoted(stream)
            + Array(#","emitted_at":"#.utf8)
    }

    /// What stands around a record that is emitted at `instant` (Unix ms).
    func frame(emittedAt instant: Int64) -> RecordFrame {
        RecordFrame(opening: head + Array(String(instant).utf8) + Array(#","data":"#.utf8), ending: "}}\n")
    }
}
