/// When the next STATE is due: every page is a checkpoint, but not every checkpoint is worth a line.
///
/// A state of ten thousand rooms has a few hundred KB. Large states therefore come less often: a second later for each 10 KB,
/// but never more than a minute apart while records flow.
package struct CheckpointPace: Sendable {
    /// Longest time between states while records flow, in ms.
    package static let interval: Int64 = 5000
    /// Most bytes of pages between states.
    package static let bytes = 8_000_000
    /// Longest silence at all, in ms: runners kill a source that stays silent for an hour (airbyte-contract.md §0 rule 22).
    package static let heartbeat: Int64 = 30 * 60_000

    /// Longest time between large states while records flow, in ms.
    package static let longestInterval: Int64 = 60_000

    private var interval = Self.interval
    private var last: Int64?
    private var pending = 0

    package init() {}

    /// Counts bytes delivered.
    package mutating func note(bytes: Int) { pending += bytes }

    /// Whether a STATE is due at `now` (Unix ms).
    package mutating func isDue(at now: Int64) -> Bool {
        guard let last else {
            // The first interval runs from the first question.
            last = now
            return pending >= Self.bytes
        }
        if pending >= Self.bytes { return true }
        return now - last >= (pending > 0 ? interval : Self.heartbeat)
    }

    /// A STATE of `size` bytes was emitted at `now` (Unix ms).
    package mutating func reset(at now: Int64, size: Int = 0) {
        interval = min(Self.interval + Int64(size / 10), Self.longestInterval)
        last = now
        pending = 0
    }
}
