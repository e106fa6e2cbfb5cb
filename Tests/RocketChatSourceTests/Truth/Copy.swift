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
            case .incomplete, .log, .error, .other: break
            }
        }
    }

    /// The rows of a stream as `RowForm` shows them.
    func documents(_ stream: String) -> [String: String] {
        let form = RowForm(stream)
        return (rows[stream] ?? [:]).mapValues { form.text($0) }
    }

    /// The state file of the next run.
    var stateFile: String { "[\(states.sorted { $0.key < $1.key }.map(\.value).joined(separator: ","))]" }
}
