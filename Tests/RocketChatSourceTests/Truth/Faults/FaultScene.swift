import AirbyteProtocol
import RocketChatAPI
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// A small workspace with something of every kind, its copy, and one fault. The same calls give the same workspace.
struct FaultScene {
    /// The server.
    let sandbox: Sandbox
    /// Its time and the connector's.
    let clock = VirtualClock()
    /// The administrator, who sees every listing.
    let account: Account
    /// What a destination holds.
    var copy = Copy()
    private let transport: LivingTransport
    private let streams: [StreamDefinition]
    private let isFull: Bool

    /// What a run came to.
    struct Run {
        /// The exit code.
        let code: ExitCode
        /// What it wrote.
        let output: RunOutput
        /// Requests that it made.
        let requests: Int
        /// How long it took, ms.
        let time: Int64
    }

    private static let hour: Int64 = 3_600_000

    /// A workspace whose `streams` are copied, by full refresh or incrementally where they can be.
    init(_ streams: [StreamDefinition], isFull: Bool) {
        self.streams = streams
        self.isFull = isFull
        var options = SandboxOptions()
        // The accounts and their rooms suffice: a run asks for every room.
        options.users = 0
        options.rooms = 1
        options.messages = 12
        options.limit = nil
        options.timeStep = 0
        options.clock = .manual(clock.now())
        sandbox = Sandbox(options)
        sandbox.configure { $0.upperCountLimit = 5 }
        account = sandbox.accounts.admin
        transport = LivingTransport(sandbox, clock: clock, ahead: 0, latency: 1, stepTime: 1, seed: 7)
        prepare()
        wait()
    }

    /// Lets an hour pass.
    func wait() {
        clock.advance(by: Self.hour)
        sandbox.advance(milliseconds: max(0, clock.now() - sandbox.now))
    }

    /// Runs the connector and lands what it wrote; `faults` strike for so many ms, or to the end.
    mutating func sync(
        _ faults: [Fault] = [], for milliseconds: Int64? = nil, spoil: LivingTransport.Spoil? = nil
    ) async throws -> Run {
        for fault in faults { sandbox.inject(fault) }
        transport.spoil(spoil)
        defer { transport.spoil(nil) }
        let start = clock.now()
        let end = milliseconds.map { TimedEvent(at: start + $0) { $0.clearFaults() } }
        let result = try await KillableRun(
            clock: clock, transport: transport,
            configuration: """
                {"endpoint":"https://chat.example.com","token":"\(account.token)","user_id":"\(account.userID)",\
                "overlap_seconds":0,"concurrency":4}
                """,
            catalog: catalog, sizes: sizes, seed: 1
        ).read(state: isFull ? "[]" : copy.stateFile, events: end.map { [$0] } ?? [])
        sandbox.clearFaults()
        let output = RunOutput(result.bytes)
        copy.land(output, extra: .max, replacing: replaced)
        return Run(code: result.code, output: output, requests: transport.requests, time: clock.now() - start)
    }

    // Pages of a few rows, so that a few dozen messages need several.
    private var sizes: RequestSizes {
        var sizes = RequestSizes()
        sizes.smallestPage = 5
        sizes.page = 1
        return sizes
    }

    private var replaced: Set<String> { Set(streams.filter { isFull || $0.cursor == nil }.map(\.name)) }

    private var catalog: String {
        let entries = streams.map {
            #"{"stream":{"name":"\#($0.name)","json_schema":{}},"sync_mode":"\#(isFull ? "full_refresh" : "incremental")","#
                + #""destination_sync_mode":"\#(isFull ? "overwrite" : "append_dedup")"}"#
        }
        return #"{"streams":[\#(entries.joined(separator: ","))]}"#
    }
}

extension FaultScene {
    private var me: String { account.userID }
    private var other: String { sandbox.accounts.agent.userID }

