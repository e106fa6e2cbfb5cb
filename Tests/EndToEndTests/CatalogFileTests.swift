import RocketChatSandbox
import Testing

/// Rules 12 and 13: catalogs as runners write them, and catalogs that nobody may write.
@Suite(.timeLimit(.minutes(10))) struct CatalogFileTests {
    /// One entry as PyAirbyte, faros-ai/airbyte-local-cli, Estuary and people with editors write it.
    static let entries = [
        #"{"stream":{"name":"roles","json_schema":{}},"sync_mode":"incremental","destination_sync_mode":"overwrite"}"#,
        #"{"stream":{"name":"users","json_schema":{}},"sync_mode":"incremental","destination_sync_mode":"overwrite","#
            + #""generation_id":1,"minimum_generation_id":1,"sync_id":1,"primary_key":[["_id"]],"cursor_field":[]}"#,
        #"{"stream":{"name":"users","json_schema":{},"supported_sync_modes":null,"namespace":null,"is_resumable":null},"#
            + #""sync_mode":"full_refresh","destination_sync_mode":"append","cursor_field":null,"primary_key":null}"#,
        #"{"stream":{"name":"users","json_schema":null,"estuary.dev/x":[1]},"sync_mode":"full_refresh","#
            + #""destination_sync_mode":"soft_delete","projections":{"a":1},"estuary.dev/range":{"begin":"0"}}"#,
        #"{"stream":{"name":"users"},"sync_mode":"INCREMENTAL","destination_sync_mode":"APPEND_DEDUP"}"#,
        #"{"stream":{"name":"users","name":"users"},"sync_mode":"full_refresh","sync_mode":"full_refresh"}"#,
        #"{"stream":{"name":"users"}}"#,
    ]

    @Test(arguments: entries)
    func rule12CatalogsOfAllRunnersAreRead(entry: String) async throws {
        let stage = try Stage()
        let run = try await stage.read(catalog: try stage.catalog(text: #"{"streams":[\#(entry)]}"#))
        #expect(run.code == 0)
        let stream = entry.contains("roles") ? "roles" : "users"
        #expect(!run.records(of: stream).isEmpty)
        #expect(run.statuses(of: stream).last == "COMPLETE")
    }

    @Test func rule12ByteOrderMarksAndLineEndingsOfWindowsAreRead() async throws {
        let stage = try Stage()
        let text = "\u{FEFF}{\r\n\"streams\":[\r\n\(Self.entries[0])],\r\n\"unknown\":null}\r\n"
        #expect(try await stage.read(catalog: try stage.catalog(text: text)).code == 0)
    }

    @Test func aStreamThatIsConfiguredTwiceIsReadOnce() async throws {
        let stage = try Stage()
        let run = try await stage.read(["roles", "users", "roles"])
        #expect(run.code == 0)
        #expect(run.statuses(of: "roles").count { $0 == "STARTED" } == 1)
        #expect(Set(run.ids(of: "roles")).count == run.ids(of: "roles").count)
    }

    @Test func noStreamsAreReadInNoTime() async throws {
        let stage = try Stage()
        let run = try await stage.read([])
        #expect(run.code == 0 && run.payloads("RECORD", "record").isEmpty)
    }

    @Test func rule13AnUnknownStreamFailsAndTheOthersAreRead() async throws {
        let stage = try Stage()
        let run = try await stage.read(["nothing_like_it", "users"])
        #expect(run.code == 1)
        #expect(run.story(of: "nothing_like_it") == ["STARTED", "ERROR", "INCOMPLETE"])
        #expect(run.story(of: "users").suffix(2) == ["COMPLETE", "STATE"])
    }

    @Test(arguments: ["users", "nothing_like_it"])
    func rule13AnInvalidSyncModeFails(stream: String) async throws {
        let stage = try Stage()
        let run = try await stage.read([stream], mode: "INVALID")
        #expect(run.code == 1)
        #expect(run.errors().first?["message"]?.text?.contains("INVALID") == true)
        #expect(run.payloads("RECORD", "record").isEmpty)
    }
}
