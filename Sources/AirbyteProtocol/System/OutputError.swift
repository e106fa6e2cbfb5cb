import CSystem

/// Why bytes could not be written.
package enum OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reader of our output is gone (EPIPE): stop now, quietly.
    case closed
    /// The system refused the write (for example ENOSPC).
    case failed(SystemError)

    /// A sentence for the person who runs the source.
    package var description: String {
        switch self {
        case .closed:
            "The program that read our output has closed it, so the work stopped here."
        case .failed(let error) where error.code == ENOSPC:
            "Writing the output failed because the disk is full; free some space and run the sync again."
        case .failed(let error):
            "Writing the output failed: \(error) (errno \(error.code)). "
                + "Check where standard output goes and run the sync again."
        }
    }
}
