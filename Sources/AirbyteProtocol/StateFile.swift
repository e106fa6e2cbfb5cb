package import JSONBytes

/// Everything a source has said about how far it is, in the newest version per stream: what the runner keeps and hands
/// over, and what the connector is given.
package struct StateFile: Sendable, Equatable {
    /// In order of first appearance, so that files stay stable.
    package private(set) var streams: [(key: StreamKey, state: JSON)] = []
    /// The `global` payload of a GLOBAL state.
    package private(set) var global: JSON?
    /// The `data` of a LEGACY state.
    package internal(set) var legacy: JSON?

    /// No state at all.
    package init() {}

    /// Whether there is nothing to pass on.
    package var isEmpty: Bool { streams.isEmpty && global == nil && legacy == nil }

    /// Equal when the same streams have the same states in the same order.
    package static func == (left: StateFile, right: StateFile) -> Bool {
        left.global == right.global && left.legacy == right.legacy
            && left.streams.elementsEqual(right.streams) { $0.key == $1.key && $0.state == $1.state }
    }

    /// The state of one stream, nil when there is none. Setting nil drops it.
    package subscript(key: StreamKey) -> JSON? {
        get { streams.first { $0.key == key }?.state }
        set {
            guard let state = newValue else { return streams.removeAll { $0.key == key } }
            if let index = streams.firstIndex(where: { $0.key == key }) {
                streams[index].state = state
            } else {
                streams.append((key, state))
            }
        }
    }

    /// The states by stream name, for a source without namespaces: out of a GLOBAL and a LEGACY state, too, whose word
    /// counts less than a stream's own.
    package var byName: [String: JSON] {
        var states: [String: JSON] = [:]
        for member in legacy?.members ?? [] where member.value.members != nil { states[member.name] = member.value }
        for stream in global?["stream_states"]?.array ?? [] {
            guard let key = Self.key(of: stream) else { continue }
            states[key.name] = Self.state(of: stream)
        }
        for (key, state) in streams { states[key.name] = state }
        return states
    }

    /// Takes over a STATE payload: STREAM, GLOBAL or LEGACY, told apart by what it holds, because `type` may be missing.
    /// Returns false when it is none of them.
    @discardableResult
    package mutating func apply(_ payload: JSON) -> Bool {
        if let stream = payload["stream"], let key = Self.key(of: stream) {
            // A null stream_state means: forget this stream.
            self[key] = Self.state(of: stream)
        } else if let shared = payload["global"] ?? payload["global_"] {
            global = shared
        } else if let data = payload["data"], data.members != nil || payload["type"] != nil {
            legacy = data
        } else {
            return false
        }
        return true
    }

    /// The stream that a STATE payload is about; nil when it is about all of them.
    package static func stream(of payload: JSON) -> StreamKey? { payload["stream"].flatMap(key) }

    private static func key(of stream: JSON) -> StreamKey? {
        StreamKey(stream["stream_descriptor"] ?? stream["streamDescriptor"])
    }

    private static func state(of stream: JSON) -> JSON? { stream["stream_state"] ?? stream["streamState"] }

    /// Only what concerns `keys`; GLOBAL and LEGACY states concern everything.
    package func limited(to keys: [StreamKey]) -> StateFile {
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
