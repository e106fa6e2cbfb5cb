import JSONBytes

/// What all states have in common: an object with a `version`.
enum StoredState {
    /// The members of a stored state; nil when there is nothing to go on from.
    static func members(of stored: JSON?, version: Int64) throws(StateError) -> [String: JSON]? {
        switch stored {
        case nil, .null: return nil
        case .object?:
            guard let members = stored?.dictionary, let written = members["version"]?.integer else {
                // {} and the marker `__ab_no_cursor_state_message` of connectors without a cursor.
                return nil
            }
            guard written <= version else { throw .newer(written) }
            return members
        default: throw .malformed
        }
    }

    /// An instant in a stored state (Unix ms).
    /// - Throws: `StateError.malformed` for anything that no clock can have shown.
    static func instant(_ value: JSON?) throws(StateError) -> Int64 {
        guard let instant = value?.integer, plausible.contains(instant) else { throw .malformed }
        return instant
    }

    // From two days before the year 1, because a mark may lie an overlap and a bulk removal before the first date, to the end of the
    // year 9999.
    private static let plausible: ClosedRange<Int64> = -62_135_769_600_000...253_402_300_799_999
}
