import AirbyteProtocol
import RocketChatAPI
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// One round: a workspace lives and is copied at the same time, runs are killed and taken up again; in the end, when it has
/// come to rest, a last run must make the copy equal to what the account may see.
struct Round {
    /// What was found to be wrong; empty when nothing was.
    private(set) var faults: [String] = []
    private(set) var plan: RoundPlan
    private let sandbox: Sandbox
    private let clock: VirtualClock
    private let transport: LivingTransport
    private let account: Account
    private var copy = Copy()
    private(set) var runs = 0
    private(set) var kills = 0
    private(set) var rows = 0
    /// What happened, for whoever looks into a failure.
    private(set) var history: [String] = []
    /// The roles of each permission when the round began.
    private let holders: [String: [String]]
    /// Rooms that the account was a member of at some time.
    private var joined: Set<String> = []
    /// Rooms that the state of `messages` named and names no more.
    private var forgotten: Set<String> = []
    private var named: Set<String> = []
    private var hasBeenEmpty = false
    private var version = 0

    /// The round of a seed.
    init(seed: UInt64) {
        plan = RoundPlan(seed: seed)
        clock = VirtualClock()
        var options = plan.options
        options.clock = .manual(clock.now() + plan.ahead)
        sandbox = Sandbox(options)
        account = sandbox.accounts[plan.role]!
        transport = LivingTransport(
            sandbox, clock: clock, ahead: plan.ahead, latency: plan.latency, stepTime: plan.stepTime,
            seed: plan.random.next())
        let page = plan.listPage
        let count = plan.defaultCount
        sandbox.configure {
            $0.upperCountLimit = page
            $0.defaultCount = count
        }
        holders = RoundTroubles.holders(sandbox)
    }

    /// Plays the round.
    mutating func play() async throws {
        for _ in 0..<plan.runs {
            try await disturbedRun()
            await settle(plan.gap())
            for _ in 0..<plan.random.below(40) {
                await settle(Int64(plan.random.below(plan.stepTime)))
                sandbox.live(steps: 1)
            }
            bulk()
            if plan.turnsOver { sandbox.turnOver() }
            change()
        }
        // Everything under way has become visible and nothing moves any more.
        sandbox.clearFaults()
        RoundTroubles.restoreRights(sandbox, account, holders)
        while upgrade() {}
        // A bulk removal that a node with a clock ahead began takes its messages away by that clock.
        let swept = sandbox.change { workspace, now in (workspace.sweeps.map(\.due).max() ?? now) - now }
        await settle(max(60_000, swept + 1))
        // A future stamp can be put off twice: by a load of several pages, and by its time coming during a run.
        var left = plan.hasFutureStamps ? 3 : 1
        var patience = 3
        repeat {
            let waits = try await quietRun()
            left -= 1
            // Rows to none (a user who left the last team) are believed at the second sync.
            if left == 0, waits, patience > 0 {
                left = 1
                patience -= 1
            }
            // A stamp less than a second ahead cannot be told from one made during the run.
            if left > 0 { await settle(5000) }
        } while left > 0
        faults += RoomJoins(sandbox, account, plan).faults(copy)
        rows = copy.rows["messages"]?.count ?? 0
        faults += Comparison(sandbox, account, copy, plan, forgotten: forgotten).differences()
    }

    /// What operators do between two runs.
    private mutating func change() {
        if plan.random.chance(0.7) { _ = upgrade() }
        if plan.random.chance(0.4) { RoundTroubles.restoreRights(sandbox, account, holders) }
        plan.troubles.takeRights(&plan.random, sandbox, account)
    }

    /// The next release; whether there is one.
    private mutating func upgrade() -> Bool {
        guard version + 1 < plan.versions.count else { return false }
        version += 1
        sandbox.upgrade(to: plan.versions[version])
        return true
    }

    private func run(isQuiet: Bool) -> KillableRun {
        KillableRun(
            clock: clock, transport: transport, configuration: plan.configuration(account, isQuiet: isQuiet),
            catalog: plan.catalog, sizes: isQuiet ? plan.quietSizes : plan.sizes, seed: plan.seed)
    }

