import Synchronization

/// The newest stamp that rows have borne: an instant that the server's clock has surely reached.
///
/// A `Date` header shows less: a proxy may have written it, by a clock that runs ahead, and whoever believed it would pass over what is
/// stamped later. What is claimed to be read goes by the stamps met before it was asked for, in this sync or in earlier ones.
final class ServerStamps: Sendable {
    private let latest = Mutex<Int64?>(nil)

    init() {}

    /// Notes a stamp (Unix ms).
    func met(_ stamp: Int64) { latest.withLock { $0 = max($0 ?? .min, stamp) } }

    /// The newest stamp met so far (Unix ms); nil for none.
    var newest: Int64? { latest.withLock { $0 } }
}
