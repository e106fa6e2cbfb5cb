package import JSONBytes

/// One validated answer of a list route.
package struct APIPage: Sendable {
    /// The body with the place of each record and of the envelope's scalars.
    package let page: ScannedPage
    /// The `Date` header in Unix ms (whole seconds, rounded down by the server); `nil` when absent.
    package let serverDate: Int64?
}