    private mutating func disturbedRun() async throws {
        runs += 1
        noteMemberships()
        let strikes = plan.troubles.strikes(&plan.random, from: clock.now(), emptied: &hasBeenEmpty)
        if let fault = plan.fault() { sandbox.inject(fault) }
        let clockFault = plan.troubles.clock(&plan.random)
        if let clockFault { sandbox.inject(clockFault) }
        let ending = plan.random.below(4)
        let killAt = ending < 2 ? plan.random.below(ending == 0 ? 12 : 60) : nil
        let lifeChance = plan.random.pick([0, 0.1, 0.5])
        let result = try await run(isQuiet: false).read(
            state: copy.stateFile, lifeChance: lifeChance, steps: 1 + plan.random.below(6), killAt: killAt,
            events: strikes.flatMap(\.events))
        sandbox.clearFaults()
        // Killed at some line: what was asked of the server after it changes nothing there.
        let cut = ending == 2 ? plan.random.below(result.bytes.count + 1) : nil
        if result.killedAt != nil || cut != nil { kills += 1 }
        let output = RunOutput(result.bytes, length: result.killedAt ?? cut)
        history.append(
            "run on \(sandbox.version): code \(result.code), killed \(result.killedAt != nil || cut != nil), life \(lifeChance), "
                + "clock \(clockFault.map { "\($0.kind)" } ?? "true"), \(strikes.map(\.summary)), complete \(output.complete.sorted())"
        )
        history += output.warnings
        // Removals bear no room: with those of another one a tombstone leaves once for each room (docs/limits.md).
        let hasForeignRemovals = strikes.contains { $0.kind == .foreignRows }
        check(output, hasTrueClock: clockFault == nil, hasForeignRemovals: hasForeignRemovals)
        noteMemberships()
        if !strikes.contains(where: { $0.kind == .emptied }) { checkTombstones(output, isStill: lifeChance == 0) }
        copy.land(output, extra: plan.random.pick([0, 1, 7, .max]), replacing: replaced)
        noteRooms(output)
    }

