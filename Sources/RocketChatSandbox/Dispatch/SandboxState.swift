/// What the sandbox's lock guards.
struct SandboxState: Sendable {
    /// The documents.
    var workspace: Workspace
    /// The time.
    var clock: ServerTime
    /// The limiter's windows.
    var limiter: Limiter
    /// The routes of the release that is played.
    private(set) var routes: RouteTable
    /// What goes wrong next.
    var faults: FaultQueue
    /// Unix milliseconds until which the server is down.
    var downUntil: Int64 = .min
    /// Number of the interval in which the retention policy last ran; nil before the first look.
    private var lastRetention: Int64?
    /// Texts the truth has worked out.
    var truths = TruthCache()
    /// Requests answered.
    var log: [LoggedRequest] = []

    /// The state of a new server.
    init(workspace: Workspace, clock: ServerTime, seed: UInt64) {
        self.workspace = workspace
        self.clock = clock
        limiter = Limiter(at: clock.now)
        routes = RouteTable(workspace.version)
        faults = FaultQueue(seed: seed)
    }

    /// Notes an answered request.
    mutating func note(_ request: LoggedRequest) {
        if log.count >= 100_000 { log.removeFirst(50_000) }
        log.append(request)
    }

    /// Lets come due what waits for its time.
    mutating func settle() {
        workspace.sweep(at: clock.now)
        stampByRetention()
    }

    /// The server starts anew with another release and the same data.
    mutating func upgrade(to version: Version) {
        workspace.version = version
        workspace.instance = workspace.random.identifier()
        routes = RouteTable(version)
        limiter = Limiter(at: clock.now)
    }

    /// Stamps every room at the times at which a retention policy has run since the last look.
    private mutating func stampByRetention() {
        guard let interval = workspace.settings.retentionInterval, interval > 0 else { return }
        let run = clock.now / interval
        guard run > (lastRetention ?? run - 1) else { return }
        if lastRetention != nil {
            for room in workspace.rooms.indices where !workspace.rooms[room].isRemoved {
                guard workspace.rooms[room].type != .livechat else { continue }
                workspace.touchRoom(room, at: max(run * interval, workspace.rooms[room].updatedAt))
            }
        }
        lastRetention = run
    }
}
