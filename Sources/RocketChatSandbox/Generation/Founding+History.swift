extension Founding {
    /// Writes the past: the asked-for number of messages, dealt out to the rooms unevenly.
    mutating func writeHistory() {
        workspace.reserve(messages: options.messages + options.messages / 8)
        let rooms = Array(workspace.rooms.indices)
        let weights = rooms.map { room -> Double in
            let share = random.chance(0.2) ? 4.0 : 1.0
            return workspace.rooms[room].type == .direct ? 0.3 : room == .general ? share * 6 : share
        }
        let total = weights.reduce(0, +)
        var written = 0
        for (room, weight) in zip(rooms, weights) {
            let isLast = room == rooms.last
            let share = Int(Double(options.messages) * weight / total)
            let count = isLast ? options.messages - written : share
            var history = RoomHistory(room: room, count: count, end: end, random: SeededRandom(random.next()))
            history.write(into: &workspace, accounts: accounts)
            written += count
        }
    }
}

/// Writes one room's past straight into its columns.
struct RoomHistory {
    /// Index of the room.
    let room: RoomIndex
    /// Messages to write.
    let count: Int
    /// When the past ends, Unix milliseconds.
    let end: Int64
    /// Randomness of the room.
    var random: SeededRandom

    private var authors: [UserIndex] = []
    private var written = 0
    private var recent: [(serial: UInt32, row: Int)] = []

    /// A past of `count` messages.
    init(room: RoomIndex, count: Int, end: Int64, random: SeededRandom) {
        self.room = room
        self.count = count
        self.end = end
        self.random = random
    }

    /// Writes the messages and what the room tells of them.
    mutating func write(into workspace: inout Workspace, accounts: [UserIndex]) {
        let target = workspace.rooms[room]
        authors = target.members.keys.sorted()
        if let visitor = target.fields.value(at: "v._id")?.text, let index = workspace.user(visitor) {
            authors.append(index)
        }
        if authors.isEmpty { authors = [.rocketCat] }
        let created = target.fields["ts"]?.milliseconds ?? end
        // Taken out and put back so that the columns grow in place.
        var store = workspace.rooms[room].messages
        workspace.rooms[room].messages = MessageStore()
        store.reserve(count + store.rows.count, bytes: 220)
        let step = max(1, (end - created) / Int64(count + 1) * 9 / 10)
        var ts = created
        var newest: Int?
        for _ in 0..<count {
            ts += max(1, step / 2 + Int64(random.below(Int(step))))
            let row = append(at: min(ts, end - 1), to: &store, &workspace, accounts)
            if store.rows[row].flags.isDisjoint(with: .system), store.rows[row].parent == 0 { newest = row }
        }
        workspace.rooms[room].messages = store
        workspace.rooms[room].messageCount += count
        guard let newest else { return }
        workspace.rooms[room].lastActivity = store.rows[newest].ts
        workspace.setLastMessage(of: room, to: newest)
        workspace.rooms[room].updatedAt = max(workspace.rooms[room].updatedAt, store.rows[store.rows.count - 1].ts)
    }

    private mutating func append(
        at ts: Int64, to store: inout MessageStore, _ workspace: inout Workspace, _ accounts: [UserIndex]
    ) -> Int {
        let user = random.pick(authors)
        let serial = workspace.nextSerial(room: room, row: store.rows.count)
        var flags: StoredMessage.Flags = []
        let body = body(at: ts, by: user, &flags, &workspace)
        let isReply = flags.isDisjoint(with: .system) && !recent.isEmpty && random.chance(0.15)
        let parent = isReply ? random.pick(recent) : nil
        let row = store.append(
            serial: serial, author: workspace.users[user].author, ts: ts,
            updatedAt: ts + Int64(random.below(40)), parent: parent?.serial ?? 0, flags: flags, body: body)
        if let parent {
            let starter = workspace.authors[Int(store.rows[parent.row].author)].user
            var thread = store.threads[parent.serial] ?? Thread(count: 0, last: ts, users: [starter])
            thread.count += 1
            thread.last = ts
            if !thread.users.contains(user) { thread.users.append(user) }
            store.threads[parent.serial] = thread
            store.touch(parent.row, at: ts + 1)
        } else if flags.isDisjoint(with: .system) {
            if recent.count > 12 { recent.removeFirst() }
            recent.append((serial, row))
        }
        afterthought(row, serial, at: ts, by: user, in: &store, accounts)
        return row
    }

