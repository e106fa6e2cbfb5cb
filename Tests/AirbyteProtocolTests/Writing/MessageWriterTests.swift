import AirbyteProtocol
import Testing

@testable import JSONBytes

struct MessageWriterTests {
    @Test("LOG has a level and a message without control characters, and lower levels stay silent")
    func log() throws {
        let text = try outputText { writer in
            try writer.log(.debug, "unseen")
            try writer.log(.info, "one\ntwo \"q\" \u{2028}\u{85}\u{1}\0.")
            writer.logLevel = .debug
            try writer.log(.debug, "seen")
            try writer.log(.trace, "unseen")
            #expect(writer.logLevel == .debug)
        }
        #expect(
            text == #"{"type":"LOG","log":{"level":"INFO","message":"one\ntwo \"q\" \n."}}"# + "\n"
                + #"{"type":"LOG","log":{"level":"DEBUG","message":"seen"}}"# + "\n")
    }

    @Test("A stream's name is data: nothing of it is taken out but U+0000, and nothing of it ends a line")
    func names() throws {
        let text = try outputText { try $0.status(.started, stream: "a\u{2028}\u{85}\u{1}\0b") }
        #expect(text.contains(#"{"name":"a\u2028\u0085\u0001b"}"#))
    }

    @Test("Levels are ordered by seriousness")
    func levels() {
        #expect(LogLevel.allCases.sorted() == [.trace, .debug, .info, .warn, .error, .fatal])
    }

    @Test("STREAM_STATUS names stream and status; only RUNNING can be rate limited")
    func status() throws {
        let text = try outputText { writer in
            try writer.status(.started, stream: "users")
            try writer.status(.running, stream: "users", rateLimitedUntil: 99)
            try writer.status(.complete, stream: "users", rateLimitedUntil: 99)
            try writer.status(.incomplete, stream: "users")
        }
        func line(_ status: String, _ rest: String = "") -> String {
            #"{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1732284000123,"stream_status":{"stream_descriptor":{"name":"users"},"status":"#
                + "\"\(status)\"\(rest)}}}\n"
        }
        let reasons = #","reasons":[{"type":"RATE_LIMITED","rate_limited":{"quota_reset":99}}]"#
        #expect(text == line("STARTED") + line("RUNNING", reasons) + line("COMPLETE") + line("INCOMPLETE"))
    }

    @Test("TRACE ERROR carries both messages, the type, and the stream if there is one")
    func error() throws {
        let text = try outputText { writer in
            try writer.error(TraceError(message: "m", internalMessage: "i", failureType: .transient, stream: "s"))
            try writer.error(TraceError(message: "m", failureType: .config))
        }
        let head =
            #"{"type":"TRACE","trace":{"type":"ERROR","emitted_at":1732284000123,"error":{"message":"m","internal_message":"#
        #expect(
            text == head + #""i","failure_type":"transient_error","stream_descriptor":{"name":"s"}}}}"# + "\n"
                + head + #""m","failure_type":"config_error"}}}"# + "\n")
    }

    @Test("ESTIMATE counts rows, and bytes when they are known")
    func estimate() throws {
        let text = try outputText { writer in
            try writer.estimate(stream: "s", rows: 5, bytes: nil)
            try writer.estimate(stream: "s", rows: 5, bytes: 77)
        }
        let head =
            #"{"type":"TRACE","trace":{"type":"ESTIMATE","emitted_at":1732284000123,"estimate":{"name":"s","type":"STREAM","row_estimate":5"#
        #expect(text == head + "}}}\n" + head + #","byte_estimate":77}}}"# + "\n")
    }

    @Test("STATE is of type STREAM, and has a record count that has a fraction")
    func state() throws {
        let state = JSON.object([
            "rooms": .object(["a": .null, "b": .string("x/\u{2028}\0y")]), "version": .integer(1),
        ])
        let text = try outputText { writer in
            try writer.state(stream: "messages", state: state, recordCount: 3)
            try writer.state(
                stream: "s", state: .object(["e": .object([:]), "n": .integer(1), "x": .number("1.5")]),
                recordCount: 0)
        }
        let head = #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"#
        #expect(
            text == head
                + #""messages"},"stream_state":{"rooms":{"a":null,"b":"x/\u2028y"},"version":1}},"sourceStats":{"recordCount":3.0}}}"#
                + "\n"
                + head + #""s"},"stream_state":{"e":{},"n":1,"x":1.5}},"sourceStats":{"recordCount":0.0}}}"# + "\n")
    }

