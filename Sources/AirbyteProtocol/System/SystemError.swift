import CSystem

/// A failure of the operating system, in its own words.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The `errno`.
    package let code: Int32

    /// The one with this `errno`.
    package init(_ code: Int32) { self.code = code }

    /// What the call that has just failed left behind.
    package static var last: SystemError { SystemError(system_error()) }

    package var description: String { String(cString: strerror(code)) }
}
