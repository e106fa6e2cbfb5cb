import RocketChatSandbox
import RocketChatSource
import Testing

/// Rules 17 and 24, §2.3 and §3 of the contract: what `discover` and `spec` say.
@Suite(.timeLimit(.minutes(10))) struct DiscoverTests {
    @Test func specIsTheReviewedDocument() async throws {
        let run = try await Run.connector(["spec"])
        #expect(run.code == 0 && run.messages.count == 1)
        let spec = try #require(run.payloads("SPEC", "spec").first)
        #expect(spec == (try StrictJSON.parse(Products.file("spec.json"))))
        #expect(spec[["connectionSpecification", "properties", "token", "airbyte_secret"]] == .bool(true))
    }

    @Test func specDocumentsEachPropertyAsAirbytesAcceptanceTestsDemand() async throws {
        let spec = try #require(try await Run.connector(["spec"]).payloads("SPEC", "spec").first)
        let schema = try #require(spec["connectionSpecification"])
        let required = try #require(schema["required"]?.elements).compactMap(\.text)
        #expect(required == ["endpoint", "token", "user_id"])
        let properties = try #require(schema["properties"]?.members)
        #expect(Set(properties.compactMap { $0.value["order"]?.literal }).count == properties.count)
        for property in properties {
            for key in ["title", "description", "order"] { #expect(property.value[key] != nil, "\(property.name)") }
            #expect(property.value["type"]?.text != nil, "\(property.name) has one type")
            let shows = ["examples", "default", "enum", "properties"].contains { property.value[$0] != nil }
            #expect(shows, "\(property.name) shows what it may hold")
            for key in ["$ref", "allOf", "anyOf", "not", "patternProperties"] {
                #expect(property.value[key] == nil, "\(property.name)")
            }
        }
    }

    @Test func discoverAsksThreeQuestions() async throws {
        let stage = try Stage()
        let run = try await Run.connector(["discover", "--config", try stage.config()])
        #expect(run.code == 0 && run.catalog.compactMap { $0["name"]?.text } == Catalogue.all.map(\.name))
        #expect(stage.sandbox.requestLog.compactMap(\.route) == ["info", "me", "permissions.listAll"])
    }

    @Test func rule24SchemasAreObjectsThatHoldTheirKeysAndCursors() async throws {
        for stream in try await WholeRead.shared.discover.catalog {
            let name = try #require(stream["name"]?.text)
            let schema = try #require(stream["json_schema"])
            #expect(schema["$schema"]?.text == "http://json-schema.org/draft-07/schema#")
            #expect(schema["type"]?.text == "object" && schema["additionalProperties"] == .bool(true), "\(name)")
            let properties = try #require(schema["properties"]?.members).map(\.name)
            let keys = stream["source_defined_primary_key"]?.elements ?? []
            let cursors = stream["default_cursor_field"].map { [$0] } ?? []
            for path in keys + cursors {
                #expect(path.elements?.count == 1, "\(name): keys and cursors are top-level fields")
                #expect(properties.contains(path.elements?.first?.text ?? ""), "\(name)")
            }
            #expect(!keys.isEmpty, "\(name)")
        }
    }

    @Test func schemasHoldOneTypePerFieldAndNothingThatRunnersTripOver() async throws {
        for stream in try await WholeRead.shared.discover.catalog {
            let schema = try #require(stream["json_schema"])
            var names: [String] = []
            for property in schema["properties"]?.members ?? [] {
                let place = "\(stream["name"]?.text ?? "").\(property.name)"
                Self.expectPlain(property.value, place)
                names.append(property.name.lowercased())
            }
            #expect(Set(names).count == names.count, "columns that differ in case only collide")
        }
    }

    @Test func streamsSayHowTheyCanBeSynced() async throws {
        let catalog = try await WholeRead.shared.discover.catalog
        let names = catalog.compactMap { $0["name"]?.text }
        #expect(Set(names).count == names.count)
        #expect(Set(names).isSuperset(of: ["users", "channels", "rooms", "subscriptions", "roles", "teams"]))
        for stream in catalog {
            let modes = stream["supported_sync_modes"]?.elements?.compactMap(\.text) ?? []
            let isIncremental = modes.contains("incremental")
            #expect(modes.contains("full_refresh"))
            #expect((stream["default_cursor_field"] != nil) == isIncremental)
            #expect((stream["source_defined_cursor"] == .bool(true)) == isIncremental)
            #expect(stream["is_resumable"] == .bool(isIncremental))
            #expect(stream["namespace"] == nil)
        }
    }

    /// Types as `["null", T]`, arrays with items, objects open, no combination of schemas. Only items may be of several types:
    /// where servers disagree about them, and nobody makes a column of an item.
    private static func expectPlain(_ schema: JSON, _ place: String, isItem: Bool = false) {
        let forbidden = ["$ref", "allOf", "anyOf", "oneOf", "not", "enum", "id", "required"]
        for name in schema.members?.map(\.name) ?? [] { #expect(!forbidden.contains(name), "\(place)") }
        let types = schema["type"]?.elements?.compactMap(\.text) ?? []
        #expect(types.first == "null" && (types.count == 2 || isItem), "\(place): \(types)")
        switch types.last {
        case "array":
            if let items = schema["items"] {
                expectPlain(items, "\(place)[]", isItem: true)
            } else {
                Issue.record("\(place): items")
            }
        case "object": #expect(schema["additionalProperties"] == .bool(true), "\(place)")
        case "string":
            let isTime = schema["format"]?.text == "date-time"
            #expect((schema["airbyte_type"]?.text == "timestamp_with_timezone") == isTime, "\(place)")
        default: #expect(["integer", "number", "boolean"].contains(types.last), "\(place)")
        }
    }
}
