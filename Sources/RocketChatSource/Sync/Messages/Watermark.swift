/// How far one room has been followed, in the server's time (Unix ms).
package struct Watermark: Sendable, Hashable {
    /// Every change with `_updatedAt` up to here has been delivered.
    package var updated: Int64
    /// Every removal up to here has been delivered. Runs ahead of `updated` while the first load of a room is under way:
    /// removals count from the moment that load began.
    package var deleted: Int64

    /// A watermark with both instants.
    package init(updated: Int64, deleted: Int64) {
        self.updated = updated
        self.deleted = deleted
    }

    /// A room followed up to one instant in all respects.
    package init(at instant: Int64) { self.init(updated: instant, deleted: instant) }

    /// Whether the first load of the room has come to its end.
    package var isLoaded: Bool { updated >= deleted }
}
