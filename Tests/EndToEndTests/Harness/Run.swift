import Foundation
import Testing

/// A finished run of the connector: how it ended, and its messages.
struct Run: Sendable {
    /// The exit code; nil when a signal ended it.
    let code: Int32?
    /// The signal that ended it.
    let signal: Int32?
    /// Standard output.
    let output: [UInt8]
    /// Every line of it.
    let messages: [JSON]

    /// Runs the connector with these arguments; every run must keep rules 1 to 4, 19 and 23, whatever else a test looks at.
    static func connector(
        _ arguments: [String], output: Child.Output = .collected, variables: [String: String] = [:]
    ) async throws -> Run {
        let child = try Child([Products.connector] + arguments, output: output, variables: variables)
        return try await Run(of: child)
    }

    /// What a connector under way will have said at its end.
    init(of child: Child) async throws {
        let result = await child.result()
        #expect(String(decoding: result.errors, as: UTF8.self) == "", "standard error is to be silent")
        try self.init(result)
    }

    /// Reads the messages of an ended connector.
    init(_ result: Child.Result) throws {
        code = result.code
        signal = result.signal
        output = result.output
        if let last = result.output.last, last != UInt8(ascii: "\n") {
            throw NotJSON(description: "the last line has no end")
        }
        messages = try result.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast().map { try Self.message($0) }
    }

    /// One message, held to what all runners demand of a line.
    private static func message(_ line: ArraySlice<UInt8>) throws -> JSON {
        guard line.count + 1 < 10 << 20 else { throw NotJSON(description: "a line of \(line.count) bytes") }
        // No byte that some runner takes for the end of a line: C0 controls, U+0085, U+2028, U+2029.
        for (index, byte) in line.enumerated() where byte < 0x20 || byte == 0xC2 || byte == 0xE2 {
            let rest = line.dropFirst(index)
            let breaks: [[UInt8]] = [[0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9]]
            guard byte >= 0x20, !breaks.contains(where: { rest.starts(with: $0) }) else {
                throw NotJSON(
                    description: "a line break inside a line: \(String(decoding: rest.prefix(40), as: UTF8.self))")
            }
        }
        let message = try StrictJSON.parse(line)
        let payloads = [
            "RECORD": "record", "STATE": "state", "LOG": "log", "TRACE": "trace", "SPEC": "spec",
            "CONNECTION_STATUS": "connectionStatus", "CATALOG": "catalog",
        ]
        guard let type = message["type"]?.text, let payload = payloads[type], message[payload]?.members != nil else {
            throw NotJSON(description: "no message: \(String(decoding: line.prefix(200), as: UTF8.self))")
        }
        return message
    }
}

extension Run {
    /// Payloads of the messages of one type, as `payloads("CATALOG", "catalog")`.
    func payloads(_ type: String, _ key: String) -> [JSON] {
        messages.filter { $0["type"]?.text == type }.compactMap { $0[key] }
    }

    /// The one result of `check`.
    var status: JSON? {
        let all = payloads("CONNECTION_STATUS", "connectionStatus")
        return all.count == 1 ? all[0] : nil
    }

    /// The streams of the one catalog.
    var catalog: [JSON] {
        let all = payloads("CATALOG", "catalog")
        return all.count == 1 ? all[0]["streams"]?.elements ?? [] : []
    }

    /// RECORD payloads of a stream.
    func records(of stream: String) -> [JSON] {
        payloads("RECORD", "record").filter { $0["stream"]?.text == stream }
    }

    /// Values of `_id` in a stream's records, in order.
    func ids(of stream: String) -> [String] { records(of: stream).compactMap { $0[["data", "_id"]]?.text } }

    /// STATE payloads of a stream.
    func states(of stream: String) -> [JSON] {
        payloads("STATE", "state").filter { $0[["stream", "stream_descriptor", "name"]]?.text == stream }
    }

    /// The errors, those of one stream if it is given.
    func errors(of stream: String? = nil) -> [JSON] {
        payloads("TRACE", "trace").compactMap { $0["error"] }
            .filter { stream == nil || $0[["stream_descriptor", "name"]]?.text == stream }
    }

    /// Stream statuses in order.
    func statuses(of stream: String) -> [String] {
        payloads("TRACE", "trace").compactMap { $0["stream_status"] }
            .filter { $0[["stream_descriptor", "name"]]?.text == stream }.compactMap { $0["status"]?.text }
    }

    /// What the messages say about one stream, in order, one word each: statuses, RECORD, STATE, ERROR.
    func story(of stream: String) -> [String] {
        messages.compactMap { message in
            if message[["record", "stream"]]?.text == stream { return "RECORD" }
            if message[["state", "stream", "stream_descriptor", "name"]]?.text == stream { return "STATE" }
            if message[["trace", "error", "stream_descriptor", "name"]]?.text == stream { return "ERROR" }
            guard message[["trace", "stream_status", "stream_descriptor", "name"]]?.text == stream else { return nil }
            return message[["trace", "stream_status", "status"]]?.text
        }
    }

    /// Output as text.
    var text: String { String(decoding: output, as: UTF8.self) }

    /// The lines that people read: neither records nor states, whose keys are data (ids of direct rooms hold those of users).
    var talk: String {
        let data = ["RECORD", "STATE"].map { #"{"type":"\#($0)""# }
        return text.split(separator: "\n").filter { line in !data.contains { line.hasPrefix($0) } }
            .joined(separator: "\n")
    }
}
