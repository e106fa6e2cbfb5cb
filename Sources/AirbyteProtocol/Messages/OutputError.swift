/// Why a message could not be written.
package enum OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reader of our output is gone (EPIPE): stop now, quietly.
    case closed
    /// The system refused the write, with this `errno` (for example ENOSPC).
    case failed(errno: Int32)

    /// A sentence for the person who runs the source.
    package var description: String { "" }
}
