import JSONBytes
import AirbyteProtocol
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
        #expect(catalog.streams.map(\.namespace) == [nil, "n"])
        #expect(catalog.streams[1].document["generation_id"] == .integer(1))
    }

    @Test("Nulls, unknown keys, repeated keys, a byte order mark and CRLF are fine")
    func isLenient() throws {
        let catalog = try parse(
            "\u{FEFF}{\r\n\"x\":1,\"streams\":[],\"streams\":[\r\n{\"stream\":{\"name\":\"a\",\"name\":\"b\",\"namespace\":null,\"json_schema\":null},"
                + "\"sync_mode\":\"Full_Refresh\",\"cursor_field\":null,\"projections\":[{}],\"estuary.dev/range\":{}}]}\r\n"
        )
        #expect(catalog.streams.map(\.name) == ["b"])
        #expect(catalog.streams.map(\.syncMode) == [.fullRefresh])
        #expect(catalog.streams.map(\.namespace) == [nil])
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
            #"{"streams":[{"stream":{"name":7}}]}"#, #"{"streams":[}"#,
        ])
    func refusesOthers(text: String) {
        #expect(throws: InputError.self) { try parse(text) }
    }
}
