/// The constant parts of the RECORD lines of one stream.
package struct RecordLine: Sendable {
    /// The stream's name.
    package let stream: String

    /// The line for records of `stream`.
    package init(stream: String) {
        self.stream = stream
    }
}
