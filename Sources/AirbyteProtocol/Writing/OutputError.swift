import CSystem

/// Why a message could not be written.
package enum OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reader of our output is gone (EPIPE): stop now, quietly.
    case closed
    /// The system refused the write, with this `errno` (for example ENOSPC).
    case failed(errno: Int32)

    /// A sentence for the person who runs the source.
    package var description: String {
        switch self {
        case .closed:
            "The program that read our output has closed it, so the work stopped here."
        case .failed(let code) where code == ENOSPC:
            "Writing the output failed because the disk is full; free some space and run the sync again."
        case .failed(let code):
            "Writing the output failed: \(String(cString: strerror(code))) (errno \(code)). "
                + "Check where standard output goes and run the sync again."
        }
    }
}
