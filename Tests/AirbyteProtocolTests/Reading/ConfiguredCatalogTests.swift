import AirbyteProtocol
import JSONBytes
import Testing

struct ConfiguredCatalogTests {
    private func parse(_ text: String) throws(InputError) -> ConfiguredCatalog {
        try ConfiguredCatalog.parse(Array(text.utf8))
    }

    @Test("Streams come in the catalog's order, with their modes")
    func parses() throws {
        let catalog = try parse(
            #"""
            {"streams":[
              {"stream":{"name":"users","json_schema":{},"supported_sync_modes":["full_refresh"]},"sync_mode":"incremental","destination_sync_mode":"overwrite"},
              {"stream":{"name":"rooms","json_schema":{},"namespace":"n"},"sync_mode":"full_refresh","cursor_field":["_updatedAt"],"generation_id":1}]}
            """#)
        #expect(catalog.streams.map(\.name) == ["users", "rooms"])
        #expect(catalog.streams.map(\.syncMode) == [.incremental, .fullRefresh])
    }

    @Test("Nulls, unknown keys, repeated keys, a byte order mark and CRLF are fine")
    func isLenient() throws {
        let catalog = try parse(
            "\u{FEFF}{\r\n\"x\":1,\"streams\":[],\"streams\":[\r\n{\"stream\":{\"name\":\"a\",\"name\":\"b\",\"namespace\":null,\"json_schema\":null},"
                + "\"sync_mode\":\"Full_Refresh\",\"cursor_field\":null,\"projections\":[{}],\"estuary.dev/range\":{}}]}\r\n"
        )
        #expect(catalog.streams.map(\.name) == ["b"])
        #expect(catalog.streams.map(\.syncMode) == [.fullRefresh])
    }

    @Test("A missing mode means full refresh; no streams is a catalog too")
    func defaults() throws {
        #expect(
            try parse(#"{"streams":[{"stream":{"name":"a"}},{"stream":{"name":"b"},"sync_mode":null}]}"#).streams.map(
                \.syncMode) == [.fullRefresh, .fullRefresh])
        #expect(try parse(#"{"streams":[]}"#).streams.isEmpty)
    }

    @Test("A stream named twice is read once, as its last entry says")
    func repeatedStreams() throws {
        let catalog = try parse(
            #"{"streams":[{"stream":{"name":"a"},"sync_mode":"full_refresh"},{"stream":{"name":"b"}},{"stream":{"name":"a"},"sync_mode":"incremental"}]}"#
        )
        #expect(catalog.streams.map(\.name) == ["a", "b"])
        #expect(catalog.streams[0].syncMode == .incremental)
    }

    @Test("What discover printed is a catalog as it is: each stream in the best mode that it offers")
    func discoverIsACatalog() throws {
        let catalog =
            #"{"streams":[{"name":"a","json_schema":{},"supported_sync_modes":["full_refresh","incremental"]},"#
            + #"{"name":"b","json_schema":{},"supported_sync_modes":["full_refresh"]},{"name":"c"}]}"#
        let message = #"{"type":"CATALOG","catalog":\#(catalog)}"#
        let log = #"{"type":"LOG","log":{"level":"INFO","message":"8.1.0"}}"#
        for text in [
            catalog, message, "\(log)\n\(message)\n", "\u{FEFF}\(log)\r\n\(message)\r\n\(log)\r\n", "words\n\(message)",
        ] {
            let streams = try parse(text).streams
            #expect(
                streams.map(\.name) == ["a", "b", "c"]
                    && streams.map(\.syncMode) == [.incremental, .fullRefresh, .fullRefresh])
        }
        let error = #expect(throws: InputError.self) { try parse("\(log)\n\(log)\n") }
        #expect(error?.message.contains("no CATALOG among them. Did discover fail?") == true)
        let yaml = #expect(throws: InputError.self) { try parse("streams:\n  - users\n") }
        #expect(yaml?.message.contains("is YAML") == true)
    }

    @Test("An unknown mode is refused with the stream and the word")
    func refusesUnknownModes() {
        let error = #expect(throws: InputError.self) {
            try parse(#"{"streams":[{"stream":{"name":"users"},"sync_mode":"INVALID"}]}"#)
        }
        #expect(error?.message.contains("users") == true)
        #expect(error?.message.contains("INVALID") == true)
        #expect(throws: InputError.self) { try parse(#"{"streams":[{"stream":{"name":"users"},"sync_mode":3}]}"#) }
    }

    @Test(
        "What is no catalog is refused",
        arguments: [
            "", "nonsense", "[]", "{}", "null", #"{"streams":null}"#, #"{"streams":{}}"#, #"{"streams":[{}]}"#,
            #"{"streams":[null]}"#, #"{"streams":[{"stream":{"name":""}}]}"#,
            #"{"streams":[{"stream":{"name":7}}]}"#, #"{"streams":[{"name":""}]}"#, #"{"streams":[}"#,
        ])
    func refusesOthers(text: String) {
        #expect(throws: InputError.self) { try parse(text) }
    }
}
