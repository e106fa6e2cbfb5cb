import JSONBytes

/// The lines of all messages but RECORD, with their line feed.
enum MessageText {
    /// A LOG line.
    static func log(_ level: LogLevel, _ message: String) -> [UInt8] {
        line(.log, #"{"level":\#(quoted(level.rawValue)),"message":\#(quoted(message))}"#)
    }

    /// A TRACE STREAM_STATUS line; times are Unix milliseconds.
    static func status(_ status: StreamStatus, stream: String, rateLimitedUntil: Int64?, at now: Int64) -> [UInt8] {
        let reasons = rateLimitedUntil.map {
            #","reasons":[{"type":"RATE_LIMITED","rate_limited":{"quota_reset":\#($0)}}]"#
        }
        return trace(
            "STREAM_STATUS", at: now,
            #""stream_status":{\#(descriptor(StreamKey(stream))),"status":\#(quoted(status.rawValue))\#(reasons ?? "")}"#
        )
    }

    /// A TRACE ERROR line.
    static func error(_ error: TraceError, at now: Int64) -> [UInt8] {
        let texts =
            #""message":\#(quoted(error.message)),"internal_message":\#(quoted(error.internalMessage))"#
            + #","failure_type":\#(quoted((error.failureType ?? .system).rawValue))"#
        let stream = error.stream.map { "," + descriptor($0) } ?? ""
        return trace("ERROR", at: now, #""error":{\#(texts)\#(stream)}"#)
    }

    /// A TRACE ESTIMATE line.
    static func estimate(stream: String, rows: Int, bytes: Int?, at now: Int64) -> [UInt8] {
        let size = bytes.map { #","byte_estimate":\#($0)"# } ?? ""
        return trace(
            "ESTIMATE", at: now,
            #""estimate":{"name":\#(quoted(stream)),"type":"STREAM","row_estimate":\#(rows)\#(size)}"#)
    }

    /// A STREAM STATE line.
    static func state(stream: String, state: JSON, recordCount: Int) -> [UInt8] {
        let descriptor = descriptor(StreamKey(stream))
        let head = #"{"type":"STATE","state":{"type":"STREAM","stream":{\#(descriptor),"stream_state":"#
        // A double in the protocol: typed readers refuse a count without the fraction.
        let tail = #"},"sourceStats":{"recordCount":\#(recordCount).0}}}"#
        return Array(head.utf8) + state.bytes(keepsNUL: false) + Array(tail.utf8) + [UInt8(ascii: "\n")]
    }

    /// A SPEC line around a whole `spec` payload.
    static func spec(_ document: [UInt8]) -> [UInt8] {
        line(.spec, compact(document))
    }

    /// A CONNECTION_STATUS line.
    static func connectionStatus(_ status: ConnectionStatus) -> [UInt8] {
        let words: String? =
            switch status {
            case .failed(let message): message
            case .succeeded(let message): message
            }
        let message = words.map { #","message":\#(quoted($0))"# } ?? ""
        return line(.connectionStatus, #"{"status":\#(quoted(status.word))\#(message)}"#)
    }

    /// A CATALOG line.
    static func catalog(_ streams: [StreamDescription]) -> [UInt8] {
        line(.catalog, #"{"streams":[\#(streams.map(description).joined(separator: ","))]}"#)
    }

    private static func description(_ stream: StreamDescription) -> String {
        let modes: [SyncMode] = stream.supportsIncremental ? [.fullRefresh, .incremental] : [.fullRefresh]
        var text = #"{"name":\#(quoted(stream.name)),"json_schema":\#(compact(Array(stream.jsonSchema.utf8)))"#
        text += #","supported_sync_modes":\#(list(modes.map(\.rawValue)))"#
        if let cursor = stream.cursorField {
            text += #","source_defined_cursor":true,"default_cursor_field":\#(list(cursor))"#
        }
        if !stream.primaryKey.isEmpty {
            text += #","source_defined_primary_key":[\#(stream.primaryKey.map(list).joined(separator: ","))]"#
        }
        return text + #","is_resumable":\#(stream.isResumable)}"#
    }

    private static func trace(_ type: String, at now: Int64, _ payload: String) -> [UInt8] {
        line(.trace, #"{"type":\#(quoted(type)),"emitted_at":\#(now),\#(payload)}"#)
    }

    private static func descriptor(_ stream: StreamKey) -> String {
        #""stream_descriptor":\#(String(decoding: stream.descriptor.bytes(keepsNUL: false), as: UTF8.self))"#
    }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ",") + "]"
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONText.quoted(text), as: UTF8.self)
    }

    /// A document of our own on one line.
    private static func compact(_ document: [UInt8]) -> String {
        do throws(JSONError) {
            _ = try PageScanner(PageFormat()).scan(document)
        } catch {
            preconditionFailure("a document built into the program is broken: \(error)")
        }
        var bytes: [UInt8] = []
        document.withUnsafeBufferPointer { TextFilter.append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func line(_ type: MessageType, _ payload: String) -> [UInt8] {
        Array(#"{"type":"\#(type.rawValue)","\#(type.payloadName)":\#(payload)}"#.utf8) + [UInt8(ascii: "\n")]
    }
}
