import RocketChatAPI

/// What there is to say of a token and a server before anything is read: who, which version, what pace, how many streams, and
/// what would add the others.
struct AccessReport {
    /// Who the token is, and what it may do.
    let access: Access
    /// Calls a window on one route, as the server told it; nil when it told no limit.
    let pace: Forecast.Pace?

    /// The report of an access that `client` has just looked up.
    init(_ access: Access, client: RocketChatClient) {
        self.access = access
        pace = client.pace()
    }

    /// Version and pace: for logs, in which no user is named.
    var plain: String { "\(server); \(speed)." }

    /// All of it in one sentence, for whoever checks a configuration.
    var whole: String {
        let roles = access.roles.isEmpty ? "no role" : access.roles.joined(separator: ", ")
        let readable = Catalogue.all.count { offer.obstacle(to: $0) == nil }
        return "Connected to \(server) as \(access.username ?? "a user without a name") (\(roles)): "
            + "\(readable) of \(Catalogue.all.count) streams can be read, and \(speed)."
    }

    private var offer: Offer { Offer(access) }

    private var server: String { access.version.map { "Rocket.Chat \($0)" } ?? "Rocket.Chat of unknown version" }

    private var speed: String {
        if access.bypassesRateLimit { return "the server does not limit the pace" }
        let remedy = "the permission api-bypass-rate-limit would lift that"
        guard let pace else { return "the server may limit the pace (\(remedy))" }
        return "the server allows \(pace.limit) requests per \(Forecast.text(pace.interval)) on each route (\(remedy))"
    }

    /// A sentence for each thing that is lacking, with the streams that it would add: permissions, and younger servers.
    var lacking: [(sentence: String, isPermission: Bool)] {
        var groups: [(obstacle: Offer.Obstacle, streams: [String])] = []
        for stream in Catalogue.all {
            guard let obstacle = offer.obstacle(to: stream) else { continue }
            let name = Catalogue.official.contains(stream.name) ? "\(stream.name) (listed all the same)" : stream.name
            if let place = groups.firstIndex(where: { $0.obstacle == obstacle }) {
                groups[place].streams.append(name)
            } else {
                groups.append((obstacle, [name]))
            }
        }
        return groups.map { group in
            let streams = group.streams.joined(separator: ", ")
            switch group.obstacle {
            case .permission(let requirement):
                return ("The token cannot read \(streams): the permission \(requirement.text) would add that.", true)
            case .version(let version):
                return ("The server does not have \(streams): version \(version) or later has it.", false)
            }
        }
    }
}
