import JSONBytes
import Synchronization

/// How far a stream with one date for all of its rows was read before, and is read now.
///
/// The mark belongs to the listing that it was made with: a thinner one (a role was lost) reads on from it and does not move it, for
/// what changes meanwhile out of its sight would never be read; a wider one, or another user's, begins anew.
final class SinceMark: Sendable {
    /// Version of the shape that this connector writes.
    private static let version: Int64 = 1

    /// Whether the run goes on from an earlier one and leaves a date for the next.
    let isIncremental: Bool
    /// Changes up to here (Unix ms) were delivered before; nil for a first or full read.
    let instant: Int64?
    /// Whether the listing lacks rows of the one that the mark was made with.
    let isNarrower: Bool

    private let source: ListingSource?
    private let stored: JSON?
    private let reached = Mutex<Int64?>(nil)

    /// Goes on from the job's stored state when incremental; `source` is what is read now, where permissions make a difference.
    init(_ job: StreamJob, source: ListingSource? = nil) throws(ReadError) {
        isIncremental = job.isIncremental
        self.source = source
        stored = job.stored
        var mark: Int64?
        var former: ListingSource?
        if isIncremental {
            do {
                if let members = try StoredState.members(of: job.stored, version: Self.version),
                    members["updated"] != nil
                {
                    mark = try StoredState.instant(members["updated"])
                    former = Self.source(members)
                }
            } catch { throw .state(error) }
        }
        if let found = mark, job.context.lookback.isAhead(found) {
            job.context.report.aheadOfClock(job.definition.name)
            mark = 0
        }
        // Whether each has all rows of the other; another user's own rows and the former one's have not.
        var hasFormer = true
        var isInFormer = true
        if let source, let former {
            hasFormer = source.includes(former)
            isInFormer = former.includes(source)
        }
        isNarrower = isInFormer && !hasFormer
        instant = isInFormer ? mark : mark.map { _ in 0 }
        if isNarrower {
            job.context.report.doubt(
                "the token sees less of it than when it was last read whole. Rows that it still sees are read; the "
                    + "mark stays, so that nothing is missed when it sees all of it again.",
                of: job.definition.name)
        }
    }

    /// Notes that everything up to `instant` (Unix ms) has been delivered.
    func reach(_ instant: Int64) {
        guard !isNarrower else { return }
        reached.withLock { $0 = instant }
    }

    /// The state that is safe to save now.
    var state: JSON {
        guard isIncremental else { return .noCursor }
        if isNarrower, let stored { return stored }
        let reached = reached.withLock { $0 }
        return state(updated: reached ?? instant ?? 0, isNew: reached != nil)
    }

    /// The state `{"version":1,"updated":1795165200000}`: changes and removals up to `instant` (Unix ms) are delivered.
    func state(updated instant: Int64, isNew: Bool = true) -> JSON {
        var members: [String: JSON] = ["version": .integer(Self.version), "updated": .integer(instant)]
        if let source, isNew || stored?["route"] == nil {
            members["route"] = .string(source.route)
            members["scope"] = .array((source.scope ?? []).sorted().map { .string($0) })
        }
        return .sortedObject(members)
    }

    private static func source(_ members: [String: JSON]) -> ListingSource? {
        guard let route = members["route"]?.string else { return nil }
        return ListingSource(
            route: route, scope: members["scope"]?.array.map { Set($0.compactMap(\.string)) })
    }
}
