import Testing

@testable import RocketChatSandbox

@Suite struct WorkspaceTests {
    @Test func messageIDsGoBothWays() {
        let ids = MessageIDs(seed: 7)
        for serial in [1, 2, 3, 500_000, UInt32.max] {
            #expect(ids.text(serial).utf8.count == 17)
            #expect(ids.serial(ids.text(serial)) == serial)
        }
        #expect(ids.serial("23456789ABCDEFGHJ") == nil && ids.serial("short") == nil)
    }

    /// Sequences of two seeds may overlap: what one drew for the past the other one draws for the life.
    @Test func anIDThatThereIsIsNotGivenAgain() {
        let office = Office()
        office.sandbox.change { workspace, now in
            let owner = workspace.existing(user: office.user.userID)
            let makes: [(inout Workspace) -> String] = [
                { workspace in
                    let id = workspace.newIdentifier()
                    workspace.add(User(id: id, username: id, kind: .user, roles: [], createdAt: now, updatedAt: now))
                    return id
                },
                { $0.rooms[$0.createRoom(.channel, name: "made", by: owner, at: now)].id },
                { $0.subscriptions[$0.subscribe(.rocketCat, to: $0.rooms.indices.last ?? .general, at: now)].id },
                { workspace in
                    let id = workspace.newIdentifier()
                    workspace.addRole(id, name: id, at: now)
                    return id
                },
            ]
            for make in makes {
                let before = workspace.random
                let id = make(&workspace)
                workspace.random = before
                #expect(workspace.newIdentifier() != id)
            }
        }
    }

    @Test func anImportedMessageMayHaveAnyIDAndAnOldTime() {
        let office = Office()
        let room = office.sandbox.createRoom("imports", by: office.admin.userID)
        let id = office.sandbox.post(
            in: room, by: office.admin.userID, text: "imported", ts: Office.noon - 1_000_000, id: "slack-ü/1")
        let message = office.get("chat.getMessage", [("msgId", id)])["message"]?.object
        #expect(id == "slack-ü/1" && message?["_id"] == .string(id))
        #expect(message?["ts"] == .string(office.iso(Office.noon - 1_000_000)))
        #expect(message?["_updatedAt"] == .string(office.iso(Office.noon)))
    }

    @Test func thePastIsVariedAndComplete() {
        let office = Office(messages: 1000)
        var total = 0
        var keys = Set<String>()
        var types = Set<String>()
        var odd = Set<String>()
        for room in office.sandbox.rooms() {
            let store = office.sandbox.change { workspace, _ in workspace.rooms[workspace.existing(room: room)].messages
            }
            total += store.rows.count
            for row in store.rows.indices {
                let body = store.body(row)
                keys.formUnion(body.members.map(\.key))
                if let type = body["t"]?.text { types.insert(type) }
                if case .raw? = body["msg"] { odd.insert("lone surrogate") }
                let text = body["msg"]?.text ?? ""
                for scalar in text.unicodeScalars where [0, 0x2028, 0x1F600, 0xFEFF].contains(scalar.value) {
                    odd.insert(String(scalar.value, radix: 16))
                }
            }
        }
        // Discussions are announced on top of the past asked for.
        #expect((1000...1010).contains(total))
        let wanted: Set = ["mentions", "reactions", "files", "attachments", "md", "pinned", "urls", "alias", "bot"]
        #expect(wanted.subtracting(keys).isEmpty)
        #expect(types.isSuperset(of: ["uj", "ul", "discussion-created"]))
        #expect(odd == ["lone surrogate", "0", "2028", "1f600", "feff"])
    }

    @Test func datesAreReadAndWrittenAsJavaScriptDoes() {
        #expect(ISODate.text(0) == "1970-01-01T00:00:00.000Z")
        #expect(ISODate.text(Office.noon + 123) == "2026-11-22T12:00:00.123Z")
        #expect(ISODate.text(-1) == "1969-12-31T23:59:59.999Z")
        for (text, time) in [
            ("2026-11-22", 1_795_305_600_000), ("2026-11-22T12:00Z", Office.noon),
            ("2026-11-22T13:00:00+01:00", Office.noon), ("2026-11-22T12:00:00.5Z", Office.noon + 500),
            ("2024-02-29T00:00:00.000Z", 1_709_164_800_000),
        ] {
            #expect(ISODate.parse(text) == time, "\(text)")
        }
        for text in ["", "x", "2026-13-01", "2026-11-22T", "2026-11-22T12:00:00Zx"] {
            #expect(ISODate.parse(text) == nil, "\(text)")
        }
    }

    @Test func aChatIsQueuedServedAndClosed() {
        let office = Office()
        func ids(_ query: [(String, String)]) -> [String] { office.get("livechat/rooms", query).ids("rooms") }
        let chat = office.sandbox.openChat(visitor: "Ann")
        #expect(ids([("queued", "true"), ("count", "0")]).contains(chat))
        #expect(office.get("livechat/inquiries.list").list("inquiries").contains { $0["rid"] == .string(chat) })
        office.sandbox.advance(milliseconds: 1000)
        office.sandbox.take(chat: chat, by: office.agent.userID)
        #expect(ids([("open", "true"), ("count", "0")]).contains(chat))
        #expect(office.sync(chat, [("lastUpdate", "1970-01-01")], as: office.agent).status == 200)
        office.sandbox.advance(milliseconds: 1000)
        office.sandbox.close(chat: chat)
        let since = #"{"start":"\#(office.iso(office.sandbox.now))"}"#
        #expect(ids([("closedAt", since)]) == [chat])
        let messages = office.get("livechat/\(chat)/messages").list("messages")
        #expect(messages.map { $0["t"] } == ["livechat-close"])
    }

