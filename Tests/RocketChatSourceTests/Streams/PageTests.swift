import AirbyteProtocol
import RocketChatAPI
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What every stream does with a page, by its fixture.
@Suite struct PageTests {
    private func read(
        _ fixture: Fixture, refusing refusal: HTTPResponse? = nil, mode: SyncMode = .incremental,
        states: [JSON] = []
    ) async throws -> ConnectorRun {
        try await ConnectorRun.read(
            [fixture.stream], fixture.server(refusing: refusal), clock: VirtualClock(), mode: mode, states: states)
    }

    @Test(arguments: Catalogue.all, [SyncMode.fullRefresh, .incremental])
    func deliversEachRowOnceByItsSchema(stream: StreamDefinition, mode: SyncMode) async throws {
        let fixture = try Fixture(of: stream)
        let run = try await read(fixture, mode: mode)
        #expect(run.code == .ok, "\(run.errors())")
        let rows = run.rows(of: stream)
        #expect(rows.count == fixture.rows.count)
        let schema = StrictSchema(try stream.parsedSchema)
        for row in rows { #expect(schema.faults(in: row) == []) }
        let keys = rows.map { stream.key(of: $0) }
        #expect(keys.allSatisfy { !$0.contains(nil) })
        #expect(Set(keys).count == keys.count)
        // The instant of the sync is no field of the server's: a full refresh goes without it.
        let hasCursor = !stream.bearsSyncInstant || mode == .incremental
        if let cursor = stream.cursor { #expect(rows.allSatisfy { ($0[cursor]?.string != nil) == hasCursor }) }
        #expect(run.statuses(of: stream) == ["STARTED", "RUNNING", "COMPLETE"])
        #expect(run.states(of: stream).last?["state"]?["sourceStats"]?["recordCount"] != nil)
    }

    @Test(arguments: Catalogue.all)
    func letsNoSecretLeave(stream: StreamDefinition) async throws {
        let fixture = try Fixture(of: stream).mapping { row in
            stream.dropped.reduce(row) { row, path in
                row.setting(path.split(separator: ".").map(String.init), to: .string("SECRET"))
            }
        }
        #expect(stream.dropped.isEmpty || fixture.page.text.contains("SECRET"))
        let run = try await read(fixture)
        #expect(run.rows(of: stream).count == fixture.rows.count)
        #expect(!String(decoding: run.bytes, as: UTF8.self).contains("SECRET"))
    }

    @Test(arguments: Catalogue.all.filter { !$0.kept.isEmpty })
    func letsNothingElseLeaveFromWhatItKeepsPartly(stream: StreamDefinition) async throws {
        let paths = stream.kept.map { $0.split(separator: ".").map(String.init) }
        let fixture = try Fixture(of: stream).mapping { row in
            paths.reduce(row) { row, path in
                row.setting(path, to: .string("KEPT")).setting(path.dropLast() + ["other"], to: .string("SECRET"))
            }
        }
        let run = try await read(fixture)
        #expect(run.rows(of: stream).count == fixture.rows.count)
        let text = String(decoding: run.bytes, as: UTF8.self)
        #expect(!text.contains("SECRET"))
        #expect(text.split(separator: "KEPT").count > paths.count)
    }

    @Test(arguments: Catalogue.all.filter { !$0.masking.isEmpty })
    func letsNoTokenOfSlackLeave(stream: StreamDefinition) async throws {
        let link = JSON.string("https://files.slack.com/files-pri/T1-F1/download/a.png?t=xoxe-1-Ab")
        for mark in stream.masking {
            let path = mark.split(separator: ".").map(String.init)
            let fixture = try Fixture(of: stream).mapping { row in
                row.setting(path, to: path.last == "url" ? link : .object(["id": .string("F1"), "downloadUrl": link]))
                    .setting(path.dropLast() + ["msg"], to: link)
                    .setting(path.dropLast() + ["urls"], to: .array([.object(["url": link])]))
            }
            let run = try await read(fixture)
            #expect(run.rows(of: stream).count == fixture.rows.count)
            let text = String(decoding: run.bytes, as: UTF8.self)
            #expect(!text.contains("xoxe") && text.contains("a.png?t=***"))
        }
    }

    @Test(arguments: Catalogue.all)
    func letsNoMemberPassAsAirbytesOwn(stream: StreamDefinition) async throws {
        let names = ["_ab_cdc_deleted_at", "_ab_cdc_updated_at", "_ab_x", "_airbyte_meta", "_AIRBYTE_RAW_ID"]
        let fixture = try Fixture(of: stream).mapping { row in
            names.reduce(row) { $0.setting([$1], to: .string("2026-01-01T00:00:00.000Z")) }
        }
        let run = try await read(fixture)
        let rows = run.rows(of: stream)
        #expect(rows.count == fixture.rows.count)
        // The connector's own is the one there is.
        let own = stream.bearsSyncInstant ? StreamDefinition.syncInstant : ""
        for row in rows {
            #expect(names.allSatisfy { row[$0] == nil || $0 == own })
            #expect(row[own] != .string("2026-01-01T00:00:00.000Z"))
        }
    }

    @Test(arguments: Catalogue.all)
    func survivesAnEmptyPage(stream: StreamDefinition) async throws {
        if case .workspace = stream.reading { return }
        let run = try await read(try Fixture(of: stream).with([]))
        if ["users", "roles", "permissions"].contains(stream.name) {
            // Every workspace has some: such an answer is none.
            #expect(run.code == .failed)
            return
        }
        #expect(run.code == .ok)
        #expect(run.rows(of: stream).isEmpty)
        #expect(!run.states(of: stream).isEmpty)
    }

    @Test(arguments: Catalogue.all)
    func passesUnknownFieldsThrough(stream: StreamDefinition) async throws {
        let fixture = try Fixture(of: stream).mapping { $0.setting(["brandNew"], to: .object(["a": .integer(1)])) }
        let run = try await read(fixture)
        #expect(run.code == .ok)
        let rows = run.rows(of: stream)
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0["brandNew"] == .object(["a": .integer(1)]) })
        let schema = StrictSchema(try stream.parsedSchema)
        for row in rows { #expect(schema.faults(in: row, allowingUndeclared: true) == []) }
    }

    /// A value that cannot be read as a field's type, or for a list one of the kinds that it holds.
    private static func stranger(to field: Field) -> JSON {
        switch field.type {
        case .string, .strings: .object(["twelve": .integer(12)])
        case .list where !field.items.contains("string"): .boolean(true)
        default: .string("twelve")
        }
    }

    @Test(arguments: Catalogue.all)
    func answersWrongTypesWithNullAndANote(stream: StreamDefinition) async throws {
        var kept = Set(stream.primaryKey + (stream.cursor.map { [$0] } ?? []))
        var added: Set<String> = ["_ab_cdc_deleted_at", "_ab_cdc_updated_at"]
        if case .partitioned(let partition) = stream.reading {
            added.formUnion(partition.addedFields)
            kept.insert(partition.rowKey.first)
            // What the reader knows the room by.
            if case .rooms = partition.parents { kept.insert("rid") }
        }
        // What the message reader and the version of the workspace go by.
        if case .messages = stream.reading { kept.formUnion(["_hidden", "t", "rid"]) }
        if case .workspace = stream.reading { kept.formUnion(["version", "info"]) }
        // What the connector finds out about the token by.
        if stream.name == "permissions" { kept.insert("roles") }
        let spoiled = stream.fields.filter { !kept.contains($0.name) && !added.contains($0.name) }
        let fixture = try Fixture(of: stream).mapping { row in
            spoiled.reduce(row) { row, field in
                row.setting([field.name], to: Self.stranger(to: field))
            }
        }
        let run = try await read(fixture)
        #expect(run.code == .ok, "\(run.errors())")
        let records = run.records(of: stream)
        #expect(!records.isEmpty)
        let schema = StrictSchema(try stream.parsedSchema)
        let nulled = Set(spoiled.filter { $0.type != .list }.map(\.name))
        for record in records {
            let row = try #require(record["data"])
            #expect(schema.faults(in: row) == [])
            #expect(nulled.allSatisfy { row.dictionary?[$0] == .null })
            let changes = record["meta"]?["changes"]?.array ?? []
            #expect(Set(changes.compactMap { $0["field"]?.string }) == nulled)
            #expect(changes.allSatisfy { $0["change"]?.string == "NULLED" })
            #expect(changes.allSatisfy { $0["reason"]?.string == "SOURCE_SERIALIZATION_ERROR" })
        }
    }

    @Test(arguments: Catalogue.all)
    func failsAloneWhenItIsForbidden(stream: StreamDefinition) async throws {
        // Without this list the run could not begin, and the workspace is open to everybody.
        if ["permissions", "workspace", "channels"].contains(stream.name) { return }
        let forbidden = HTTPResponse.json(#"{"success":false,"error":"unauthorized"}"#, status: 403)
        let run = try await read(try Fixture(of: stream), refusing: forbidden)
        #expect(run.rows(of: stream).isEmpty)
        if stream.isReadInParts {
            // One room or team refused is a thing to tell, not a failure.
            #expect(run.code == .ok, "\(run.errors())")
            #expect(run.logs(.warn).contains { $0.hasPrefix("Not read:") && $0.contains(stream.name) })
        } else {
            #expect(run.code == .failed)
            #expect(run.statuses(of: stream).last == "INCOMPLETE")
            #expect(run.errors(of: stream).count == 1)
        }
    }

    @Test(arguments: Catalogue.all)
    func failsAloneWhenTheServerLacksTheRoute(stream: StreamDefinition) async throws {
        if ["permissions", "workspace"].contains(stream.name) { return }
        let run = try await read(try Fixture(of: stream), refusing: .text("404 Not Found", status: 404))
        #expect(run.rows(of: stream).isEmpty)
        #expect(run.code == .failed)
        #expect(run.statuses(of: stream).last == "INCOMPLETE")
        #expect(run.errors(of: stream).count == 1)
    }

    @Test(arguments: Catalogue.all.filter { $0.cursor != nil })
    func goesOnFromItsState(stream: StreamDefinition) async throws {
        if ["rooms", "subscriptions", "roles", "permissions", "custom_emojis"].contains(stream.name) {
            // The server does the filtering; the fixture cannot.
            return
        }
        let fixture = try Fixture(of: stream)
        let first = try await read(fixture)
        let second = try await read(fixture, states: first.lastStates)
        #expect(second.code == .ok, "\(second.errors())")
        if stream.isReadInParts, case .messages = stream.reading { return }
        // What `_updatedAt` does not tell comes every time.
        if case .listing(let listing) = stream.reading, !listing.isStamped { return }
        #expect(second.rows(of: stream).count == (stream.bearsSyncInstant ? fixture.rows.count : 0))
        #expect(!second.states(of: stream).isEmpty)
    }
}
