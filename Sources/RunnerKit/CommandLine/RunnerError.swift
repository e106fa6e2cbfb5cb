/// How the program ends; schedulers decide by it whether to try again.
package enum ExitCode: Sendable, Equatable {
    /// Everything asked for succeeded.
    case ok
    /// Something failed; another run may succeed.
    case failed
    /// The command line is wrong: bad option, unreadable file, unknown stream, a source that cannot be started.
    case usage
    /// The source says that its configuration is wrong: trying again cannot help.
    case configuration
    /// Ended by a signal.
    case signal(Int32)

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

/// Why a command ended early: a sentence for people and the exit code that goes with it.
package struct RunnerError: Error, Sendable, CustomStringConvertible {
    /// How the program ends because of it.
    package let code: ExitCode
    /// What was tried, what came back, what to do. Empty when all of it has been said.
    package let description: String
    /// True when only one stream cannot be landed: the others go on.
    let isOfOneStream: Bool

    /// A sentence without its full stop, and the code.
    package init(_ code: ExitCode, _ description: String) {
        self.init(code, description, isOfOneStream: false)
    }

    /// Why one stream, which the sentence need not name, cannot be landed.
    init(stream description: String) {
        self.init(.failed, description, isOfOneStream: true)
    }

    private init(_ code: ExitCode, _ description: String, isOfOneStream: Bool) {
        self.code = code
        self.description = description
        self.isOfOneStream = isOfOneStream
    }
}
