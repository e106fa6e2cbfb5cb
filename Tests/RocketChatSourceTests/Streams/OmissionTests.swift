import AirbyteProtocol
import JSONBytes
import RocketChatSandbox
import TestSupport
import Testing

@testable import RocketChatAPI
@testable import RocketChatSource

/// What `omit_fields` leaves out, refuses and warns of.
@Suite struct OmissionTests {
    private func omission(_ names: String...) throws -> Omission { Omission(try names.map { try OmittedField($0) }) }

    @Test func takesAFieldOutOfTheSchema() throws {
        let stream = try omission("messages.md", "messages.file.url", "users.name").apply(to: messagesStream)
        #expect(!stream.schema.contains(#""md":"#))
        #expect(messagesStream.schema.contains(#""md":"#))
        #expect(stream.fields.count == messagesStream.fields.count - 1)
        #expect(stream.dropped == messagesStream.dropped + ["md", "file.url"])
    }

    @Test(arguments: [
        "messages._id", "messages._updatedAt", "messages.rid", "messages._ab_cdc_deleted_at", "messages.url",
        "room_members.room_id", "workspace.url", "users._id._id",
    ])
    func refusesWhatAStreamCannotDoWithout(name: String) throws {
        #expect(try #require(try omission("messages.md", name).refusal).contains("'\(name)'"))
    }

    @Test func everyKeyAndCursorIsRefused() throws {
        for stream in Catalogue.all {
            for field in stream.primaryKey + [stream.cursor].compactMap(\.self) {
                #expect(try omission("\(stream.name).\(field)").refusal != nil, "\(stream.name).\(field)")
            }
            guard case .partitioned(let partition) = stream.reading else { continue }
            let key = partition.rowKey.components.joined(separator: ".")
            #expect(try omission("\(stream.name).\(key)").refusal != nil, "\(stream.name).\(key)")
            #expect(try omission("\(stream.name).\(partition.rowKey.first)").refusal != nil)
        }
    }

    @Test func namesWhatNoStreamHas() throws {
        let doubts = try omission("messages.md", "messages.mb", "mesages.md").doubts
        #expect(doubts.count == 2)
        #expect(doubts[0].contains("'mb'") && doubts[1].contains("'mesages'"))
    }

    @Test(arguments: ["md", "messages.", ".md", "messages..md", ""])
    func wantsAStreamAndAField(name: String) {
        #expect(throws: ConfigurationError.self) { try OmittedField(name) }
    }

    private func configuration(_ sandbox: Sandbox, _ omitted: String) -> String {
        let account = sandbox.accounts.admin
        return
            #"{"endpoint":"https://chat.example.com","token":"\#(account.token)","user_id":"\#(account.userID)","omit_fields":\#(omitted)}"#
    }

    private func sandbox(_ clock: VirtualClock) -> Sandbox {
        var options = SandboxOptions()
        options.users = 6
        options.rooms = 4
        options.messages = 80
        options.clock = .manual(clock.now())
        return Sandbox(options)
    }

    @Test func neitherRecordsNorTheCatalogHaveWhatIsOmittedAndAllElseStays() async throws {
        let clock = VirtualClock()
        let sandbox = sandbox(clock)
        let transport = SandboxTransport(sandbox, clock: clock, ahead: 0)
        let streams = [messagesStream, usersStream, roomMembersStream]
        let omitted =
            #"["messages.md","messages.u.name","messages.ts","users.username","users.emails","room_members.name"]"#
        let whole = try await ConnectorRun.read(
            streams, transport, clock: clock, configuration: configuration(sandbox, "[]"))
        let less = try await ConnectorRun.read(
            streams, transport, clock: clock, configuration: configuration(sandbox, omitted))
        #expect(whole.code == .ok && less.code == .ok)
        #expect(less.logs(.warn).filter { $0.contains("omit_fields") }.isEmpty)
        func rows(_ run: ConnectorRun, _ stream: StreamDefinition, without names: Set<String> = []) -> Set<String> {
            Set(
                run.rows(of: stream).map { row in
                    JSON.sortedObject(
                        // The instant of the sync is another one in each run.
                        (row.dictionary ?? [:]).filter {
                            !names.contains($0.key) && $0.key != StreamDefinition.syncInstant
                        }.mapValues { value in
                            guard stream.name == "messages", names.contains("u.name"), let user = value.dictionary,
                                user["username"] != nil
                            else { return value }
                            return .sortedObject(user.filter { $0.key != "name" })
                        }
                    ).text
                })
        }
        #expect(whole.rows(of: messagesStream).contains { $0["md"] != nil })
        #expect(
            !less.rows(of: messagesStream).contains { $0["md"] != nil || $0["ts"] != nil || $0["u"]?["name"] != nil })
        #expect(
            rows(whole, messagesStream, without: ["md", "ts", "u.name"])
                == rows(less, messagesStream, without: ["u.name"]))
        #expect(rows(whole, usersStream, without: ["username", "emails"]) == rows(less, usersStream))
        #expect(rows(whole, roomMembersStream, without: ["name"]) == rows(less, roomMembersStream))
        let catalog = try await ConnectorRun.discover(
            transport, clock: clock, configuration: configuration(sandbox, omitted))
        let messages = try #require(catalog.catalog.first { $0["name"]?.string == "messages" })
        #expect(messages["json_schema"]?["properties"]?["md"] == nil)
        #expect(messages["json_schema"]?["properties"]?["msg"] != nil)
    }

    @Test func aCheckWarnsOfUnknownNamesAndFailsForKeys() async throws {
        let clock = VirtualClock()
        let sandbox = sandbox(clock)
        let transport = SandboxTransport(sandbox, clock: clock, ahead: 0)
        let doubtful = try await ConnectorRun.check(
            transport, clock: clock, configuration: configuration(sandbox, #"["messages.mb"]"#))
        #expect(doubtful.status == "SUCCEEDED")
        #expect(doubtful.logs(.warn).contains { $0.contains("'messages.mb'") })
        let refused = try await ConnectorRun.check(
            transport, clock: clock, configuration: configuration(sandbox, #"["messages._id"]"#))
        #expect(refused.status == "FAILED" && refused.statusText.contains("primary key"))
    }
}
