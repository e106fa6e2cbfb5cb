import AirbyteProtocol
import CSystem

@testable import JSONBytes
@testable import RunnerKit

/// A source's output: cut into the same lines as by a plain reader, JSON where the reference reader says so, and landed so that the file
/// is sound, holds one row for each key and its newest value, and no state that a lost record makes untrue.
enum RunnerFuzz {
    private static let lineLimit = 4000

    static func fault(_ input: [UInt8]) -> String? {
        let lines: [[UInt8]?]
        switch cut(input) {
        case .success(let cut): lines = cut
        case .failure(let error): return error.text
        }
        for case let line? in lines
        where line.count(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }) < 300 {
            if let fault = fault(line: line) { return "\(fault): \(String(decoding: line, as: UTF8.self))" }
        }
        return land(lines)
    }

    private struct Fault: Error { let text: String }

    /// The lines as the runner cuts them, in reads of odd sizes; nil for one that is too long.
    private static func cut(_ input: [UInt8]) -> Result<[[UInt8]?], Fault> {
        var ends: [Int32] = [0, 0]
        guard input.count < 60_000, pipe(&ends) == 0 else { return .success([]) }
        defer { close(ends[0]) }
        let buffer = LineBuffer(limit: lineLimit)
        var cut: [[UInt8]?] = []
        func take(_ piece: LineBuffer.Piece) {
            switch piece {
            case .line(let line): cut.append(Array(line))
            case .tooLong: cut.append(nil)
            }
        }
        var place = 0
        var size = 1
        while place < input.count {
            let end = min(input.count, place + size)
            input[place..<end].withUnsafeBytes { _ = write(ends[1], $0.baseAddress, $0.count) }
            _ = buffer.fill(from: ends[0])
            while let piece = buffer.next() { take(piece) }
            place = end
            size = size * 3 % 997 + 1
        }
        close(ends[1])
        while buffer.fill(from: ends[0]) != nil { while let piece = buffer.next() { take(piece) } }
        if let piece = buffer.rest() { take(piece) }
        var plain = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        if plain.last?.isEmpty ?? false { plain.removeLast() }
        guard plain.count == cut.count else {
            return .failure(Fault(text: "\(cut.count) lines instead of \(plain.count)"))
        }
        for (line, other) in zip(cut, plain) where line != other && (line != nil || other.count <= lineLimit) {
            return .failure(Fault(text: "a line is cut wrongly"))
        }
        return .success(cut)
    }

    private static func fault(line: [UInt8]) -> String? {
        var reader = MessageReader()
        // A byte behind the line, as in the runner's buffer.
        let padded = line + [UInt8(ascii: "\n")]
        let isNoise = padded.withUnsafeBufferPointer { bytes in
            if case .noise(.text) = reader.read(UnsafeBufferPointer(rebasing: bytes.dropLast())) { true } else { false }
        }
        // Broken lines that begin as records are noise of another kind.
        let isJSON = ReferenceJSON.accepts(line)
        return isNoise && isJSON ? "JSON was refused" : nil
    }

    /// Lands the lines twice, as two runs.
    private static func land(_ lines: [[UInt8]?]) -> String? {
        do {
            let database = try Database("")
            var expected: [String: String] = [:]
            for _ in 0..<2 {
                if let fault = try land(lines, database, &expected) { return fault }
            }
            return nil
        } catch {
            return "landing failed: \(error)"
        }
    }

    private static func land(
        _ lines: [[UInt8]?], _ database: Database, _ expected: inout [String: String]
    ) throws -> String? {
        let source = try SourceTable(database, SourceIdentity(command: ["source"], marks: ["a"]), isSame: false)
        let reporter = Reporter(console: Console(output: -1, errors: -1), verbose: false, showsProgress: false)
        var landing = try Landing(
            database, source: source, plans: plans, startsOver: false, commitInterval: 0, reporter: reporter)
        var accounts = StreamAccounts(landing.plans.map(\.key))
        var reader = MessageReader()
        var isAnyLost = false
        for line in lines {
            guard let line else {
                landing.distrustAll(&accounts.all)
                isAnyLost = true
                continue
            }
            let padded = line + [UInt8(ascii: "\n")]
            try padded.withUnsafeBufferPointer { all in
                let bytes = UnsafeBufferPointer(rebasing: all.dropLast())
                switch reader.read(bytes) {
                case .record(let head):
                    guard let index = accounts.count(head, in: bytes, now: 1, reporter: reporter) else { return }
                    try landing.record(index, reader.fields, head: head, line: bytes, account: &accounts.all[index])
                    note(reader.fields, bytes, index, &expected)
                case .message(.state, let payload):
                    _ = accounts.settle(payload, now: 1)
                    try landing.state(payload, accounts: &accounts.all)
                    try landing.commitIfDue(accounts.all)
                case .message(.trace, let payload): accounts.note(trace: payload, now: 1, reporter: reporter)
                case .message: break
                case .noise(.text), .noise(.unknown), .noise(.brokenMessage): break
                case .noise:
                    landing.distrustAll(&accounts.all)
                    isAnyLost = true
                }
            }
        }
        accounts.judge(endedWell: !isAnyLost, wasStopped: false, reporter: reporter) { _ in true }
        _ = try landing.finish(&accounts.all, endedWell: !isAnyLost)
        return try fault(database, accounts.all[0].failure == nil && !isAnyLost ? expected : nil)
    }

    /// The last value of `v` for each plain key of the first stream.
    private static func note(
        _ fields: [RecordField], _ line: UnsafeBufferPointer<UInt8>, _ index: Int, _ expected: inout [String: String]
    ) {
        guard index == 0 else { return }
        let id = fields.last { $0.name.text(in: line) == "id" }
        guard let id, id.value.kind == .string else { return }
        let isGone = fields.contains { $0.name.text(in: line) == "_ab_cdc_deleted_at" && $0.value.kind != .null }
        let value = fields.last { $0.name.text(in: line) == "v" && $0.value.kind == .string }
        expected[id.value.text(in: line)] = isGone ? nil : value.map { $0.value.text(in: line) } ?? ""
    }

    private static func fault(_ database: Database, _ expected: [String: String]?) throws -> String? {
        let sound = try database.rows("PRAGMA integrity_check").first?[0]
        guard sound == "ok" else { return "the file is damaged: \(sound ?? "")" }
        let twice = try database.integer("SELECT count(*) - count(DISTINCT id) FROM a WHERE typeof(id) = 'text'") ?? 0
        guard twice == 0 else { return "\(twice) keys are there twice" }
        let there = try database.rows("SELECT id, v FROM a")
        let values = Dictionary(there.map { ($0[0] ?? "", $0[1] ?? "") }, uniquingKeysWith: { $1 })
        for (id, value) in expected ?? [:] where isPlain(id) && isPlain(value) && values[id] != value {
            return "the value of '\(id)' is '\(values[id] ?? "none")' instead of '\(value)'"
        }
        for row in try database.rows("SELECT state FROM _airbyte_state")
        where !ReferenceJSON.accepts(Array((row[0] ?? "").utf8)) {
            return "a state is no JSON: \(row[0] ?? "")"
        }
        return nil
    }

    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    private static let plans: [StreamPlan] = {
        let catalog = #"""
            {"streams":[{"stream":{"name":"a","json_schema":{"properties":{"id":{"type":"string"},"v":{"type":"string"},"n":{"type":"integer"},"x":{"type":"number"},"o":{"type":"object"},"_ab_cdc_deleted_at":{"type":"string"}}},"supported_sync_modes":["incremental"],"source_defined_primary_key":[["id"]]},"sync_mode":"incremental","destination_sync_mode":"append_dedup","primary_key":[["id"]]},
            {"stream":{"name":"b","json_schema":{"properties":{"k":{"type":"integer"},"l":{"type":"string"}}},"supported_sync_modes":["incremental"]},"sync_mode":"incremental","destination_sync_mode":"append_dedup","primary_key":[["k"],["l"]]},
            {"stream":{"name":"c","json_schema":{"properties":{"v":{}}},"supported_sync_modes":["full_refresh"]},"sync_mode":"full_refresh","destination_sync_mode":"overwrite"}]}
            """#
        // Without streams every line would be noise, and nothing were tried.
        do { return try [StreamPlan](catalog: Array(catalog.utf8), path: "catalog") } catch { fatalError("\(error)") }
    }()

    static let words = [
        #"{"type":"RECORD","record":{"stream":"a","data":{"id":"k","v":"w"},"emitted_at":1}}"# + "\n",
        "\"stream\":\"b\"", "\"stream\":\"c\"",
        "\"id\":null", "\"id\":1.5", "\"k\":9223372036854775808", "\"_ab_cdc_deleted_at\":\"x\",",
        "\"namespace\":\"n\",", "\"data\":{",
        #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"a"},"stream_state":{"n":1}}}}"#
            + "\n",
        #"{"type":"TRACE","trace":{"type":"STREAM_STATUS","stream_status":{"stream_descriptor":{"name":"c"},"status":"COMPLETE"}}}"#
            + "\n",
        "\"ID\":\"z\",", "\"emitted_at\":-9223372036854775808",
    ]

    static let seeds: [[UInt8]] = [
        #"""
        {"type":"RECORD","record":{"stream":"a","data":{"id":"1","v":"é\u00e9","n":7,"x":1.5,"o":{"p":[1]},"more":true},"emitted_at":1795165200000}}
        {"type":"RECORD","record":{"stream":"a","data":{"id":"1","v":"second","n":"12","x":"1e400"},"emitted_at":2}}
        {"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"a"},"stream_state":{"n":1}},"sourceStats":{"recordCount":2.0}}}
        {"type":"RECORD","record":{"stream":"a","data":{"id":"1","_ab_cdc_deleted_at":"2026-01-01T00:00:00Z"},"emitted_at":3}}
        {"type":"RECORD","record":{"stream":"b","data":{"k":1,"l":null},"emitted_at":3}}
        {"type":"RECORD","record":{"stream":"b","data":{"k":18446744073709551616,"l":"x"},"emitted_at":3}}
        {"type":"RECORD","record":{"stream":"c","data":{"v":[1,"two"]},"emitted_at":3}}
        {"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1,"stream_status":{"stream_descriptor":{"name":"c"},"status":"COMPLETE"}}}
        {"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"c"},"stream_state":{}}}}
        """#,
        #"""
        {"type":"LOG","log":{"level":"INFO","message":"hello"}}
        no json at all
        {"type":"TRACE","trace":{"type":"ERROR","emitted_at":1,"error":{"message":"m","failure_type":"system_error","stream_descriptor":{"name":"a"}}}}
        {"type":"STATE","state":{"type":"GLOBAL","global":{"shared_state":{},"stream_states":[{"stream_descriptor":{"name":"a"},"stream_state":{"n":2}}]}}}
        {"type":"STATE","state":{"data":{"a":{"n":1}}}}
        {"type":"RECORD","record":{"stream":"a","data":{"id":"
        {"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":{"config":{"token":"n"}}}}
        """#,
    ].map { Array($0.utf8) }
}
