/// Lays out a workspace from a seed.
struct Founding {
    /// What to lay out.
    let options: SandboxOptions
    /// When the workspace's past ends, Unix milliseconds.
    let end: Int64
    /// Randomness of the layout.
    var random: SeededRandom
    /// The workspace so far.
    var workspace: Workspace
    /// Indices of the accounts' users: admin, user, bot, agent.
    var accounts: [UserIndex] = []
    /// Indices of the ordinary users.
    var people: [UserIndex] = []

    /// When the workspace's past begins, Unix milliseconds.
    var start: Int64 { end - 400 * 86_400_000 }

    /// A workspace for these options whose past ends just before `now`.
    static func found(_ options: SandboxOptions, now: Int64) -> (Workspace, Accounts) {
        var settings = SandboxSettings()
        settings.limit = options.limit
        settings.keepHistory = options.keepHistory
        settings.showDeletedStatus = options.showDeletedStatus
        settings.removalPause = options.removalPause
        settings.livechatEnabled = options.omnichannel
        var founding = Founding(
            options: options, end: now - 60_000, random: SeededRandom(options.seed),
            workspace: Workspace(version: Version(options.version), settings: settings, seed: options.seed))
        PermissionTable.install(in: &founding.workspace, at: founding.start)
        let accounts = founding.settleUsers()
        founding.buildRooms()
        founding.buildTeams()
        if options.omnichannel { founding.openOmnichannel() }
        founding.fillCatalogues()
        founding.writeHistory()
        return (founding.workspace, accounts)
    }

    private mutating func settleUsers() -> Accounts {
        var cat = User(
            id: "rocket.cat", username: "rocket.cat", name: "Rocket.Cat", kind: .bot, roles: ["bot"], createdAt: start,
            updatedAt: start)
        cat.status = "online"
        workspace.add(cat)
        let found = ["admin", "user", "bot", "agent"].map { account($0) }
        for index in 0..<options.users { people.append(workspace.add(person(index))) }
        return Accounts(admin: found[0], user: found[1], bot: found[2], agent: found[3])
    }

    private mutating func account(_ role: String) -> Account {
        let roles = role == "agent" ? ["user", "livechat-agent"] : [role]
        var user = User(
            id: random.identifier(), username: "sandbox.\(role)", name: "Sandbox \(role)",
            kind: role == "bot" ? .bot : .user, roles: roles, createdAt: start, updatedAt: start)
        user.email = "\(role)@sandbox.example"
        user.lastLogin = end - 3_600_000
        user.status = "online"
        user.token = random.identifier(43)
        accounts.append(workspace.add(user))
        return Account(userID: user.id, token: user.token ?? "", username: user.username, roles: roles)
    }

    private mutating func person(_ index: Int) -> User {
        let name = random.pick(Phrases.names)
        let family = random.pick(Phrases.families)
        let created = start + Int64(random.below(200)) * 86_400_000 + Int64(random.below(86_400_000))
        var user = User(
            id: random.identifier(), username: "\(Self.plain(name)).\(index)",
            name: random.chance(0.05) ? nil : "\(name) \(family)", kind: index % 40 == 39 ? .app : .user,
            roles: index % 40 == 39 ? ["app"] : index % 25 == 24 ? ["guest"] : ["user"], createdAt: created,
            updatedAt: created)
        user.active = !random.chance(0.06)
        user.status = random.pick(["online", "away", "busy", "offline", "offline"])
        user.email = random.chance(0.95) ? "\(user.username)@corp.example" : nil
        user.lastLogin = random.chance(0.9) ? created + Int64(random.below(150 * 86_400)) * 1000 : nil
        user.avatarETag = random.chance(0.4) ? random.identifier() : nil
        user.bio = random.chance(0.3) ? random.pick(Phrases.openings) : nil
        user.nickname = random.chance(0.2) ? name : nil
        user.utcOffset = Int64(random.below(5)) - 1
        return user
    }

    private static func plain(_ name: String) -> String {
        String(
            decoding: name.lowercased().utf8.filter { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) },
            as: UTF8.self)
    }
}
