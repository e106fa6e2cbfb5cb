/// How far one room has been followed, in the server's time (Unix ms).
package struct Watermark: Sendable, Hashable {
    /// Every change with `_updatedAt` up to here has been delivered.
    package var updated: Int64
    /// Removals up to here need not be asked for again. Runs ahead of `updated` while the first load of a room is under way:
    /// removals count from the moment that load began, less the time that a bulk removal takes.
    package var deleted: Int64
    /// When the room was last asked, by the server's clock: what the trash of that time still held was met.
    package var asked: Int64
    /// Whether the first load of the room has come to its end.
    package var isLoaded: Bool
    /// How many rows of the room, by age, a load by pages of an old server has delivered.
    package var offset = 0
    /// What a listing showed of the room when it was asked; nil where none did.
    package var trace: RoomTrace?

    /// A room whose load is under way.
    package init(loading updated: Int64, deleted: Int64, asked: Int64) {
        self.updated = updated
        self.deleted = deleted
        self.asked = asked
        isLoaded = false
    }

    /// A room followed up to `instant`; `isFresh` when it has just been loaded, or removals of it are in doubt.
    package init(at instant: Int64, asked: Int64, isFresh: Bool = false) {
        updated = instant
        deleted = isFresh ? instant - Trash.bulkRemoval : instant
        self.asked = asked
        isLoaded = true
    }

    /// A room followed up to one instant in all respects.
    package init(at instant: Int64) { self.init(at: instant, asked: instant) }

    /// Whether removals of a while before are still to be asked for: the room has just been loaded, or some of them are in doubt.
    package var isFresh: Bool { isLoaded && deleted < updated }
}
