import RocketChatSandbox

/// A command line that cannot be obeyed.
struct ArgumentError: Error {
    /// What is wrong with it.
    let message: String
}

/// The command line.
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    private(set) var port: UInt16 = 0
    /// The workspace to lay out.
    private(set) var options = SandboxOptions()
    /// Whether only the help is wanted.
    private(set) var wantsHelp = false

    /// What `--help` prints.
    static let help = """
        USAGE: rocket-chat-sandbox [options]

        Plays a Rocket.Chat server on 127.0.0.1 and prints one JSON line with its URL and the user ids and tokens of
        four accounts (admin, user, bot, agent) once it listens. SIGTERM or SIGINT ends it. It answers the API's reads and
        its public writes: users, rooms, teams, messages, files, visitors.

          --port N             port to listen on; 0 takes a free one (default 0)
          --seed N             the same seed gives the same workspace (default 1)
          --version X.Y.Z      the release to play (default 8.6.1)
          --users N            ordinary users (default 60)
          --rooms N            channels and private groups (default 20)
          --messages N         messages over all rooms (default 2000)
          --limit CALLS/MS     calls a route answers per interval, or off (default 10/60000)
          --time-step MS       the clock jumps ahead by up to this with each step of life (default 0)
          --stamp-skew A/B     stamps lie A to B ms off the clock: late commits are negative (default 0/0)
          --removal-pause MS   up to this between the trash records of a bulk removal and the removal (default 0)
          --path PREFIX        mount the server under a path, as /chat
          --keep-history       setting Message_KeepHistory
          --show-deleted       setting Message_ShowDeletedStatus
          --compress           answers come as gzip to clients that take it
          --no-omnichannel     no visitors, departments and live chats
          --help               this text

        Control routes (a parameter that is not understood is refused with a sentence):
          POST /_sandbox/live?steps=N, /_sandbox/advance?milliseconds=N, /_sandbox/clear
          POST /_sandbox/fault?kind=KIND[&route=...][&query=TEXT][&count=N|always][&skip=N][&every=N][&probability=P]
               KIND: 429, slow, restart (&milliseconds=N), 500, 502, 503, 401, 403, refused (&code=...), truncated
               (&bytes=N), empty, unsuccessful, broken, html, dropped, redirect (&to=URL),
               date (the Date header is off by &milliseconds=N), dateless,
               answer (&status=N&type=...&header=Name:value&server=true, the request's body is the answer's; with
               server=true it carries the server's own headers),
               edit (&edit=set:path:JSON, remove:path, rename:path:name, shorten:path:N, drop:path:text,
               echo:path:parameter),
               ask (&parameter=...&value=..., the server sees it so). Answers {"fault":N}
          POST /_sandbox/defect?kind=KIND, what the server does wrong in its own data: edits-leave-stamps,
               reactions-of-another
          POST /_sandbox/lift?fault=N, /_sandbox/version?to=X.Y.Z
          POST /_sandbox/roles?account=user&roles=admin,user, /_sandbox/grant?permission=...&roles=...
          POST /_sandbox/join?account=user&room=ID, /_sandbox/leave?account=user&room=ID
          POST /_sandbox/prune?room=ID[&before=MS][&pause=MS][&files_only=true]
          GET  /_sandbox/truth?stream=messages&account=admin, /_sandbox/homes?account=admin, /_sandbox/requests,
               /_sandbox/accounts, /_sandbox/accidents, /_sandbox/token?user=ID

        """

    /// Reads `--name value` and `--name=value`.
    init(_ words: [String]) throws(ArgumentError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let name = parts.first ?? ""
            switch name {
            case "--help", "-h": wantsHelp = true
            case "--keep-history": options.keepHistory = true
            case "--show-deleted": options.showDeletedStatus = true
            case "--compress": options.compresses = true
            case "--no-omnichannel": options.omnichannel = false
            default:
                guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
                    throw ArgumentError(message: "\(name) needs a value")
                }
                try set(name, to: value)
            }
        }
    }

    private mutating func set(_ name: String, to value: String) throws(ArgumentError) {
        switch name {
        case "--port": port = try Self.number(name, value)
        case "--seed": options.seed = try Self.number(name, value)
        case "--users": options.users = try Self.count(name, value)
        case "--rooms": options.rooms = try Self.count(name, value)
        case "--messages": options.messages = try Self.count(name, value)
        case "--time-step": options.timeStep = try Self.number(name, value)
        case "--version":
            let numbers = value.split(separator: ".").map { Int($0) }
            guard (2...3).contains(numbers.count), !numbers.contains(nil) else {
                throw ArgumentError(message: "--version takes X.Y.Z, not \(value)")
            }
            options.version = value
        case "--stamp-skew":
            let bounds = value.split(separator: "/").map { Int64($0) }
            guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high else {
                throw ArgumentError(message: "--stamp-skew takes MILLISECONDS/MILLISECONDS, not \(value)")
            }
            options.stampSkew = low...high
        case "--removal-pause": options.removalPause = Int64(try Self.count(name, value))
        case "--limit": options.limit = try Self.limit(value)
        case "--path":
            guard value.hasPrefix("/"), !value.hasSuffix("/") else {
                throw ArgumentError(message: "--path takes /name without a slash at its end, not \(value)")
            }
            options.pathPrefix = value
        default: throw ArgumentError(message: "unknown option \(name)")
        }
    }

    private static func number<Number: FixedWidthInteger>(_ name: String, _ text: String) throws(ArgumentError)
        -> Number
    {
        guard let number = Number(text) else { throw ArgumentError(message: "\(name) takes a number, not \(text)") }
        return number
    }

    private static func count(_ name: String, _ text: String) throws(ArgumentError) -> Int {
        let count: Int = try number(name, text)
        guard count >= 0 else { throw ArgumentError(message: "\(name) cannot be negative") }
        return count
    }

    private static func limit(_ text: String) throws(ArgumentError) -> RateLimit? {
        if text == "off" { return nil }
        let parts = text.split(separator: "/")
        guard parts.count == 2, let calls = Int(parts[0]), let interval = Int64(parts[1]), calls > 0, interval > 0
        else {
            throw ArgumentError(message: "--limit takes CALLS/MILLISECONDS or off, not \(text)")
        }
        return RateLimit(calls: calls, interval: interval)
    }
}
