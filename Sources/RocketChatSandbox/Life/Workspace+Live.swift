extension Workspace {
    /// Lives one step: a random thing happens, drawn from the workspace's own randomness. Of a thousand steps about 480
    /// post, 210 edit or react, 70 delete, 70 touch memberships and 60 change rooms or users.
    mutating func live(accounts: Accounts, at now: Int64) {
        let protected = [accounts.admin, accounts.user, accounts.bot, accounts.agent].compactMap { user($0.userID) }
        switch random.below(1000) {
        case ..<480: livePost(now)
        case ..<600: if let (serial, author) = pickMessage() { edit(serial, by: author, text: pickText(), at: now) }
        case ..<690:
            if let (serial, _) = pickMessage() {
                react(serial, by: pickUser(), random.pick(Phrases.emojis), at: now)
            }
        case ..<760: if let (serial, author) = pickMessage() { delete(serial, by: author, at: now) }
        case ..<820: liveMark(protected, now)
        case ..<835:
            if let room = pickRoom() { postFile(in: room, by: pickMember(room), name: "note.pdf", text: "", at: now) }
        case ..<870: liveUser(protected, now)
        case ..<940: liveMembership(now)
        case ..<990: liveRoom(protected, now)
        case ..<994: liveCatalogues(now)
        case ..<998: liveChat(now)
        default: livePrune(now)
        }
    }

    private mutating func livePost(_ now: Int64) {
        guard let room = pickRoom() else { return }
        var draft = Draft(pickText())
        if random.chance(0.1) { draft.text = "@\(users[pickUser()].username) \(draft.text)" }
        if random.chance(0.05) { draft.text += " " + random.pick(Phrases.links) }
        draft.isParsed = random.chance(0.2)
        if random.chance(0.2), let row = pickRow(in: room) {
            let parent = rooms[room].messages.rows[row]
            if parent.parent == 0 { draft.parent = parent.serial }
            draft.isShown = draft.parent != 0 && random.chance(0.1)
        }
        post(in: room, by: pickMember(room), draft, at: now)
    }

    private mutating func liveMark(_ accounts: [UserIndex], _ now: Int64) {
        guard let (serial, _) = pickMessage() else { return }
        switch random.below(4) {
        case 0: pin(serial, by: pickUser(), random.chance(0.7), at: now)
        case 1: star(serial, by: random.pick(accounts), random.chance(0.7), at: now)
        case 2: follow(serial, by: pickUser(), at: now)
        default: preview(serial, title: pickText(), at: now)
        }
    }

    private mutating func liveUser(_ accounts: [UserIndex], _ now: Int64) {
        let user = pickUser()
        switch random.below(10) {
        case 0...2: rename(user: user, to: "renamed.\(random.below(100_000))", at: now)
        case 3: setName(of: user, to: "\(random.pick(Phrases.names)) \(random.pick(Phrases.families))", at: now)
        case 4:
            guard !accounts.contains(user) else { return }
            change(user: user, at: now) { $0.active.toggle() }
        case 5:
            let found = User(
                id: newIdentifier(), username: "joined.\(users.count)", name: "Newcomer", kind: .user,
                roles: ["user"], createdAt: now, updatedAt: now)
            join(.general, add(found), at: now)
        default:
            let status = random.pick(["online", "away", "busy", "offline"])
            change(user: user, at: now) { $0.status = status }
        }
    }

    private mutating func liveMembership(_ now: Int64) {
        guard let room = pickRoom(), rooms[room].type == .channel || rooms[room].type == .group else { return }
        let member = pickMember(room)
        switch random.below(10) {
        case 0...3: join(room, pickUser(), at: now)
        case 4: join(room, pickUser(), addedBy: member, at: now)
        case 5...6: leave(room, member, at: now)
        case 7: leave(room, member, removedBy: rooms[room].members.keys.min() ?? member, at: now)
        case 8: setRole("moderator", of: member, in: room, to: random.chance(0.6), by: member, at: now)
        default: markRead(room, by: member, at: now)
        }
    }

    private mutating func liveRoom(_ accounts: [UserIndex], _ now: Int64) {
        guard let room = pickRoom(), rooms[room].type == .channel || rooms[room].type == .group else { return }
        let member = pickMember(room)
        switch random.below(20) {
        case 0...6:
            let topic = pickText()
            change(room, by: member, type: "room_changed_topic", argument: topic, at: now) {
                $0["topic"] = .string(topic)
            }
        case 7...9 where room != .general && rooms[room].parent == nil:
            rename(room: room, to: "room-\(random.below(100_000))", by: member, at: now)
        case 10: archive(room, true, by: member, at: now)
        case 11:
            if let other = rooms.indices.first(where: { rooms[$0].isArchived && !rooms[$0].isRemoved }) {
                archive(other, false, by: member, at: now)
            }
        case 12...14:
            let type: RoomType = random.chance(0.6) ? .channel : .group
            let created = createRoom(type, name: "new-\(rooms.count)", by: member, at: now)
            if random.chance(0.5) { subscribe(random.pick(accounts), to: created, at: now) }
        case 15: createDirect(Array(Set([random.pick(accounts), member])).sorted(), at: now)
        // The server allows no discussion inside a discussion.
        case 16...17 where rooms[room].parent == nil: createDiscussion(in: room, title: pickText(), by: member, at: now)
        case 18 where room != .general && rooms[room].team == nil: deleteRoom(room, at: now)
        case 19 where room != .general && rooms[room].team == nil && rooms[room].parent == nil:
            convert(room, to: rooms[room].type == .channel ? .group : .channel, by: member, at: now)
        default: break
        }
    }

    private mutating func liveChat(_ now: Int64) {
        guard !collections.departments.rows.isEmpty else { return }
        let chats = rooms.indices.filter { rooms[$0].type == .livechat && rooms[$0].fields["open"]?.flag == true }
        let room = chats.isEmpty ? nil : random.pick(chats)
        guard let room, random.chance(0.7) else {
            _ = openChat("Visitor \(collections.visitors.rows.count)", department: random.below(2), at: now)
            return
        }
        if rooms[room].fields["servedBy"] != nil { return close(chat: room, at: now) }
        let agents = collections.departmentAgents.rows.compactMap { $0["agentId"]?.text.flatMap { user($0) } }
        if !agents.isEmpty { take(chat: room, agent: random.pick(agents), at: now) }
    }

    private mutating func liveCatalogues(_ now: Int64) {
        switch random.below(4) {
        case 0:
            collections.emojis.rows.append([
                "_id": .string(newIdentifier()), "name": .string("emoji\(collections.emojis.rows.count)"),
                "aliases": [], "extension": "gif", "_updatedAt": .date(now),
            ])
        case 1: if let id = collections.emojis.rows.first?["_id"]?.text { collections.emojis.remove(id, at: now) }
        case 2: addRole(newIdentifier(), name: "role \(roles.rows.count)", at: now)
        default:
            if let id = roles.rows.last(where: { $0["protected"] == false })?["_id"]?.text { roles.remove(id, at: now) }
        }
    }

    private mutating func livePrune(_ now: Int64) {
        guard let room = pickRoom(), let row = pickRow(in: room) else { return }
        let pause = settings.removalPause > 0 ? Int64(random.below(Int(settings.removalPause) + 1)) : 0
        prune(
            room, before: rooms[room].messages.rows[row].ts, filesOnly: random.chance(0.4), sparingPinned: true,
            pause: pause, at: now)
    }

    /// Adds a role of an administrator's making.
    mutating func addRole(_ id: String, name: String, at now: Int64) {
        roles.rows.append([
            "_id": .string(id), "name": .string(name), "scope": "Users", "description": "", "protected": false,
            "_updatedAt": .date(now),
        ])
    }
}

