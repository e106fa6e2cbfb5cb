import JSONBytes
import RocketChatAPI

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
    /// How far a load by pages of an old server got, which is under way.
    package var paged: PagedLoad?
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

/// How far the pages of a room by age (`ts`) were read.
package struct PagedLoad: Sendable, Hashable {
    /// Rows that need not be read again, as they lay then. Where rows were removed since, fewer of them.
    package var rows: Int
    /// `ts` (Unix ms) of the youngest row that was delivered: all that were older then have been.
    package var youngest: Int64

    /// Rows counted from the oldest, and the `ts` of the last of them (Unix ms).
    package init(rows: Int, youngest: Int64) {
        self.rows = rows
        self.youngest = youngest
    }

    /// Reads `[rows,youngest]`; nil for anything else, as for the number alone that older versions wrote: without the age it is
    /// no proof of what was read.
    init?(_ stored: JSON) {
        guard let pair = stored.array, pair.count == 2, let rows = Counter.plausible(pair[0].integer),
            let youngest = pair[1].integer
        else { return nil }
        self.init(rows: rows, youngest: youngest)
    }

    /// The form above.
    var json: JSON { .array([.integer(Int64(rows)), .integer(youngest)]) }
}
