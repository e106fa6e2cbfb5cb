import RocketChatAPI
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// Everything that the seed of a round decides, apart from what the workspace itself does by chance.
struct RoundPlan: Sendable {
    static let versions = ["6.13.1", "7.0.4", "7.6.0", "8.6.1"]
    /// What a slow answer takes, ms.
    static let slowness: Int64 = 4000
    static let roles = ["user", "user", "admin", "admin", "bot"]

    let seed: UInt64
    var random: SeededRandom
    var options = SandboxOptions()
    let role: String
    let sizes: RequestSizes
    /// Streams next to `messages`.
    let streams: [StreamDefinition]
    /// Runs while the workspace lives, before the quiet one.
    let runs: Int
    /// Milliseconds by which the server's clock is ahead of the connector's.
    let ahead: Int64
    /// Longest time an answer takes, ms.
    let latency: Int
    /// Longest time between two steps of life, ms; 1: all in one millisecond.
    let stepTime: Int
    let overlapSeconds: Int
    let scansChangedRooms: Bool
    let concurrency: Int
    /// Rows a page of a listing has at most.
    let listPage: Int
    /// The releases played, one after the other: the first from the beginning, the last at the end.
    let versions: [String]
    /// Whether people and small things come and go for good, and the streams that tell of it are read.
    let turnsOver: Bool
    /// What goes wrong on the way, on the server and with its clocks.
    let troubles: RoundTroubles

