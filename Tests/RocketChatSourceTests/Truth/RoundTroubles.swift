import Synchronization
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// What goes wrong in a round besides faults of single requests: routes that come and go, rights that are lost, wrong clocks.
struct RoundTroubles: Sendable {
    /// Whether routes come and go.
    let hasRoutes: Bool
    /// Whether the account loses rights between runs and has them again later.
    let hasRights: Bool
    /// Whether clocks are wrong in some runs.
    let hasClocks: Bool
    /// `API_Default_Count` of the server: what a list has that is asked for without pages.
    let defaultCount: Int
    private let isAdministrator: Bool

    /// Permissions that widen what a reader sees.
    private static let permissions = [
        "view-room-administration", "view-c-room", "view-all-teams", "view-joined-room", "view-livechat-rooms",
        "view-livechat-contact", "view-d-room",
    ]

    /// Troubles by chance.
    init(_ random: inout SeededRandom, mayBreakClocks: Bool, isLarge: Bool, isAdministrator: Bool) {
        hasRoutes = random.chance(0.35)
        hasRights = random.chance(isAdministrator ? 0.4 : 0.2)
        hasClocks = mayBreakClocks && random.chance(0.2)
        defaultCount = random.chance(0.3) && !isLarge ? 4 : 50
        self.isAdministrator = isAdministrator
    }

    /// One of them, in a word or two.
    var summary: String {
        let words = [hasRoutes ? "routes" : nil, hasRights ? "rights" : nil, hasClocks ? "clocks" : nil].compactMap {
            $0
        }
        return (words.isEmpty ? ["no troubles"] : words).joined(separator: " ") + ", lists of \(defaultCount)"
    }

    /// Faults of routes during the next run: each from an instant on, for a while or to the end. `emptied` is whether a list was
    /// empty before in this round: twice in a row would be believed.
    func strikes(_ random: inout SeededRandom, from now: Int64, emptied: inout Bool) -> [Strike] {
        guard hasRoutes else { return [] }
        var strikes: [Strike] = []
        for _ in 0..<(1 + random.below(3)) {
            let target = random.pick(FaultTarget.routes)
            let fault = random.pick(NamedFault.all)
            if fault.isEverywhere { continue }
            if fault.kind == .emptied {
                if emptied || target.kind == .messages || target.kind == .feed { continue }
                emptied = true
            }
            let start = now + random.pick([0, 0, 500, 3000])
            let end: Int64? = random.chance(0.5) ? start + random.pick([2000, 20_000, 70_000]) : nil
            strikes += fault.faults(target).map { Strike(fault: $0, start: start, end: end, kind: fault.kind) }
        }
        return strikes
    }

    /// The wrong clock of the next run, if it has one: that of the proxy, or that of one node of several.
    func clock(_ random: inout SeededRandom) -> Fault? {
        guard hasClocks, random.chance(0.5) else { return nil }
        let offset: Int64? = random.pick([600_000, 90_000, 172_800_000, -90_000, -600_000, nil])
        return Fault(.dated(by: offset), count: nil, every: random.pick([1, 1, 2, 3]))
    }

    /// Takes rights from an account.
    func takeRights(_ random: inout SeededRandom, _ sandbox: Sandbox, _ account: Account) {
        guard hasRights, random.chance(0.6) else { return }
        if isAdministrator, random.chance(0.5) {
            sandbox.setRoles(of: account.userID, to: ["user"])
        } else {
            let permission = random.pick(Self.permissions)
            sandbox.grant(permission, to: sandbox.holders(of: permission).filter { !account.roles.contains($0) })
        }
    }

    /// Gives an account all its rights again; `holders` are the roles of each permission as they were.
    static func restoreRights(_ sandbox: Sandbox, _ account: Account, _ holders: [String: [String]]) {
        if sandbox.roles(of: account) != account.roles { sandbox.setRoles(of: account.userID, to: account.roles) }
        for (permission, roles) in holders where sandbox.holders(of: permission) != roles {
            sandbox.grant(permission, to: roles)
        }
    }

    /// The roles of each permission that may be taken.
    static func holders(_ sandbox: Sandbox) -> [String: [String]] {
        Dictionary(uniqueKeysWithValues: permissions.map { ($0, sandbox.holders(of: $0)) })
    }
}

/// A fault of a route for some time of a run.
struct Strike: Sendable {
    /// What strikes.
    let fault: Fault
    /// From when on, Unix ms of the connector's clock.
    let start: Int64
    /// Until when; nil for the end of the run.
    let end: Int64?
    /// What it means.
    let kind: FaultClass

    /// In a few words, for reports.
    var summary: String {
        "\(fault.kind) at \(fault.route ?? "all") from \(start) to \(end.map { "\($0)" } ?? "the end")"
    }

    /// Its beginning and its end as events of a run.
    var events: [TimedEvent] {
        let number = Injected()
        let fault = fault
        let begin = TimedEvent(at: start) { sandbox in number.id.withLock { $0 = sandbox.inject(fault) } }
        guard let end else { return [begin] }
        return [begin, TimedEvent(at: end) { sandbox in number.id.withLock { $0.map(sandbox.lift) } }]
    }
}

/// The number by which a fault is lifted.
private final class Injected: Sendable {
    let id = Mutex<Int?>(nil)
}

extension Sandbox {
    /// The roles that an account has now.
    fileprivate func roles(of account: Account) -> [String] {
        change { workspace, _ in workspace.users[workspace.existing(user: account.userID)].roles }
    }
}
