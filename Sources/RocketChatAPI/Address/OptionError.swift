/// A setting of the way to the server that cannot be used.
package struct OptionError: Error, Sendable, Equatable {
    /// One or two sentences for a person: which option it is, what is wrong and what to do. Holds no secrets.
    package let message: String

    /// An error with this sentence.
    init(_ message: String) { self.message = message }
}