    @Test("SPEC holds the document on one line")
    func spec() throws {
        let document =
            "{\n  \"documentationUrl\": \"https://example.org/a b\",\n  \"connectionSpecification\": { \"type\": \"object\" }\n}\n"
        let text = try outputText { try $0.spec(connectionSpecificationDocument: Array(document.utf8)) }
        #expect(
            text
                == #"{"type":"SPEC","spec":{"documentationUrl":"https://example.org/a b","connectionSpecification":{"type":"object"}}}"#
                + "\n")
    }

    @Test("CONNECTION_STATUS succeeds silently and fails with a sentence")
    func connectionStatus() throws {
        let text = try outputText { writer in
            try writer.connectionStatus(.succeeded(nil))
            try writer.connectionStatus(.failed("The token is wrong."))
        }
        #expect(
            text == #"{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}"# + "\n"
                + #"{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"The token is wrong."}}"#
                + "\n")
    }

    @Test("CATALOG describes each stream, and leaves out what a stream does not have")
    func catalog() throws {
        let text = try outputText { writer in
            try writer.catalog([
                StreamDescription(
                    name: "messages", jsonSchema: "{ \"type\" : \"object\" }", supportsIncremental: true,
                    cursorField: ["_updatedAt"],
                    primaryKey: [["_id"], ["a", "b"]], isResumable: true),
                StreamDescription(
                    name: "info", jsonSchema: "{}", supportsIncremental: false, cursorField: nil, primaryKey: [],
                    isResumable: false),
            ])
        }
        #expect(
            text
                == #"{"type":"CATALOG","catalog":{"streams":[{"name":"messages","json_schema":{"type":"object"},"supported_sync_modes":["#
                + #""full_refresh","incremental"],"source_defined_cursor":true,"default_cursor_field":["_updatedAt"],"#
                + #""source_defined_primary_key":[["_id"],["a","b"]],"is_resumable":true},{"name":"info","json_schema":{},"#
                + #""supported_sync_modes":["full_refresh"],"is_resumable":false}]}}"# + "\n")
    }

    @Test("Secrets are masked in every text for people, but not in names")
    func masks() throws {
        let text = try outputText { writer in
            writer.mask(["token-123", "abc", "token-123-long", ""])
            try writer.log(.info, "token-123 token-123-longer abc token-12 tokentoken-123")
            try writer.error(
                TraceError(message: "a token-123", internalMessage: "b token-123", failureType: .system, stream: "s"))
            try writer.connectionStatus(.failed("token-123"))
        }
        #expect(!text.contains("token-123"))
        #expect(text.contains(#""*** ***er abc token-12 token***""#))
        #expect(text.contains(#""message":"a ***","internal_message":"b ***""#))
        #expect(text.contains(#""message":"***""#))
    }

    @Test("A text of any length stays a short line")
    func cutsTexts() throws {
        let text = try outputText { try $0.log(.error, String(repeating: "é", count: 1 << 20)) }
        #expect(text.utf8.count < 40 << 10)
        #expect(text.hasSuffix("…\"}}\n"))
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test("A tombstone is made of added fields alone; without any there is no record")
    func tombstones() throws {
        let text = try outputText { writer in
            try writer.write { buffer throws(OutputError) in
                var fields = AddedFields()
                try buffer.records(RecordLine(stream: "s"), fields: [fields], emittedAt: 7)
                fields.add("_id", string: "x")
                try buffer.records(RecordLine(stream: "a \"name\""), fields: [fields], emittedAt: -7)
            }
        }
        #expect(
            text == #"{"type":"RECORD","record":{"stream":"a \"name\"","emitted_at":-7,"data":{"_id":"x"}}}"# + "\n")
    }

    @Test("emitted_at is written in full", arguments: [0, 9, 10, 99, 100, 1_732_284_000_123, .max, .min] as [Int64])
    func moments(moment: Int64) throws {
        var fields = AddedFields()
        fields.add("a", integer: 1)
        let message = try messages { writer in
            try writer.write { buffer throws(OutputError) in
                try buffer.records(RecordLine(stream: "s"), fields: [fields], emittedAt: moment)
            }
        }
        #expect(message.first?["record"]?["emitted_at"] == .integer(moment))
    }
}