    /// Edits and stars that came later.
    private mutating func afterthought(
        _ row: Int, _ serial: UInt32, at ts: Int64, by user: UserIndex, in store: inout MessageStore,
        _ accounts: [UserIndex]
    ) {
        guard store.rows[row].flags.isDisjoint(with: .system) else { return }
        let dice = random.below(1000)
        guard dice < 60 else { return }
        let later = min(end, ts + Int64(random.below(7_200_000)))
        if dice < 50 {
            store.edits[serial] = Edit(at: later, by: user)
        } else {
            store.stars[serial] = [random.pick(accounts)]
        }
        store.touch(row, at: later)
    }

    private mutating func body(
        at ts: Int64, by user: UserIndex, _ flags: inout StoredMessage.Flags, _ workspace: inout Workspace
    ) -> [UInt8] {
        let dice = random.below(1000)
        // The first room has each of the odd texts, so that every workspace of some size does.
        let odd = room == .general && written % 4 == 1 ? written / 4 : Int.max
        written += 1
        if odd < Phrases.oddities.count || (30..<35).contains(dice) {
            var buffer = JSONBuffer(capacity: 120)
            buffer.append("\"msg\":")
            let text = odd < Phrases.oddities.count ? Phrases.oddities[odd] : random.pick(Phrases.oddities)
            buffer.bytes.append(contentsOf: Array(text.utf8))
            buffer.append(",\"mentions\":[],\"channels\":[],\"urls\":[]")
            return buffer.bytes
        }
        if dice < 25 {
            var draft = Draft(workspace.users[user].username)
            draft.type = random.chance(0.7) ? "uj" : "ul"
            flags.insert(.system)
            return draft.encode { _ in nil }.body
        }
        var buffer = JSONBuffer(capacity: 240)
        buffer.append("\"msg\":")
        var text = random.pick(Phrases.openings)
        for _ in 0..<random.below(4) { text += " " + random.pick(Phrases.continuations) }
        if dice < 150 { return rich(dice, text, at: ts, by: user, &flags, &workspace) }
        buffer.string(text)
        buffer.append(",\"mentions\":[],\"channels\":[],\"urls\":[]")
        if dice < 230 {
            buffer.append(",\"reactions\":{")
            buffer.key(random.pick(Phrases.emojis))
            buffer.append("{\"usernames\":[")
            buffer.string(workspace.users[random.pick(authors)].username)
            buffer.append("]}}")
        } else if dice < 330 {
            buffer.append(",\"md\":[{\"type\":\"PARAGRAPH\",\"value\":[{\"type\":\"PLAIN_TEXT\",\"value\":")
            buffer.string(text)
            buffer.append("}]}]")
        }
        return buffer.bytes
    }

    /// Messages with mentions, links, files, quotes, pins or a robot's signature.
    private mutating func rich(
        _ dice: Int, _ text: String, at ts: Int64, by user: UserIndex, _ flags: inout StoredMessage.Flags,
        _ workspace: inout Workspace
    ) -> [UInt8] {
        var draft = Draft(text)
        let mentioned = workspace.users[random.pick(authors)]
        switch dice {
        case ..<85: draft.text = "@\(mentioned.username) \(text)"
        case ..<115:
            let link = random.pick(Phrases.links)
            draft.text = "\(text) \(link)"
            draft.extra["urls"] = [
                ["url": .string(link), "meta": ["pageTitle": "Example page"], "headers": ["contentType": "text/html"]]
            ]
        case ..<128:
            let name = random.pick(["plan.pdf", "screen shot.png", "zahlen-ä.pdf", "photo.png"])
            let upload = Workspace.upload(
                id: random.identifier(), name: name, room: workspace.rooms[room].id, user: workspace.users[user],
                at: ts)
            workspace.files.rows.append(upload)
            draft.text = random.chance(0.6) ? "" : text
            draft.extra = Workspace.attachment(of: upload)
        case ..<138:
            draft.extra["attachments"] = [
                [
                    "message_link": "https://chat.example.com/channel/general?msg=abc", "text": .string(text),
                    "author_name": .string(mentioned.username), "ts": .date(ts - 1000), "attachments": [],
                ]
            ]
        case ..<142:
            draft.extra = [
                "pinned": true, "pinnedAt": .date(ts + 5), "pinnedBy": workspace.users[user].reference(),
            ]
            flags.insert(.pinned)
        default:
            draft.extra = [
                "alias": "Build robot", "emoji": ":robot:", "groupable": false, "bot": ["i": "hook"],
                "parseUrls": false,
                "attachments": [
                    [
                        "color": "#36a64f", "ts": 1_700_000_000,
                        "fields": [["title": "job", "value": "42", "short": true]],
                    ]
                ],
            ]
        }
        let encoded = draft.encode { $0 == mentioned.username ? mentioned : nil }
        flags.formUnion(encoded.flags)
        return encoded.body
    }
}
