import RocketChatAPI
import TestSupport

@testable import RocketChatSandbox
@testable import RocketChatSource

/// Everything that the seed of a round decides, apart from what the workspace itself does by chance.
struct RoundPlan: Sendable {
    static let versions = ["6.13.1", "7.0.4", "7.6.0", "8.6.1"]
    /// What a slow answer takes, ms.
    static let slowness: Int64 = 4000
    static let roles = ["user", "user", "admin", "bot"]

    let seed: UInt64
    var random: SeededRandom
    var options = SandboxOptions()
    let role: String
    let sizes: ReadingSizes
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

    init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed)
        options.seed = random.next()
        options.version = random.pick(Self.versions)
        role = random.pick(Self.roles)
        options.users = 8 + random.below(8)
        options.rooms = 4 + random.below(6)
        options.messages = 60 + random.below(240)
        options.limit = random.chance(0.7) ? RateLimit(calls: 10, interval: 60_000) : nil
        // Time moves with the virtual clock alone.
        options.timeStep = 0
        stepTime = random.chance(0.5) ? 1 : 200
        options.keepHistory = random.chance(0.15)
        options.showDeletedStatus = random.chance(0.25)
        options.omnichannel = false
        // A commit that lags, a clock ahead, or neither.
        switch random.below(8) {
        case 0: options.stampSkew = -20_000...0
        case 1: options.stampSkew = 0...600_000
        case 2: options.stampSkew = 0...86_400_000
        default: break
        }
        var sizes = ReadingSizes()
        sizes.smallestPage = random.pick([1, 2, 5, 50])
        sizes.page = random.pick([1, 2000, 10_000, 1_500_000])
        sizes.removals = random.pick([1, 3, 100_000])
        sizes.largestIncrement = random.pick([600, 5000, 16 << 20])
        sizes.longestIncrement = random.pick([60_000, 3 * 86_400_000])
        sizes.smallRoom = random.pick([5, 5000])
        self.sizes = sizes
        let others = [
            roomsStream, channelsStream, groupsStream, directMessagesStream, usersStream, rolesStream,
            subscriptionsStream, teamsStream,
        ]
        streams = random.chance(0.3) ? others : []
        runs = 1 + random.below(3)
        ahead = random.chance(0.3) ? Int64(random.below(200_000)) : Int64(random.below(1000))
        latency = random.pick([1, 50, 400, 3000])
        overlapSeconds = options.stampSkew.lowerBound < 0 ? 120 : random.pick([0, 1, 120])
        scansChangedRooms = random.chance(0.2)
        concurrency = 1 + random.below(6)
        listPage = random.pick([3, 10, 100])
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
    var quietSizes: ReadingSizes {
        guard hasFutureStamps else { return sizes }
        var sizes = sizes
        sizes.largestIncrement = ReadingSizes().largestIncrement
        sizes.longestIncrement = ReadingSizes().longestIncrement
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
        "\(options.version) as \(role), limit \(options.limit.map { "\($0.calls)" } ?? "off"), skew \(options.stampSkew), "
            + "keepHistory \(options.keepHistory), showDeleted \(options.showDeletedStatus), overlap \(overlapSeconds) s, "
            + "\(scansChangedRooms ? "changed" : "all") rooms, \(runs) runs, latency \(latency), ahead \(ahead), \(sizes)"
    }

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