    init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed)
        options.seed = random.next()
        var releases = Self.versions[random.below(Self.versions.count)...]
        if random.chance(0.6) { releases = releases.prefix(1) }
        versions = Array(releases)
        options.version = versions[0]
        let hasChats = random.chance(0.2)
        options.omnichannel = hasChats
        role = hasChats ? random.pick(["agent", "admin"]) : random.pick(Self.roles)
        options.users = 8 + random.below(8)
        // Now and then so many that a list without pages is short.
        let isLarge = random.chance(0.02)
        options.rooms = isLarge ? 80 : 4 + random.below(6)
        options.messages = 60 + random.below(240)
        options.limit = random.chance(0.7) ? RateLimit(calls: 10, interval: 60_000) : nil
        // Time moves with the virtual clock alone.
        options.timeStep = 0
        stepTime = random.chance(0.5) ? 1 : 200
        options.keepHistory = random.chance(0.15)
        options.showDeletedStatus = random.chance(0.25)
        options.removalPause = random.chance(0.3) ? 30_000 : 0
        // A commit that lags, a clock ahead, or neither.
        switch random.below(8) {
        case 0: options.stampSkew = -20_000...0
        case 1: options.stampSkew = 0...600_000
        case 2: options.stampSkew = 0...86_400_000
        default: break
        }
        var sizes = RequestSizes()
        sizes.smallestPage = random.pick([1, 2, 5, 50])
        sizes.page = random.pick([1, 2000, 10_000, 1_500_000])
        sizes.removals = random.pick([1, 3, 100_000])
        sizes.largestIncrement = random.pick([600, 5000, 16 << 20])
        sizes.longestIncrement = random.pick([60_000, 3 * 86_400_000])
        sizes.smallRoom = random.pick([5, 5000])
        self.sizes = sizes
        var others: [StreamDefinition] = []
        if random.chance(0.4) || versions.count > 1 {
            others = [
                roomsStream, channelsStream, groupsStream, directMessagesStream, usersStream, rolesStream,
                subscriptionsStream, teamsStream,
            ]
        }
        if random.chance(0.1) { others += [filesStream, roomMembersStream, videoConferencesStream] }
        if hasChats {
            others += [livechatRoomsStream, livechatMessagesStream]
            if versions[0] != Self.versions[0] { others.append(livechatContactsStream) }
        }
        runs = max(1 + random.below(3), versions.count - 1)
        ahead = random.chance(0.3) ? Int64(random.below(200_000)) : Int64(random.below(1000))
        latency = random.pick([1, 50, 400, 3000])
        overlapSeconds = options.stampSkew.lowerBound < 0 ? 120 : random.pick([0, 1, 120])
        scansChangedRooms = random.chance(0.2)
        concurrency = 1 + random.below(6)
        listPage = random.pick([3, 10, 100])
        troubles = RoundTroubles(
            &random, mayBreakClocks: options.stampSkew == 0...0, isLarge: isLarge, isAdministrator: role == "admin")
        turnsOver = random.chance(0.3)
        if turnsOver {
            let known = Set(others.map(\.name))
            for stream in PartTruth.streams + [usersStream] where !known.contains(stream.name) {
                if role == "admin" || stream.needs == .nothing { others.append(stream) }
            }
        }
        streams = others
    }

    /// Whether stamps may lie ahead of the server's clock.
    var hasFutureStamps: Bool { options.stampSkew.upperBound > 0 }
    /// Whether a write may become visible after a later one.
    var hasLateCommits: Bool { options.stampSkew.lowerBound < 0 }

    /// The configuration of a run; the last, quiet one asks every room.
    func configuration(_ account: Account, isQuiet: Bool) -> String {
        """
        {"endpoint":"https://chat.example.com","token":"\(account.token)","user_id":"\(account.userID)",\
        "overlap_seconds":\(overlapSeconds),"concurrency":\(concurrency),\
        "room_scan":"\(scansChangedRooms && !isQuiet ? "changed" : "all")"}
        """
    }

    /// The sizes of a quiet run. Future stamps come with an increment in one piece, as nearly all of them are.
    var quietSizes: RequestSizes {
        guard hasFutureStamps else { return sizes }
        var sizes = sizes
        sizes.largestIncrement = RequestSizes().largestIncrement
        sizes.longestIncrement = RequestSizes().longestIncrement
        return sizes
    }

    /// The configured catalog.
    var catalog: String {
        let entries = ([messagesStream] + streams).map {
            #"{"stream":{"name":"\#($0.name)","json_schema":{}},"sync_mode":"incremental","#
                + #""destination_sync_mode":"append_dedup"}"#
        }
        return #"{"streams":[\#(entries.joined(separator: ","))]}"#
    }

    /// The plan in a line, for reports of failures.
    var summary: String {
        "\(versions.joined(separator: " → ")) as \(role), \(troubles.summary), limit \(options.limit.map { "\($0.calls)" } ?? "off"), skew \(options.stampSkew), "
            + "keepHistory \(options.keepHistory), showDeleted \(options.showDeletedStatus), overlap \(overlapSeconds) s, "
            + "\(scansChangedRooms ? "changed" : "all") rooms, \(runs) runs, latency \(latency), ahead \(ahead), \(sizes)"
    }

    /// Rows of a list that is asked for without pages.
    var defaultCount: Int { options.rooms > 50 ? 50 : troubles.defaultCount }

    /// A wait between two runs, ms.
    mutating func gap() -> Int64 {
        let seconds: [Int64] = [0, 0, 1, 30, 600, 21_600, 108_000, 345_600, 3_024_000]
        return random.pick(seconds) * 1000 + Int64(random.below(1000))
    }

    /// Faults of the way and of the server during a run.
    mutating func fault() -> Fault? {
        guard random.chance(0.5) else { return nil }
        let kinds: [Fault.Kind] = [
            .internalError, .badGateway, .unavailable, .empty, .brokenJSON, .webPage, .unsuccessful, .dropped,
            .truncated(after: 40), .rateLimited(milliseconds: 5000), .slow(milliseconds: Int(Self.slowness)),
            .restart(milliseconds: 9000),
        ]
        let kind = random.pick(kinds)
        if case .restart = kind { return Fault(kind, skip: random.below(30)) }
        return Fault(kind, count: nil, probability: random.pick([0.02, 0.1, 0.25]))
    }
}