extension Workspace {
    /// Index of a room that is neither removed nor archived.
    fileprivate mutating func pickRoom() -> RoomIndex? {
        for _ in 0..<20 {
            let room = random.place(in: rooms)
            // A live chat that has ended takes no more messages: its agent is out of it, its visitor is refused.
            let isOver = rooms[room].type == .livechat && rooms[room].fields["open"]?.flag != true
            if !rooms[room].isRemoved, !rooms[room].isArchived, !isOver { return room }
        }
        return nil
    }

    /// Index of a user who can write.
    fileprivate mutating func pickUser() -> UserIndex {
        for _ in 0..<20 {
            let user = random.place(in: users)
            if users[user].active, !users[user].isRemoved, users[user].kind != .visitor { return user }
        }
        return .rocketCat
    }

    /// Index of a member, or of anybody when there is none.
    fileprivate mutating func pickMember(_ room: RoomIndex) -> UserIndex {
        let members = rooms[room].members.keys.sorted()
        return members.isEmpty ? pickUser() : random.pick(members)
    }

    /// A row that people can act on.
    fileprivate mutating func pickRow(in room: RoomIndex) -> Int? {
        let store = rooms[room].messages
        guard !store.rows.isEmpty else { return nil }
        for _ in 0..<10 {
            let row = random.below(store.rows.count)
            if store.rows[row].flags.isDisjoint(with: [.removed, .hidden, .system, .placeholder]) { return row }
        }
        return nil
    }

    /// A message that people can act on, and its author.
    fileprivate mutating func pickMessage() -> (UInt32, UserIndex)? {
        guard let room = pickRoom(), let row = pickRow(in: room) else { return nil }
        let message = rooms[room].messages.rows[row]
        return (message.serial, authors[Int(message.author)].user)
    }

    fileprivate mutating func pickText() -> String {
        "\(random.pick(Phrases.openings)) \(random.pick(Phrases.continuations)) #\(random.below(10_000))"
    }
}
