package import AirbyteProtocol

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
