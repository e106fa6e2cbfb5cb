import CSystem

/// How the connector and the runner end; whoever calls them decides by it whether to try again (airbyte-contract.md §1.2).
package enum ExitCode: Sendable, Hashable {
    /// Everything asked for succeeded.
    case ok
    /// Something failed; another run may succeed.
    case failed
    /// The command line is wrong: bad option, unreadable file, unknown stream, a source that cannot be started.
    case usage
    /// Runner only: the source says that its configuration is wrong, and trying again cannot help. The connector says that in
    /// a TRACE ERROR and ends with `failed`, since platforms know no other code.
    case configuration
    /// Ended by a signal.
    case signal(Int32)

    /// The reader of standard output went away: what SIGPIPE would have done.
    package static let closedPipe = ExitCode.signal(SIGPIPE)

    /// The process exit status: 0, 1, 2, 3, or 128 plus the signal's number.
    package var status: Int32 {
        switch self {
        case .ok: 0
        case .failed: 1
        case .usage: 2
        case .configuration: 3
        case .signal(let number): 128 + number
        }
    }
}
