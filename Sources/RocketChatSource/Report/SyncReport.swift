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

    private struct Content {
        var skips: [Skip] = []
        var doubts: [String] = []
        // The same sentences, since ten thousand rooms may bring one each.
        var doubted: Set<String> = []
        // Rows without a usable key or date, by stream and place.
        var unusable: [String: [String: Int]] = [:]
        var ahead: Set<String> = []
    }

    private let content = Mutex(Content())

    package init() {}

    /// Notes that `what` was not read.
    package func skip(_ what: String, of stream: String, because reason: String) {
        content.withLock { $0.skips.append(Skip(stream: stream, what: what, reason: reason)) }
    }

    /// Notes something that may be incomplete; the same sentence counts once.
    package func doubt(_ sentence: String) {
        content.withLock { content in
            if content.doubted.insert(sentence).inserted { content.doubts.append(sentence) }
        }
    }

    /// Notes what may be incomplete of `stream`; nil for nothing.
    package func doubt(_ sentence: String?, of stream: String) {
        if let sentence { doubt("Stream '\(stream)': \(sentence)") }
    }

    /// Notes rows that have no usable `_id` or date and were left out.
    package func unusable(_ count: Int, of stream: String, in place: String) {
        content.withLock { $0.unusable[stream, default: [:]][place, default: 0] += count }
    }

    /// Notes that the state of `stream` lies ahead of the server's clock; of so many rooms, if it has any.
    package func aheadOfClock(_ stream: String, rooms: Int? = nil) {
        let what = rooms.map { "\($0) rooms of it are" } ?? "it is"
        let isNew = content.withLock { $0.ahead.insert(stream).inserted }
        guard isNew else { return }
        doubt(
            "Stream '\(stream)': the saved state is ahead of the server's clock, which was wrong when it was made, or the server was "
                + "restored from a backup: \(what) read from the beginning once more.")
    }

    /// Rows left out for want of a key or a date, by stream and place, in words.
    package var unusable: [String] {
        content.withLock { content in
            content.unusable.sorted { $0.key < $1.key }.map { stream, places in
                let names = places.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
                return
                    "Stream '\(stream)': \(places.values.reduce(0, +)) rows without a usable id or date were left out: "
                    + names.joined(separator: ", ") + "."
            }
        }
    }

    /// Everything left out so far.
    package var skips: [Skip] { content.withLock { $0.skips } }
    /// Every doubt so far.
    package var doubts: [String] { content.withLock { $0.doubts } }
}
