import CSystem

@testable import RocketChatSandbox
@testable import RocketChatSource

/// What one run wrote before it ended or was killed: its whole lines, understood as far as a destination does.
struct RunOutput: Sendable {
    /// A RECORD.
    struct Record: Sendable {
        let stream: String
        let id: String
        let isTombstone: Bool
        let data: [UInt8]
        /// Its number among the records of its stream.
        let number: Int
    }

    /// A STATE.
    struct State: Sendable {
        let stream: String
        /// The `state` member of the line, for the next run's state file.
        let payload: String
        let recordCount: Int
        let document: JSON
    }

    /// A LOG.
    struct Log: Sendable {
        let level: String
        let text: String
    }

    /// A TRACE ERROR.
    struct Failure: Sendable {
        /// The stream that failed; nil for the whole run.
        let stream: String?
        let type: String
        let message: String
    }

    enum Line: Sendable {
        case record(Record)
        case state(State)
        case complete(String)
        case incomplete(String)
        case log(Log)
        case error(Failure)
        case other(String)
    }

    /// The lines in order.
    let lines: [Line]
    /// Records of each stream before its last STATE.
    let committed: [String: Int]
    /// What breaks the protocol in it; empty when nothing does.
    let faults: [String]

    /// Reads the first `length` bytes that a run wrote; a torn last line never reached the destination.
    init(_ bytes: [UInt8], length: Int? = nil) {
        var lines: [Line] = []
        var committed: [String: Int] = [:]
        var counts: [String: Int] = [:]
        var faults: [String] = []
        var rest = bytes.prefix(length ?? bytes.count)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let text = Array(rest[rest.startIndex..<end])
            rest = rest[(end + 1)...]
            let line = Self.line(text, &counts)
            if case .state(let state) = line {
                let fresh = counts[state.stream, default: 0] - committed[state.stream, default: 0]
                if state.recordCount != fresh {
                    faults.append("\(state.stream): recordCount \(state.recordCount) after \(fresh) records")
                }
                committed[state.stream] = counts[state.stream, default: 0]
            }
            if case .other("") = line {
                faults.append("not a message: \(String(decoding: text.prefix(200), as: UTF8.self))")
            }
            lines.append(line)
        }
        self.lines = lines
        self.committed = committed
        self.faults = faults
    }

    /// Keys that occur more than once in their stream.
    var repeatedKeys: [String] { repeatedKeys(besidesTombstones: false) }

    /// The same, with or without tombstones.
    func repeatedKeys(besidesTombstones isBesides: Bool) -> [String] {
        var seen: Set<String> = []
        return lines.compactMap { line in
            guard case .record(let record) = line, !(isBesides && record.isTombstone) else { return nil }
            let key = "\(record.stream)/\(record.id)"
            return seen.insert(key).inserted ? nil : key
        }
    }

    /// Tombstones.
    var tombstones: Int {
        lines.count { if case .record(let record) = $0 { record.isTombstone } else { false } }
    }

    /// Texts of the LOG messages.
    var logs: [String] { lines.compactMap { if case .log(let log) = $0 { log.text } else { nil } } }

    /// Texts of the warnings.
    var warnings: [String] {
        lines.compactMap { if case .log(let log) = $0, log.level == "WARN" { log.text } else { nil } }
    }

    /// The failures told.
    var failures: [Failure] { lines.compactMap { if case .error(let failure) = $0 { failure } else { nil } } }

    /// Streams that were read to their end.
    var complete: Set<String> {
        Set(lines.compactMap { if case .complete(let stream) = $0 { stream } else { nil } })
    }

    /// Keys of the rows that were said to be gone.
    func buried(_ stream: String) -> Set<String> {
        Set(
            lines.compactMap {
                if case .record(let record) = $0, record.isTombstone, record.stream == stream { record.id } else { nil }
            })
    }

    private static let head = #"{"type":"RECORD","record":{"stream":""#

    // Records are the many: they are cut by position, everything else is parsed.
    private static func line(_ text: [UInt8], _ counts: inout [String: Int]) -> Line {
        if let name = text.after(head), let data = text.after(#","data":"#, from: name) {
            let stream = text.text(from: name)
            // Only the connector's own rows are short and carry the mark; a placeholder begins with it.
            let mark = text.after(#""_ab_cdc_deleted_at":"#, from: data)
            let isTombstone = mark.map { text.count < 450 || $0 < data + 40 } ?? false
            let id = key(of: text, stream, from: data)
            let number = counts[stream, default: 0]
            counts[stream] = number + 1
            return .record(
                Record(
                    stream: stream, id: id, isTombstone: isTombstone, data: Array(text[data..<(text.count - 2)]),
                    number: number))
        }
        guard let tree = JSONParser.parse(text)?.object, let type = tree["type"]?.text else { return .other("") }
        let name = "stream_descriptor.name"
        if let state = tree["state"]?.object, let stream = state.value(at: "stream.\(name)")?.text {
            let count: Int? =
                switch state.value(at: "sourceStats.recordCount") {
                case .number(let count)?: Int(count)
                case .int(let count)?: Int(count)
                default: nil
                }
            let payload = String(decoding: JSONBuffer.encode(.object(state)), as: UTF8.self)
            let document = state.value(at: "stream.stream_state") ?? .null
            return .state(State(stream: stream, payload: payload, recordCount: count ?? -1, document: document))
        }
        if let stream = tree.value(at: "trace.stream_status.\(name)")?.text {
            switch tree.value(at: "trace.stream_status.status")?.text {
            case "COMPLETE": return .complete(stream)
            case "INCOMPLETE": return .incomplete(stream)
            default: return .other(type)
            }
        }
        if let message = tree.value(at: "trace.error.message")?.text {
            return .error(
                Failure(
                    stream: tree.value(at: "trace.error.\(name)")?.text,
                    type: tree.value(at: "trace.error.failure_type")?.text ?? "", message: message))
        }
        if let text = tree.value(at: "log.message")?.text {
            return .log(Log(level: tree.value(at: "log.level")?.text ?? "", text: text))
        }
        return .other(type)
    }

    // Streams whose rows are told apart by more than `_id`.
    private static let compound = Dictionary(
        uniqueKeysWithValues: Catalogue.all.filter { $0.primaryKey.count > 1 }.map { ($0.name, $0.primaryKey) })

    private static func key(of text: [UInt8], _ stream: String, from data: Int) -> String {
        guard let names = compound[stream] else {
            return text.after(#""_id":""#, from: data).map { text.text(from: $0) } ?? ""
        }
        let row = JSONParser.parse(Array(text[data..<(text.count - 2)]))?.object
        return names.map { row?[$0]?.text ?? "" }.joined(separator: "/")
    }
}

extension [UInt8] {
    /// Position behind the first occurrence of `text` from `start` on.
    fileprivate func after(_ text: String, from start: Int = 0) -> Int? {
        var text = text
        return withUnsafeBytes { bytes in
            text.withUTF8 { needle in
                guard let base = bytes.baseAddress, let wanted = needle.baseAddress else { return nil }
                var from = start
                while bytes.count - from >= needle.count {
                    guard let hit = memchr(base + from, Int32(needle[0]), bytes.count - from - needle.count + 1) else {
                        return nil
                    }
                    from = UnsafeRawPointer(hit) - base
                    if memcmp(base + from, wanted, needle.count) == 0 { return from + needle.count }
                    from += 1
                }
                return nil
            }
        }
    }

    /// The text from `start` up to the next quotation mark. Ids of the sandbox need no escapes.
    fileprivate func text(from start: Int) -> String {
        String(decoding: self[start...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
}
