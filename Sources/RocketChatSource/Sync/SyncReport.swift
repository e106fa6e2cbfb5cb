import Synchronization

/// What a sync left out or doubts, gathered while streams run and told at the end.
package final class SyncReport: Sendable {
    /// One thing that was not read, with the reason.
    package struct Skip: Sendable, Equatable {
        /// Name of the stream that lacks it.
        package let stream: String
        /// What was left out: a room, a team, an endpoint.
        package let what: String
        /// Why, in the server's or our words.
        package let reason: String
    }

    private let content = Mutex<(skips: [Skip], doubts: [String])>(([], []))

    /// An empty report.
    package init() {}

    /// Notes that `what` was not read.
    package func skip(_ what: String, of stream: String, because reason: String) {
        content.withLock { $0.skips.append(Skip(stream: stream, what: what, reason: reason)) }
    }

    /// Notes something that may be incomplete.
    package func doubt(_ sentence: String) {
        content.withLock { $0.doubts.append(sentence) }
    }

    /// Everything left out so far.
    package var skips: [Skip] { content.withLock { $0.skips } }
    /// Every doubt so far.
    package var doubts: [String] { content.withLock { $0.doubts } }
}
