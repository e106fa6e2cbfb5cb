/// Why a configuration, catalog or state file cannot be used; `message` is a sentence for the user.
package struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do.
    package let message: String

    /// An error with this sentence.
    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
