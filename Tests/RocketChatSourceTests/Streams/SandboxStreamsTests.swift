import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import RocketChatSandbox
import TestSupport
import Testing

@testable import RocketChatSource

/// Every stream against a server that behaves, for each kind of account and for servers of several ages.
@Suite struct SandboxStreamsTests {
    private func offered(_ run: ConnectorRun) throws -> [StreamDefinition] {
        try run.catalog.map { entry in
            let name = try #require(entry["name"]?.string)
            return try #require(Catalogue.stream(named: name))
        }
    }

    private func isServer(_ version: String, youngEnoughFor stream: StreamDefinition) -> Bool {
        guard let since = stream.since, let running = ServerVersion(version) else {
            return true
        }
        return running >= since
    }

    @Test func anAdministratorOfACurrentServerIsOfferedEverythingInThreeRequests() async throws {
        let here = SandboxScene()
        let run = try await here.discover("admin")
        #expect(run.code == .ok)
        #expect(try offered(run).map(\.name) == Catalogue.all.map(\.name))
        #expect(here.transport.requests.count == 3)
    }

    @Test(arguments: ["user", "bot", "agent"])
    func whatIsLeftOutIsNamedWithThePermissionThatWouldAddIt(role: String) async throws {
        let here = SandboxScene()
        let run = try await here.discover(role)
        #expect(run.code == .ok)
        let names = Set(try offered(run).map(\.name))
        #expect(names.isSuperset(of: Catalogue.official))
        for stream in Catalogue.all where !names.contains(stream.name) {
            #expect(
                run.logs(.warn).contains {
                    $0.hasPrefix("The token cannot read ") && $0.contains(stream.name) && $0.contains(stream.needs.text)
                })
        }
        #expect(names.contains("room_members") && !names.contains("statistics"))
        #expect(here.transport.requests.count == 3)
    }

    @Test(arguments: ["3.18.2", "4.0.0", "5.0.0", "6.5.0", "7.0.0", "7.3.0", "8.3.0"])
    func whatAServerIsTooOldForIsLeftOut(version: String) async throws {
        let run = try await SandboxScene(version: version).discover("admin")
        let names = Set(try offered(run).map(\.name))
        for stream in Catalogue.all where !Catalogue.official.contains(stream.name) {
            #expect(names.contains(stream.name) == isServer(version, youngEnoughFor: stream), "\(stream.name)")
        }
    }

    @Test(arguments: Catalogue.all)
    func readsValidRowsWithKeysOfTheirOwn(stream: StreamDefinition) async throws {
        let here = SandboxScene()
        let run = try await here.read([stream], as: "admin")
        #expect(run.code == .ok, "\(run.errors())")
        let rows = run.rows(of: stream)
        #expect(!rows.isEmpty)
        let schema = StrictSchema(try stream.parsedSchema)
        for row in rows.prefix(200) { #expect(schema.faults(in: row, allowingUndeclared: true) == []) }
        let keys = rows.map { stream.key(of: $0) }
        #expect(keys.allSatisfy { !$0.contains(nil) })
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: ["admin", "user", "bot", "agent"])
    func whateverIsOfferedCanBeRead(role: String) async throws {
        let here = SandboxScene()
        let streams = try offered(try await here.discover(role))
            .filter { $0.needs == .nothing || role == "admin" || !Catalogue.official.contains($0.name) }
        let run = try await here.read(streams, as: role, mode: .fullRefresh)
        #expect(run.code == .ok, "\(run.errors())")
    }

    @Test(arguments: ["3.18.2", "4.0.0", "5.0.0", "6.5.0", "7.0.0", "7.3.0", "8.3.0"])
    func readsServersOfAllAges(version: String) async throws {
        let here = SandboxScene(version: version)
        let streams = try offered(try await here.discover("admin"))
            .filter { isServer(version, youngEnoughFor: $0) }
        let run = try await here.read(streams, as: "admin")
        #expect(run.code == .ok, "\(run.errors())")
    }

    @Test(arguments: Catalogue.all.filter(\.bearsSyncInstant))
    func rowsWithoutADateComeEachTimeWithTheInstantOfTheSync(stream: StreamDefinition) async throws {
        let here = SandboxScene()
        let first = try await here.read([stream], as: "admin")
        here.clock.advance(by: 600_000)
        let second = try await here.read([stream], as: "admin", states: first.lastStates)
        #expect(second.code == .ok, "\(second.errors())")
        let keys = [first, second].map { run in Set(run.rows(of: stream).map { stream.key(of: $0) }) }
        #expect(keys[0] == keys[1])
        let instants = [first, second].map { run in
            Set(run.rows(of: stream).map { $0[StreamDefinition.syncInstant]?.string })
        }
        let older = try #require(instants[0].first ?? nil)
        let younger = try #require(instants[1].first ?? nil)
        #expect(instants.allSatisfy { $0.count == 1 } && older < younger)
        #expect(second.rows(of: stream).allSatisfy { $0["_ab_cdc_deleted_at"] == nil })
        // A full refresh is as the server has it.
        let full = try await here.read([stream], as: "admin", mode: .fullRefresh)
        #expect(full.rows(of: stream).allSatisfy { $0[StreamDefinition.syncInstant] == nil })
    }

    @Test(arguments: Catalogue.all.filter(\.bearsSyncInstant))
    func whatTheServerHasNoMoreIsToldWithItsWholeKey(stream: StreamDefinition) async throws {
        let here = SandboxScene()
        var states: [JSON] = []
        var held: Set<[String?]> = []
        var tombstones = 0
        for turn in 0..<12 {
            let run = try await here.read([stream], as: "admin", states: states)
            #expect(run.code == .ok, "\(run.errors())")
            states = run.lastStates
            for row in run.rows(of: stream) {
                let key = stream.key(of: row)
                #expect(!key.contains(nil))
                guard row["_ab_cdc_deleted_at"] != nil else {
                    held.insert(key)
                    continue
                }
                #expect(held.remove(key) != nil)
                #expect(row[StreamDefinition.syncInstant] == row["_ab_cdc_deleted_at"])
                tombstones += 1
            }
            here.clock.advance(by: 600_000)
            // A room that everybody has left is believed at the second sync.
            if turn.isMultiple(of: 2) { continue }
            let truth = try await here.read([stream], as: "admin", mode: .fullRefresh)
            // A room that refuses to tell (channels of a team that the administrator has left) keeps the rows that it had.
            let readable = Set(here.sandbox.readableRooms(for: here.sandbox.accounts.admin))
            let refusing = Set(Set(here.sandbox.rooms()).subtracting(readable).map { JSON.string($0).text })
            let judged = held.filter { key in !refusing.contains((key.first ?? nil) ?? "") }
            #expect(judged == Set(truth.rows(of: stream).map { stream.key(of: $0) }))
            here.sandbox.turnOver()
            here.sandbox.live(steps: 300)
            here.clock.advance(by: 600_000)
        }
        #expect(tombstones > 0)
    }

    @Test(arguments: Catalogue.all.filter { $0.cursor != nil && !$0.bearsSyncInstant })
    func anotherReadDeliversNothingWhenNothingHappened(stream: StreamDefinition) async throws {
        let here = SandboxScene()
        let first = try await here.read([stream], as: "admin")
        here.clock.advance(by: 600_000)
        let second = try await here.read([stream], as: "admin", states: first.lastStates)
        #expect(second.code == .ok, "\(second.errors())")
        here.clock.advance(by: 600_000)
        let third = try await here.read([stream], as: "admin", states: second.lastStates)
        #expect(!third.states(of: stream).isEmpty)
        // What `_updatedAt` does not tell comes every time.
        if case .listing(let listing) = stream.reading, !listing.isStamped { return }
        // Nor does the administrator's listing of rooms, which adds channels of teams, tell when they changed.
        #expect(third.rows(of: stream).allSatisfy { stream.name == "channels" && $0["_updatedAt"] == nil })
    }

    @Test(arguments: ["admin", "user", "bot", "agent"])
    func asksForNothingButWhatTheCatalogueNames(role: String) async throws {
        let here = SandboxScene()
        let streams = Catalogue.all
        let first = try await here.read(streams, as: role)
        here.sandbox.live(steps: 50)
        _ = try await here.read(streams, as: role, states: first.lastStates)
        for logged in here.sandbox.requestLog {
            #expect(logged.method == "GET")
        }
        for request in here.transport.requests {
            let path = Fixture.path(of: request)
            #expect(Catalogue.paths.contains(path), "\(path)")
        }
        // The server makes a room of a user's id; it must never have been sent one (rocket-chat-api.md §1.4).
        #expect(here.sandbox.accidentalRooms.isEmpty)
    }

    @Test func noPathOfTheCatalogueWrites() {
        let verbs = [
            "create", "delete", "add", "remove", "set", "update", "join", "leave", "invite", "send", "post", "audit",
            "refresh", "close", "open", "archive",
        ]
        for path in Catalogue.paths {
            let action = path.split(separator: "/").last?.split(separator: ".").last.map { $0.lowercased() } ?? ""
            #expect(!verbs.contains(action), "\(path)")
        }
    }
}
