package import JSONBytes

/// Everything a source has said about how far it is, in the newest version per stream.
///
/// Reads every shape such files come in: a list of STATE messages or of their payloads, one message, JSON Lines,
/// lists of `{streamDescriptor, streamState}`, GLOBAL, LEGACY and bare objects, `[]`, `{}` and nothing at all.
package struct StateSet: Sendable, Equatable {
    /// In order of first appearance, so that files stay stable.
    package private(set) var streams: [(key: StreamKey, state: JSON)] = []
    /// The `global` payload of a GLOBAL state.
    package private(set) var global: JSON?
    /// The `data` of a LEGACY state.
    package private(set) var legacy: JSON?

    /// No state at all.
    package init() {}

    /// Whether there is nothing to pass on.
    package var isEmpty: Bool { streams.isEmpty && global == nil && legacy == nil }

    /// Equal when the same streams have the same states in the same order.
    package static func == (left: StateSet, right: StateSet) -> Bool {
        left.global == right.global && left.legacy == right.legacy
            && left.streams.elementsEqual(right.streams) { $0.key == $1.key && $0.state == $1.state }
    }

    /// The state of one stream, nil when there is none.
    package subscript(key: StreamKey) -> JSON? {
        streams.first { $0.key == key }?.state
    }

    /// Replaces the state of one stream.
    mutating func set(_ key: StreamKey, _ state: JSON) {
        if let index = streams.firstIndex(where: { $0.key == key }) {
            streams[index].state = state
        } else {
            streams.append((key, state))
        }
    }

    /// Drops the state of one stream.
    mutating func forget(_ key: StreamKey) { streams.removeAll { $0.key == key } }

    /// Takes over a STATE payload: STREAM, GLOBAL or LEGACY. Returns false when it is none of them.
    @discardableResult
    mutating func apply(_ payload: JSON) -> Bool {
        if let stream = payload["stream"],
            let key = StreamKey(stream["stream_descriptor"] ?? stream["streamDescriptor"])
        {
            // A null stream_state means: forget this stream.
            guard let state = stream["stream_state"] ?? stream["streamState"] else {
                forget(key)
                return true
            }
            set(key, state)
        } else if let shared = payload["global"] {
            global = shared
        } else if let data = payload["data"] {
            legacy = data
        } else {
            return false
        }
        return true
    }

    /// Only what concerns `keys`; GLOBAL and LEGACY states concern everything.
    func limited(to keys: [StreamKey]) -> StateSet {
        var result = self
        result.streams.removeAll { !keys.contains($0.key) }
        return result
    }

    /// The file content for a source's `--state`: a JSON array of state payloads, or the bare LEGACY object.
    package var text: String {
        if let legacy, streams.isEmpty, global == nil { return legacy.text }
        var entries = streams.map { Self.payload($0.key, $0.state) }
        if let global { entries.append(.object(["type": .string("GLOBAL"), "global": global])) }
        return JSON.array(entries).text
    }

    private static func payload(_ key: StreamKey, _ state: JSON) -> JSON {
        .object([
            "type": .string("STREAM"),
            "stream": .object(["stream_descriptor": key.descriptor, "stream_state": state]),
        ])
    }
}

extension StateSet {
    /// Reads a state file. Throws a sentence when the bytes are not JSON in any of the known shapes.
    package init(parsing bytes: [UInt8]) throws(RunnerError) {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { return }
        do throws(JSONError) {
            take(try JSON(parsing: Array(bytes)))
        } catch let whole {
            for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                // Not JSON Lines either: the fault of the whole text is the one that helps.
                guard let value = try? JSON(parsing: Array(line)) else {
                    throw RunnerError(.usage, "the state is \(whole)")
                }
                take(value)
            }
        }
    }

    private mutating func take(_ value: JSON) {
        switch value {
        case .array(let elements): elements.forEach { take($0) }
        case .object(let members) where !members.isEmpty:
            if value["type"]?.string == "STATE" || value["state"]?["stream"] != nil, let payload = value["state"] {
                apply(payload)
            } else if value["stream_descriptor"] ?? value["streamDescriptor"] != nil {
                apply(.object(["stream": value]))
            } else if !apply(value), value["type"] == nil {
                legacy = value
            }
        default: break
        }
    }
}
