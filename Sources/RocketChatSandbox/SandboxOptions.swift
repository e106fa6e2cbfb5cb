/// How a sandbox is laid out: what it holds, which server it plays, and how it paces its callers.
package struct SandboxOptions: Sendable {
    /// The number from which users, rooms, messages, ids and tokens are derived.
    package var seed: UInt64 = 1
    /// The server release to play, as `major.minor.patch`.
    package var version = "8.6.1"
    /// Ordinary users, next to the four accounts and `rocket.cat`.
    package var users = 60
    /// Channels and private groups; direct messages, discussions, team rooms and live chats come on top.
    package var rooms = 20
    /// Messages over all rooms.
    package var messages = 2000
    /// The default route limit; nil switches the limiter off.
    package var limit: RateLimit? = RateLimit(calls: 10, interval: 60_000)
    /// Where the time comes from.
    package var clock: SandboxClock = .system
    /// Milliseconds by which the clock moves at most with each step of `live`; nil: 2000 on a manual clock, 0 on the system's.
    package var timeStep: Int64?
    /// Milliseconds by which stamps of what `live` writes lie off the clock, drawn anew for each step. Negative: the write became
    /// visible that much later than its stamp says (a slow commit, a server whose clock is behind). Positive: a clock ahead.
    package var stampSkew: ClosedRange<Int64> = 0...0
    /// Longest time in milliseconds for which `live`'s bulk removals have written the trash but not yet removed a message.
    package var removalPause: Int64 = 0
    /// Whether the server over HTTP (or the proxy before it) compresses answers for clients that take `gzip`.
    package var compresses = false
    /// The path under which the server is mounted, as in `/chat`; empty for the root.
    package var pathPrefix = ""
    /// Setting `Message_KeepHistory`: edits and deletions leave hidden copies.
    package var keepHistory = false
    /// Setting `Message_ShowDeletedStatus`: a deleted message stays as a `t: "rm"` placeholder.
    package var showDeletedStatus = false
    /// Whether the workspace has an omnichannel: visitors, contacts, departments and live chats.
    package var omnichannel = true

    /// The defaults: a small, current workspace.
    package init() {}
}

/// Calls a route answers per interval and client address.
package struct RateLimit: Sendable, Hashable {
    /// Calls that pass in one window.
    package var calls: Int
    /// Length of the window in milliseconds.
    package var interval: Int64

    /// A limit of `calls` per `interval` milliseconds.
    package init(calls: Int, interval: Int64) {
        self.calls = calls
        self.interval = interval
    }
}

/// The source of the server's time.
package enum SandboxClock: Sendable {
    /// The machine's clock.
    case system
    /// A clock that stands at the given Unix milliseconds until `advance(milliseconds:)` moves it.
    case manual(Int64)
}
