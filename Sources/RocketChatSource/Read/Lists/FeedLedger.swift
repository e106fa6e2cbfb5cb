import JSONBytes

/// What is known of the rows of an endpoint with `updatedSince`: which of them have been delivered, and what follows from a reading of
/// all there are. Pure.
///
/// Such an endpoint tells removals from the server's trash, which forgets them after 30 days (models/src/models/Trash.ts of 8.6.1). Who
/// comes later asks for everything: a row that was delivered and is not there any more is gone.
///
/// `"ids":["admin",…]` beside the mark of `SinceMark`, or `"tooMany":true`.
struct FeedLedger: Sendable, Equatable {
    /// Ids of the rows that may be at the destination; nil in states that do not name them, and where there are too many.
    private(set) var known: Set<String>?
    /// Whether there are too many to name.
    private(set) var isTooLong = false
    /// Whether the last reading of everything found no row any more, and waited for another to say so too.
    private(set) var isEmptied = false

    /// What a stored state tells; of none, that nothing was delivered.
    init(_ stored: JSON?) {
        guard let stored, stored["updated"] != nil else {
            known = []
            return
        }
        known = stored["ids"]?.array.map { Set($0.compactMap(\.string)) }
        isTooLong = stored["tooMany"]?.boolean ?? false
        isEmptied = stored["emptied"]?.boolean ?? false
    }

    /// Whether a row with this id has surely been delivered before.
    func knows(_ id: String) -> Bool { known?.contains(id) ?? false }

    /// Names rows that are about to leave; returns whether one of them was not named before.
    mutating func name(_ ids: Set<String>) -> Bool {
        guard let known, !ids.isSubset(of: known) else { return false }
        keep(known.union(ids))
        return true
    }

    /// Notes that the server told the removal of these rows.
    mutating func forget(_ ids: Set<String>) { known?.subtract(ids) }

    /// Concludes from a reading of everything, which listed these rows, what is gone besides what the server told; nil if that would be
    /// all there was, which is believed at the second reading.
    mutating func conclude(listed: Set<String>) -> [String]? {
        let gone = known?.subtracting(listed) ?? []
        guard !listed.isEmpty || gone.isEmpty || isEmptied else {
            isEmptied = true
            return nil
        }
        isEmptied = false
        keep(listed)
        return gone.sorted()
    }

    private mutating func keep(_ ids: Set<String>) {
        isTooLong = ids.count > ListingState.mostIDs
        known = isTooLong ? nil : ids
    }

    /// The state of the mark with what is known here.
    func stamp(_ state: JSON) -> JSON {
        guard var members = state.dictionary else { return state }
        members["ids"] = known.map { .array($0.sorted().map { .string($0) }) }
        if isTooLong { members["tooMany"] = .boolean(true) }
        if isEmptied { members["emptied"] = .boolean(true) }
        return .sortedObject(members)
    }
}
