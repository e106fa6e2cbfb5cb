import AirbyteProtocol
import JSONBytes

/// The states that a destination was given and has not confirmed yet, in memory of bounded size.
///
/// A destination confirms a state by echoing it, and with it all earlier ones of the same stream. Some keep the number
/// that the state went out with, others drop what they do not know; then the state itself tells which it is.
struct PendingStates {
    /// What an echo turned out to be.
    enum Echo: Equatable {
        /// The newest state that it confirms, as the source sent it.
        case confirms(JSON)
        /// Nothing new: said before, or of a state that was not kept.
        case repeats
        /// No state that was sent.
        case unknown
    }

    private struct Entry {
        let number: Int64
        /// How many of its stream had gone out with it.
        let ordinal: Int
        /// Equal for equivalent states, so that few have to be compared.
        let hash: Int
        /// The payload as text, which takes a tenth of the tree.
        let payload: [UInt8]

        /// Whether it is this state.
        func holds(_ core: JSON) -> Bool {
            (try? JSON(parsing: payload)).flatMap(PendingStates.core)?.isEquivalent(to: core) ?? false
        }
    }

    private struct Queue {
        var entries: [Entry] = []
        var sent = 0
        var confirmed = 0
        /// The newest that was confirmed.
        var confirmedNumber: Int64 = 0
        var confirmedCore: JSON?
        var isThinned = false
    }

    private let limit: Int
    private let countLimit: Int
    /// Bytes kept, and states.
    private(set) var (size, count) = (0, 0)
    private var lastNumber: Int64 = 0
    /// By stream; nil for states that are about all of them.
    private var queues: [StreamKey?: Queue] = [:]

    /// Keeps up to `limit` bytes of states and `countLimit` of them, but at least the newest of each stream.
    init(limit: Int = 16 << 20, countLimit: Int = 4096) {
        self.limit = limit
        self.countLimit = countLimit
    }

    /// Notes a state that goes out; returns the number that it is to bear, from 1.
    mutating func add(_ payload: JSON) -> Int64 {
        lastNumber += 1
        let key = StateFile.stream(of: payload)
        queues[key, default: Queue()].sent += 1
        let entry = Entry(
            number: lastNumber, ordinal: queues[key]?.sent ?? 0,
            hash: Self.core(payload)?.equivalenceHash ?? 0, payload: payload.bytes)
        queues[key]?.entries.append(entry)
        size += entry.payload.count
        count += 1
        if size > limit || count > countLimit { thin() }
        return lastNumber
    }

    /// How many states of a stream went out, and how many of them are confirmed.
    func counts(of key: StreamKey?) -> (sent: Int, confirmed: Int) {
        queues[key].map { ($0.sent, $0.confirmed) } ?? (0, 0)
    }

    /// Streams whose newest state is not confirmed; nil stands for all together.
    var unconfirmed: [StreamKey?] { queues.filter { !$0.value.entries.isEmpty }.map(\.key) }

    /// Takes a STATE payload of the destination.
    mutating func confirm(_ echo: JSON) -> Echo {
        let key = StateFile.stream(of: echo)
        guard var queue = queues[key], let core = Self.core(echo) else { return .unknown }
        let index: Int?
        if let number = echo["id"]?.integer {
            guard number <= lastNumber else { return .unknown }
            guard number > queue.confirmedNumber else { return .repeats }
            index = queue.entries.lastIndex { $0.number <= number }
            // The number alone is not believed where the state itself is at hand.
            if let index, queue.entries[index].number == number, !queue.entries[index].holds(core) {
                return .unknown
            }
        } else {
            let hash = core.equivalenceHash
            index = queue.entries.firstIndex { $0.hash == hash && $0.holds(core) }
        }
        guard let index else {
            let isKnown = queue.isThinned || queue.confirmedCore.map { $0.isEquivalent(to: core) } ?? false
            return isKnown ? .repeats : .unknown
        }
        let entry = queue.entries[index]
        size -= queue.entries[...index].reduce(0) { $0 + $1.payload.count }
        count -= index + 1
        queue.entries.removeSubrange(...index)
        queue.confirmed = entry.ordinal
        queue.confirmedNumber = entry.number
        queue.confirmedCore = core
        queues[key] = queue
        guard let payload = try? JSON(parsing: entry.payload) else { return .unknown }
        return .confirms(payload)
    }

    /// Forgets every other state of each stream, never the newest: progress is kept in larger steps.
    private mutating func thin() {
        for key in queues.keys {
            guard var queue = queues[key], queue.entries.count > 1 else { continue }
            let last = queue.entries.count - 1
            queue.entries = queue.entries.enumerated().filter { (last - $0.offset).isMultiple(of: 2) }.map(\.element)
            queue.isThinned = true
            queues[key] = queue
        }
        size = queues.values.reduce(0) { $0 + $1.entries.reduce(0) { $0 + $1.payload.count } }
        count = queues.values.reduce(0) { $0 + $1.entries.count }
    }

    /// What the source wrote, without what runners and destinations add.
    private static func core(_ payload: JSON) -> JSON? {
        if let stream = payload["stream"] { return stream["stream_state"] ?? stream["streamState"] ?? .null }
        return payload["global"] ?? payload["global_"] ?? payload["data"]
    }
}