    /// What is there before the first sync, besides what every sandbox has.
    private func prepare() {
        sandbox.createRoom("doomed", by: me, members: [other], id: "DoomedRoom0000001")
        sandbox.createRoom("secret", isPrivate: true, by: me, members: [other], id: "SecretRoom0000001")
        for number in 0..<3 {
            step()
            sandbox.postFile(in: "GENERAL", by: me, name: "file-\(number).pdf")
        }
        for room in ["GENERAL", "DoomedRoom0000001", "SecretRoom0000001"] {
            for number in 0..<7 {
                step()
                sandbox.post(in: room, by: number % 2 == 0 ? me : other, text: "\(room) \(number)")
            }
        }
        for name in ["one", "two", "three"] { sandbox.createRole(name) }
        // What only an administrator's listings have.
        let other = other
        for name in ["red", "blue"] {
            sandbox.createRoom("private \(name)", isPrivate: true, by: other)
            let team = sandbox.createTeam("team-\(name)", by: other).team
            sandbox.post(in: sandbox.createRoom("of-\(name)", by: other, inTeam: team), by: other, text: "in the team")
        }
        sandbox.createTeam("own", by: me, members: [other])
        sandbox.createDirect([me, other])
        sandbox.createDirect([other, sandbox.accounts.bot.userID])
        sandbox.createDirect([other, sandbox.accounts.user.userID])
    }

    /// What happens between two syncs: something in every stream, with many rows in one millisecond. `time` tells one from another.
    func live(_ time: Int) {
        let chat = sandbox.openChat(visitor: "Visitor \(time)")
        sandbox.take(chat: chat, by: other)
        for room in [chat] + sandbox.rooms(ofType: "l").prefix(2) {
            sandbox.post(in: room, by: other, text: "Anybody there?")
        }
        let messages = sandbox.messages(in: "GENERAL")
        sandbox.edit(messages[messages.count - 4], by: me, text: "edited \(time)")
        sandbox.delete(messages[messages.count - 5], by: me)
        step()
        sandbox.clearUnread(in: "SecretRoom0000001", newest: 6)
        for number in 0..<3 {
            step()
            sandbox.post(in: "GENERAL", by: other, text: "later \(time) \(number)")
        }
        if time == 1 { sandbox.deleteRoom("DoomedRoom0000001") }
        sandbox.rename(room: "SecretRoom0000001", to: "secret-\(time)", by: me)
        sandbox.post(in: sandbox.createRoom("fresh-\(time)", by: me, members: [other]), by: me, text: "first")
        sandbox.createDirect([me, sandbox.createUser("comer-\(time)")])
        sandbox.createTeam("team-\(time)", by: me, members: [other])
        step()
        sandbox.postFile(in: "GENERAL", by: me, name: "late-\(time).pdf")
        sandbox.createRole("late role \(time)")
        let roles = sandbox.change { workspace, _ in
            workspace.roles.rows.filter { $0["protected"] == false }.compactMap { $0["_id"]?.text }
        }
        sandbox.deleteRole(roles[0])
        changeCatalogues(time)
    }

    private func changeCatalogues(_ time: Int) {
        sandbox.change { workspace, now in
            if var day = workspace.collections.statistics.rows.last {
                day["_id"] = .string("StatisticsOfDay\(time)")
                day["createdAt"] = .date(now)
                day["_updatedAt"] = .date(now)
                workspace.collections.statistics.rows.append(day)
            }
            if var call = workspace.collections.conferences.rows.first {
                call["_id"] = .string("ConferenceOfDay\(time)")
                call["createdAt"] = .date(now)
                call["_updatedAt"] = .date(now)
                workspace.collections.conferences.rows.append(call)
                workspace.collections.conferences.update(
                    workspace.collections.conferences.rows[0]["_id"]?.text ?? "", at: now
                ) { $0["status"] = 3 }
            }
            let contacts = workspace.collections.contacts.rows.compactMap { $0["_id"]?.text }
            for id in contacts.prefix(2) {
                workspace.collections.contacts.update(id, at: now) { $0["name"] = .string("Name \(time)") }
            }
            if let last = contacts.last { workspace.collections.contacts.remove(last, at: now) }
        }
    }

    private func step() {
        clock.advance(by: 10)
        sandbox.advance(milliseconds: 10)
    }
}
