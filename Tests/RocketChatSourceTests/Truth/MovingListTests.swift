import RocketChatAPI
import Synchronization
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSandbox
@testable import RocketChatSource

/// What happens between two pages of a list that the server gives in no order to hold on to.
@Suite struct MovingListTests {
    /// A way to a server at which something happens once, behind the first answer that `isPlace` fits.
    private final class Interruption: HTTPTransport {
        private let transport: SandboxTransport
        private let isPlace: @Sendable (String) -> Bool
        private let event: Mutex<(@Sendable () -> Void)?>

        init(
            _ transport: SandboxTransport, behind isPlace: @escaping @Sendable (String) -> Bool,
            _ event: @escaping @Sendable () -> Void
        ) {
            self.transport = transport
            self.isPlace = isPlace
            self.event = Mutex(event)
        }

        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            let response = try await transport.send(request)
            if isPlace(request.url) { event.withLock { $0.take() }?() }
            return response
        }
    }

    private func gone(_ run: ConnectorRun, of stream: StreamDefinition = roomMembersStream) -> [String] {
        run.rows(of: stream).filter { $0["_ab_cdc_deleted_at"]?.string != nil }
            .compactMap { $0["_id"]?.string }
    }

    /// The member behind the first page moves onto it when one of the first page leaves; another joins at the end, so that the number
    /// of members tells nothing.
    @Test(arguments: ["6.13.1", "8.6.1"])
    func whoMovesFromOnePageToAnotherIsNotGone(version: String) async throws {
        let here = SandboxScene(version: version)
        here.sandbox.configure { $0.upperCountLimit = 5 }
        let admin = here.sandbox.accounts.admin.userID
        let people = here.sandbox.truth(.users, for: here.sandbox.accounts.admin).keys.sorted().prefix(13)
        let room = here.sandbox.createRoom("square", by: admin, members: Set(people).union([admin]).sorted())
        let first = try await here.read([roomMembersStream], as: "admin")
        let order = first.rows(of: roomMembersStream).filter { $0["room_id"]?.string == room }
            .compactMap { $0["_id"]?.string }
        try #require(order.count > 10)
        let (leaver, joiner) = (order[1], order[order.count - 1])
        here.sandbox.leave(room, joiner)
        let second = try await here.read([roomMembersStream], as: "admin", states: first.lastStates)
        #expect(gone(second) == [joiner])

        let sandbox = here.sandbox
        let way = Interruption(here.transport, behind: { $0.contains("embers") && $0.contains(room) }) {
            sandbox.leave(room, leaver)
            sandbox.join(room, joiner)
        }
        let third = try await ConnectorRun.read(
            [roomMembersStream], way, clock: here.clock, states: second.lastStates,
            configuration: try here.configuration("admin"))
        #expect(gone(third).isEmpty, "one left, but nobody can tell who")
        let fourth = try await here.read([roomMembersStream], as: "admin", states: third.lastStates)
        #expect(gone(fourth) == [leaver])
    }

    /// `contacts.search` lists known contacts or unknown ones, and saving one makes it known.
    @Test func aContactThatBecomesKnownBetweenTheTwoListsIsNotGone() async throws {
        let here = SandboxScene()
        let first = try await here.read([livechatContactsStream], as: "admin")
        let sandbox = here.sandbox
        let rows = sandbox.change { workspace, _ in workspace.collections.contacts.rows }
        let index = try #require(rows.firstIndex { $0["unknown"]?.flag == true })
        here.clock.advance(by: 3_600_000)
        let way = Interruption(here.transport, behind: { $0.contains("contacts.search") }) {
            sandbox.change { workspace, now in
                workspace.collections.contacts.rows[index]["unknown"] = false
                workspace.collections.contacts.rows[index]["_updatedAt"] = .date(now)
            }
        }
        let second = try await ConnectorRun.read(
            [livechatContactsStream], way, clock: here.clock, states: first.lastStates,
            configuration: try here.configuration("admin"))
        #expect(gone(second, of: livechatContactsStream).isEmpty)
        #expect(second.statuses(of: livechatContactsStream).last == "COMPLETE")
    }
}
