@testable import RocketChatSandbox

/// What a destination holds: rows by key, kept as an upserting destination keeps them.
struct Copy: Sendable {
    /// Raw records by id, by stream.
    private(set) var rows: [String: [String: [UInt8]]] = [:]
    /// The last state of each stream that was committed, as the payload of its STATE message.
    private(set) var states: [String: String] = [:]

    /// Lands what a run wrote: everything up to each stream's last STATE, and behind it as many rows as `extra` allows, for
    /// a destination may have committed them or not. A stream without cursor is replaced by a run that read it to its end.
    mutating func land(_ output: RunOutput, extra: Int, replacing: Set<String>) {
        var generations: [String: [String: [UInt8]]] = [:]
        var left = extra
        for line in output.lines {
            switch line {
            case .record(let record):
                guard !replacing.contains(record.stream) else {
                    generations[record.stream, default: [:]][record.id] = record.data
                    continue
                }
                if record.number >= output.committed[record.stream, default: 0] {
                    guard left > 0 else { continue }
                    left -= 1
                }
                rows[record.stream, default: [:]][record.id] = record.isTombstone ? nil : record.data
            case .state(let state): states[state.stream] = state.payload
            case .complete(let stream):
                if replacing.contains(stream) { rows[stream] = generations[stream] ?? [:] }
            case .log, .other: break
            }
        }
    }

    /// The rows of a stream in the sandbox's canonical form, without the connector's own columns.
    func documents(_ stream: String, without dropped: Set<String> = []) -> [String: String] {
        (rows[stream] ?? [:]).mapValues { data in
            guard
                var row = JSONParser.parse(data)?.object?.filter({
                    !$0.key.hasPrefix("_ab_") && !dropped.contains($0.key)
                })
            else {
                return "not JSON"
            }
            // A flag or a list on the server, an object or a flag: always a list in the copy.
            if case .array(let list)? = row["sysMes"], case .bool? = list.first { row["sysMes"] = list[0] }
            if case .array(let list)? = row["bot"] { row["bot"] = list[0] }
            return CanonicalJSON.text(.object(row))
        }
    }

    /// The state file of the next run.
    var stateFile: String { "[\(states.sorted { $0.key < $1.key }.map(\.value).joined(separator: ","))]" }
}
