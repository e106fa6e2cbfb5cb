/// What left for one stream in one run.
package struct StreamTotals: Sendable, Equatable {
    /// Rows delivered, tombstones not among them.
    package var records = 0
    /// Tombstones delivered.
    package var tombstones = 0
    /// States emitted.
    package var states = 0
}