    /// Whether the run waits for the next one to say the same.
    private mutating func quietRun() async throws -> Bool {
        runs += 1
        let result = try await run(isQuiet: true).read(state: copy.stateFile)
        let output = RunOutput(result.bytes)
        if result.code != .ok {
            let errors = String(decoding: result.bytes, as: UTF8.self).split(separator: "\n")
                .filter { $0.contains(#""type":"ERROR""#) }
            faults.append("the quiet run ended with \(result.code): \(errors.joined(separator: " "))")
        }
        history.append("quiet run: code \(result.code)")
        history += output.warnings
        check(output, hasTrueClock: true)
        noteMemberships()
        checkTombstones(output, isStill: true)
        copy.land(output, extra: .max, replacing: replaced)
        noteRooms(output)
        return output.warnings.contains { $0.contains("count as removed") }
    }

    /// Streams that have no cursor and are replaced by each run.
    private var replaced: Set<String> { Set(plan.streams.filter { $0.cursor == nil }.map(\.name)) }

    private mutating func check(_ output: RunOutput, hasTrueClock: Bool, hasForeignRemovals: Bool = false) {
        faults += output.faults
        // With a clock that runs ahead, a message may change twice before the frozen instant.
        guard hasTrueClock else { return }
        if !plan.hasLateCommits {
            faults += output.repeatedKeys(besidesTombstones: hasForeignRemovals).prefix(3)
                .map { "\($0) occurs twice in one run" }
        }
        // S0 is the latest that the server's time can have been when the last answer came.
        let limit =
            transport.accessAt + 999 + Int64(2 * plan.latency) + RoundPlan.slowness - Int64(plan.overlapSeconds) * 1000
        for case .state(let state) in output.lines where state.stream == "messages" {
            for group in state.document.object?["rooms"]?.elements ?? [] {
                let at = group.object?["at"]?.integer ?? 0
                if at > limit { faults.append("a state follows rooms to \(at), \(at - limit) ms too far") }
            }
        }
    }

    /// No row that is alive is told to be gone; rows that come back are passed over unless nothing moved (`isStill`).
    private mutating func checkTombstones(_ output: RunOutput, isStill: Bool) {
        let movable = Set(PartTruth.streams.map(\.name)).union([
            "rooms", "subscriptions", "groups", "direct_messages", "channels", "teams", "users",
        ])
        for stream in [messagesStream] + plan.streams where isStill || !movable.contains(stream.name) {
            let buried = output.buried(stream.name)
            guard !buried.isEmpty else { continue }
            // What a bulk removal has put into the trash is as good as gone.
            let truth = TruthRows(stream.name, sandbox, account).without(sandbox.condemned)
            let alive = buried.filter { truth.isAlive($0) || isAlive($0, stream.name) }
            faults += alive.prefix(3).map { "\(stream.name)/\($0) is alive and was buried" }
        }
    }

    /// Whether a row that the account may not see now is alive, and was never in one of the account's own listings.
    private func isAlive(_ id: String, _ stream: String) -> Bool {
        guard account.roles.contains("admin"), !joined.contains(id) else { return false }
        let account = account
        let joined = joined
        return sandbox.change { workspace, _ in
            switch stream {
            case "channels":
                workspace.room(id).map { room in
                    workspace.rooms[room].type == .channel
                        && !(workspace.rooms[room].team.map { joined.contains($0) } ?? false)
                } ?? false
            case "groups": workspace.room(id).map { workspace.rooms[$0].type == .group } ?? false
            case "direct_messages": workspace.room(id) != nil
            case "teams":
                workspace.team(id) != nil
                    && !workspace.teams[workspace.team(id)!].has(workspace.existing(user: account.userID))
            default: false
            }
        }
    }

    private mutating func noteMemberships() {
        let account = account
        let (rooms, teams) = sandbox.change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            return (
                workspace.memberships(of: user).map { workspace.rooms[$0.room].id },
                workspace.teams.filter { $0.has(user) }.map(\.id)
            )
        }
        joined.formUnion(rooms)
        joined.formUnion(teams)
    }

    /// Notes which rooms the last state of `messages` names.
    private mutating func noteRooms(_ output: RunOutput) {
        for case .state(let state) in output.lines where state.stream == "messages" {
            let now = Self.rooms(state.document)
            forgotten.formUnion(named.subtracting(now))
            named = now
        }
    }

    private static func rooms(_ document: JSON?) -> Set<String> {
        var ids: Set<String> = []
        for group in document?.object?["rooms"]?.elements ?? [] {
            for list in ["ids", "fresh"] { ids.formUnion(group.object?[list]?.elements?.compactMap(\.text) ?? []) }
            ids.formUnion(group.object?["loading"]?.object?.members.map(\.key) ?? [])
        }
        return ids
    }

    /// Lets time pass for both sides.
    private func settle(_ milliseconds: Int64) async {
        clock.advance(by: milliseconds)
        sandbox.advance(milliseconds: max(0, clock.now() + plan.ahead - sandbox.now))
    }

    /// Now and then something that stamps, removes or opens a great deal at once.
    private mutating func bulk() {
        // Of a live chat that is deleted nothing tells.
        let chats = Set(sandbox.rooms(ofType: "l"))
        let rooms = sandbox.readableRooms(for: account).filter { !chats.contains($0) }
        guard !rooms.isEmpty, plan.random.chance(0.6) else { return }
        let room = plan.random.pick(rooms)
        switch plan.random.below(6) {
        case 0: sandbox.rename(user: account.userID, to: "renamed.\(plan.random.below(1000))")
        case 1: sandbox.clearUnread(in: room, newest: 40)
        case 2: sandbox.prune(room, before: sandbox.now, pause: plan.options.removalPause)
        case 3: sandbox.deleteRoom(room)
        case 4: sandbox.leave(room, account.userID)
        default:
            let owner = sandbox.members(of: room).first ?? account.userID
            sandbox.createRoom(
                "opened-\(plan.random.below(10_000))", isPrivate: true, by: owner, members: [account.userID])
        }
    }
}
