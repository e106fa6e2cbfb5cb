extension Founding {
    /// Channels, private groups, direct messages and discussions with their members.
    mutating func buildRooms() {
        let owner = accounts[0]
        let general = workspace.createRoom(.channel, name: "general", by: owner, id: "GENERAL", at: start)
        workspace.rooms[general].fields["default"] = true
        for user in accounts.dropFirst() + people { workspace.subscribe(user, to: general, at: start) }
        for index in 1..<max(options.rooms, 1) { buildRoom(index) }
        let directs = max(4, min(options.users / 6, options.rooms))
        for index in 0..<directs where !people.isEmpty { buildDirect(index) }
        let parents = workspace.rooms.indices.filter { workspace.rooms[$0].type == .channel }
        for index in 0..<options.rooms / 10 { buildDiscussion(index, under: random.pick(parents)) }
    }

    private mutating func buildRoom(_ index: Int) {
        // Every third room is private; the accounts' memberships are dealt out so that each sees a different part.
        let type: RoomType = index % 3 == 2 ? .group : .channel
        let topic = Phrases.topics[index % Phrases.topics.count]
        let name = index < Phrases.topics.count ? topic : "\(topic)-\(index)"
        let owner = people.isEmpty ? accounts[0] : random.pick(people)
        let created = start + Int64(random.below(100 * 86_400)) * 1000
        let room = workspace.createRoom(type, name: name, by: owner, at: created)
        for _ in 0..<min(people.count, 4 + random.below(25)) {
            workspace.subscribe(random.pick(people), to: room, at: created)
        }
        if index % 2 == 0 { workspace.subscribe(accounts[0], to: room, at: created) }
        if index % 3 == 1 || index % 6 == 5 { workspace.subscribe(accounts[1], to: room, at: created) }
        if index % 4 == 1 || index % 12 == 2 { workspace.subscribe(accounts[2], to: room, at: created) }
        if index % 7 == 1 { workspace.subscribe(accounts[3], to: room, at: created) }
        decorate(room, index)
    }

    private mutating func decorate(_ room: RoomIndex, _ index: Int) {
        var fields = workspace.rooms[room].fields
        if random.chance(0.6) { fields["topic"] = .string(random.pick(Phrases.openings)) }
        if random.chance(0.3) { fields["description"] = .string(random.pick(Phrases.continuations)) }
        if random.chance(0.2) { fields["announcement"] = .string("\u{1F4E3} " + random.pick(Phrases.openings)) }
        if random.chance(0.3) { fields["sysMes"] = ["uj", "ul"] }
        if random.chance(0.1) { fields["customFields"] = ["cost.center": "4711", "tags": ["a", "b"]] }
        if index % 11 == 6 { fields["archived"] = true }
        if index % 13 == 9 { fields["ro"] = true }
        if index % 17 == 4 { fields["broadcast"] = true }
        if index % 19 == 7 { fields["retention"] = ["enabled": true, "maxAge": 90, "filesOnly": false] }
        workspace.rooms[room].fields = fields
    }

    private mutating func buildDirect(_ index: Int) {
        let created = start + Int64(random.below(200 * 86_400)) * 1000
        let first = index < 4 ? accounts[index] : random.pick(people)
        var members = [first, random.pick(people)]
        if index % 5 == 4 { members.append(random.pick(people)) }
        workspace.createDirect(Array(Set(members)).sorted(), at: created)
    }

    private mutating func buildDiscussion(_ index: Int, under parent: RoomIndex) {
        let owner = people.isEmpty ? accounts[0] : random.pick(people)
        let title = random.pick(Phrases.openings)
        let created = start + Int64(100 + random.below(100)) * 86_400_000
        let room = workspace.createDiscussion(in: parent, title: title, by: owner, at: created)
        if index % 2 == 0 { workspace.subscribe(accounts[1], to: room, at: created) }
    }

    /// Teams: one public and one private for every ten rooms, each with a main room and two more.
    mutating func buildTeams() {
        guard !people.isEmpty else { return }
        for index in 0..<min(max(2, options.rooms / 10), 60) {
            let created = start + Int64(random.below(100 * 86_400)) * 1000
            let isPrivate = index % 2 == 1
            let owner = random.pick(people)
            let name =
                "team-\(Phrases.topics[index % Phrases.topics.count])\(index < Phrases.topics.count ? "" : "-\(index)")"
            let others = Set((0..<6).map { _ in random.pick(people) }).subtracting([owner]).sorted()
            let accounts = index == 0 ? [self.accounts[1]] : index == 1 ? [self.accounts[0]] : []
            workspace.createTeam(name, isPrivate: isPrivate, by: owner, members: others + accounts, at: created)
            for part in ["lounge", "work"] {
                let room = workspace.createRoom(
                    part == "work" ? .group : .channel, name: "\(name)-\(part)", by: owner,
                    team: workspace.teams.count - 1, at: created)
                workspace.rooms[room].fields["teamDefault"] = .bool(part == "lounge")
                for user in others.prefix(3) { workspace.subscribe(user, to: room, at: created) }
            }
        }
    }
}