    @Test func aTeamHasAMainRoomAndRooms() {
        let office = Office()
        let (team, main) = office.sandbox.createTeam("crew", isPrivate: true, by: office.user.userID)
        let room = office.sandbox.createRoom("deck", by: office.user.userID, inTeam: team)
        let listed = office.get("teams.list", as: office.user).list("teams").first { $0["_id"] == .string(team) }
        #expect(listed?["roomId"] == .string(main) && listed?["type"] == 1 && listed?["rooms"] == 1)
        #expect(office.get("teams.listRooms", [("teamId", team)], as: office.user).ids("rooms") == [room])
        // A channel of a private team is closed to whoever is in neither, administrators included.
        #expect(office.sync(room, [("lastUpdate", "1970-01-01")]).errorType == "error-not-allowed")
        #expect(office.sync(room, [("lastUpdate", "1970-01-01")], as: office.user).status == 200)
        let members = office.get("teams.members", [("teamId", team)]).list("members")
        #expect(members.first?.value(at: "user._id") == .string(office.user.userID))
    }

    @Test func liveChatsFilterByState() {
        let office = Office()
        func ids(_ query: [(String, String)]) -> Set<String> {
            Set(office.get("livechat/rooms", [("count", "0")] + query).ids("rooms"))
        }
        let (open, queued, closed) = (ids([("open", "true")]), ids([("queued", "true")]), ids([("open", "false")]))
        #expect(!open.isEmpty && !queued.isEmpty && !closed.isEmpty)
        #expect(open.isDisjoint(with: queued) && ids([]) == open.union(queued).union(closed))
        #expect(ids([("closedAt", #"{"start":"2020-01-01T00:00:00.000Z"}"#)]) == closed)
        #expect(office.get("livechat/visitors.search", [("term", "")]).list("visitors").count >= 6)
        func contacts(_ query: [(String, String)] = []) -> Office.Answer {
            office.get("omnichannel/contacts.search", query)
        }
        #expect(contacts().list("contacts").allSatisfy { $0["unknown"] == false })
        #expect(contacts([("unknown", "true")]).list("contacts").allSatisfy { $0["unknown"] == true })
        #expect(contacts().list("contacts").count + contacts([("unknown", "true")]).list("contacts").count >= 6)
        #expect(contacts([("count", "77")])["count"] == 77, "what was asked for")
        #expect(
            Office("6.13.0").get("omnichannel/contacts.search").response.header("Content-Type") != "application/json")
        let department = office.get("livechat/department").ids("departments")[0]
        #expect(office.get("livechat/department/\(department)/agents")["total"] == 3)
        #expect(office.get("livechat/users/agent", as: office.agent)["total"] == 3)
        #expect(office.get("livechat/users/agent", as: office.user).status == 403)
    }

    @Test func unitsLeaveRoomsOutWithoutAWord() throws {
        let office = Office()
        let all = office.get("livechat/rooms", [("count", "0")])
        let rooms = all.list("rooms")
        // Of two departments the one with fewer rooms: the other one's are left out.
        let department = try #require(
            office.get("livechat/department").ids("departments").min { left, right in
                rooms.count { $0["departmentId"] == .string(left) }
                    < rooms.count { $0["departmentId"] == .string(right) }
            })
        office.sandbox.configure {
            $0.unitDepartments = [office.admin.userID: [department]]
        }
        office.sandbox.configure { $0.isLicensed = true }
        let own = office.get("livechat/rooms", [("count", "0")])
        #expect((own["total"]?.integer ?? 0) < (all["total"]?.integer ?? 0))
        #expect(own.list("rooms").allSatisfy { $0["departmentId"] == .string(department) })
        #expect(office.get("livechat/department", [("onlyMyDepartments", "true")]).ids("departments") == [department])
        #expect(office.get("livechat/department")["total"] == 2)
    }

    @Test func statisticsLackMembersAndCarryScriptDates() {
        let rows = Office().get("statistics.list", [("sort", #"{"createdAt":1}"#)]).list("statistics")
        #expect(rows[0]["lastLogin"] == nil && rows[0]["totalDiscussions"] == nil)
        #expect(
            rows[5]["lastLogin"] == "" && rows[6]["lastLogin"]?.text?.hasSuffix("(Coordinated Universal Time)") == true)
    }

    @Test func reportedMessagesArePagedByReports() {
        let office = Office()
        let groups = office.get("moderation.reportsByUsers").list("reports")
        let worst = groups.max { ($0["count"]?.integer ?? 0) < ($1["count"]?.integer ?? 0) }
        let author = worst?["userId"]?.text ?? ""
        func page(_ offset: Int, _ count: Int) -> Office.Answer {
            office.get(
                "moderation.user.reportedMessages",
                [("userId", author), ("offset", "\(offset)"), ("count", "\(count)")])
        }
        let first = page(0, 4)
        #expect(first["count"] == 4 && first.list("messages").count == 1, "reported four times within the page")
        let total = first["total"]?.integer ?? 0
        #expect(total >= 5 && page(4, 50)["count"] == .int(total - 4))
        #expect(office.get("moderation.user.reportedMessages", [("userId", "")]).status == 400)
        func totals(_ version: String) -> (JSON?, JSON?) {
            let answer = Office(version).get("moderation.reportsByUsers")
            return (answer["total"], answer["count"])
        }
        #expect(totals("8.6.1").0 == totals("8.6.1").1 && totals("6.4.0").0 == 8, "users since 6.6, reports before")
    }
}
