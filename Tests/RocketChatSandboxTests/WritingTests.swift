import Testing

@testable import RocketChatSandbox

/// Writing routes of 8.6.1 as its handlers have them, and what a write does to what is read afterwards.
@Suite struct WritingTests {
    private let office = Office { $0.users = 6 }

    @discardableResult
    private func channel(_ name: String = "written", by account: Account? = nil) -> String {
        office.post("channels.create", ["name": .string(name)], as: account ?? office.admin)["channel._id"]?.text ?? ""
    }

    private func message(_ text: String, in room: String, as account: Account? = nil, _ more: JSONObject = [:])
        -> String
    {
        let body: JSONObject = ["rid": .string(room), "msg": .string(text)]
        let answer = office.post(
            "chat.sendMessage", ["message": .object(body.merging(more))], as: account ?? office.admin)
        return answer["message._id"]?.text ?? ""
    }

    @Test func aMessageIsReadAsItWasWritten() {
        let room = channel()
        let id = message("  hello  ", in: room)
        let answer = office.get("channels.messages", [("roomId", room)])
        #expect(answer.ids("messages") == [id])
        #expect(answer.list("messages")[0]["msg"] == "hello", "white space around it goes")
    }

    @Test func anEditAndAReactionMoveTheStamp() {
        let room = channel()
        let id = message("before", in: room)
        let since = office.iso(office.sandbox.now)
        office.sandbox.advance(milliseconds: 5)
        #expect(office.sync(room, [("lastUpdate", since)]).list("result.updated").isEmpty)
        #expect(office.post("chat.update", ["roomId": .string(room), "msgId": .string(id), "text": "after"]).ok())
        office.sandbox.advance(milliseconds: 5)
        #expect(office.post("chat.react", ["messageId": .string(id), "emoji": "tada"]).ok())
        let updated = office.sync(room, [("lastUpdate", since)]).list("result.updated")
        #expect(updated.count == 1 && updated[0]["msg"] == "after")
        #expect(updated[0].value(at: "reactions.:tada:.usernames") == ["sandbox.admin"])
        #expect(updated[0]["_updatedAt"] == .string(office.iso(office.sandbox.now)))
    }

    @Test func aDefectLeavesTheStampOfAnEdit() {
        let room = channel()
        let id = message("before", in: room)
        let since = office.iso(office.sandbox.now)
        office.sandbox.plant(.editsLeaveStamps)
        office.sandbox.advance(milliseconds: 5)
        #expect(office.post("chat.update", ["roomId": .string(room), "msgId": .string(id), "text": "after"]).ok())
        #expect(office.get("channels.messages", [("roomId", room)]).list("messages")[0]["msg"] == "after")
        #expect(office.sync(room, [("lastUpdate", since)]).list("result.updated").isEmpty)
    }

    @Test func aDefectNotesReactionsUnderAnother() {
        let id = message("liked", in: channel())
        office.sandbox.plant(.reactionsOfAnother)
        #expect(office.post("chat.react", ["messageId": .string(id), "emoji": ":heart:"]).ok())
        let found = office.get("chat.getMessage", [("msgId", id)])
        #expect(found["message.reactions.:heart:.usernames"] == ["rocket.cat"])
    }

    @Test func aRemovedMessageIsToldAsRemoved() {
        let room = channel()
        let id = message("gone", in: room)
        let since = office.iso(office.sandbox.now)
        office.sandbox.advance(milliseconds: 5)
        #expect(office.post("chat.delete", ["roomId": .string(room), "msgId": .string(id)]).ok())
        #expect(office.sync(room, [("lastUpdate", since)]).ids("result.deleted") == [id])
    }

    @Test func aReplyToAReplyGoesToTheParent() {
        let room = channel()
        let parent = message("parent", in: room)
        let reply = message("reply", in: room, ["tmid": .string(parent)])
        let second = message("again", in: room, ["tmid": .string(reply)])
        let answer = office.get("chat.getThreadMessages", [("tmid", parent)])
        #expect(Set(answer.ids("messages")) == [reply, second])
    }

    @Test func onlyAuthorsAndModeratorsEditAndDelete() {
        let room = channel()
        let id = message("mine", in: room)
        let target: JSONObject = ["roomId": .string(room), "msgId": .string(id)]
        let edit = office.post("chat.update", .object(target.merging(["text": "x"])), as: office.user)
        #expect(edit.refused(400, "error-action-not-allowed", "Message editing not allowed"))
        let removal = office.post("chat.delete", .object(target), as: office.user)
        #expect(removal.refused(400, "error-action-not-allowed", "Not allowed"))
        let own = message("theirs", in: room, as: office.user)
        #expect(office.post("chat.delete", ["roomId": .string(room), "msgId": .string(own)]).ok(), "the owner may")
    }

    @Test func parametersAreJudgedBeforeTheLimiterCounts() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        for _ in 0..<3 {
            let refused = office.post("chat.update", ["roomId": "x"], as: office.user)
            #expect(refused.refused(400, "error-invalid-params", "must have required property 'msgId'"))
        }
        let old = Office("7.10.0", limit: RateLimit(calls: 1, interval: 60_000))
        #expect(old.post("chat.update", ["roomId": "x"], as: old.user).errorType == "invalid-params")
        #expect(old.post("chat.update", ["roomId": "x"], as: old.user).status == 429)
    }

    @Test func readsAndWritesAreCountedApart() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        #expect(office.post("channels.create", ["name": "one"], as: office.user).ok("channel"))
        #expect(office.post("channels.create", ["name": "two"], as: office.user).status == 429)
        #expect(office.post("groups.create", ["name": "three"], as: office.user).ok("group"))
        #expect(office.post("channels.create", ["name": "four"]).ok(), "the administrator has no limit")
    }

    @Test func aMethodThatARouteLacksIsNone() {
        #expect(office.get("chat.update").status == 404)
        #expect(office.post("channels.list").status == 404)
        let old = Office("7.2.0")
        #expect(old.get("chat.update").status == 405 && old.get("chat.update").response.header("Allow") == "POST")
        #expect(office.delete("livechat/visitor/nobody", as: nil).refused(400, "invalid-token"))
    }

    @Test func aUserIsMadeLogsInAndOut() {
        let body: JSONObject = [
            "username": "new.user", "name": "New", "email": "new@example.invalid", "password": "secret",
            "joinDefaultChannels": false,
        ]
        #expect(office.post("users.create", .object(body), as: office.user).refused(400, "error-action-not-allowed"))
        let made = office.post("users.create", .object(body))
        #expect(made.ok("user._id") && made["user.roles"] == ["user"])
        #expect(office.post("users.create", .object(body)).refused(400, "error-field-unavailable"))
        #expect(office.post("login", ["user": "new.user", "password": "wrong"], as: nil).status == 401)
        let account = office.logIn("new.user", "secret")
        #expect(office.get("me", as: account)["username"] == "new.user")
        #expect(office.get("rooms.get", as: account).isEmpty("update"))
        #expect(office.post("logout", as: account)["status"] == "success")
        #expect(office.get("me", as: account).status == 401)
    }

    @Test func newUsersJoinDefaultChannelsUnlessToldNot() {
        let body: JSON = ["username": "joiner", "name": "J", "email": "j@example.invalid", "password": "secret"]
        #expect(office.post("users.create", body).ok())
        #expect(office.get("rooms.get", as: office.logIn("joiner", "secret")).ids("update") == ["GENERAL"])
    }

    @Test func aFileIsThereOnceItIsConfirmedAndGoesWithItsMessage() {
        let room = channel()
        let stored = office.upload("rooms.media/\(room)", [("file", "a.txt", "text/plain", "four")])
        let id = stored["file._id"]?.text ?? ""
        let confirmed = [("onlyConfirmed", "true"), ("roomId", room)]
        #expect(office.get("channels.files", confirmed).isEmpty("files"))
        let answer = office.post("rooms.mediaConfirm/\(room)/\(id)", ["msg": "with it"])
        #expect(answer["message.msg"] == "with it" && answer["message.file._id"] == .string(id))
        let file = office.get("channels.files", confirmed).list("files").first
        #expect(file?["size"] == 4 && file?["type"] == "text/plain" && file?["typeGroup"] == "text")
        #expect(office.post("rooms.mediaConfirm/\(room)/\(id)", as: office.user).refused(400, "invalid-file"))
        let message = answer["message._id"] ?? .null
        #expect(office.post("chat.delete", ["roomId": .string(room), "msgId": message]).ok())
        #expect(office.get("channels.files", [("roomId", room)]).isEmpty("files"))
    }

    @Test func theRouteThatSendsAtOnceWentWithEight() {
        let file = [("file", "a.txt", "text/plain", "four")].map {
            (field: $0.0, name: $0.1, type: $0.2, content: $0.3)
        }
        #expect(office.upload("rooms.upload/GENERAL", file).status == 404)
        #expect(Office("7.10.0").upload("rooms.upload/GENERAL", file, [("msg", "x")])["message.msg"] == "x")
    }

    @Test func anArchivedRoomTakesNoMessages() {
        let room = channel()
        #expect(office.post("channels.archive", ["roomId": .string(room)]).ok())
        let refused = office.post("chat.sendMessage", ["message": ["rid": .string(room), "msg": "x"]])
        #expect(refused.refused(400, text: "room_is_archived"))
        #expect(office.post("channels.archive", ["roomId": .string(room)]).refused(400, "error-room-archived"))
        #expect(office.post("channels.unarchive", ["roomId": .string(room)]).ok())
    }

    @Test func aTeamsRoomsGoBackToTheWorkspace() {
        let team = office.post("teams.create", ["name": "crew", "type": 0])["team._id"] ?? .null
        let rooms = ["kept", "lost"].map { name in
            office.post("channels.create", ["name": .string(name), "extraData": ["teamId": team]])["channel._id"]
                ?? .null
        }
        #expect(office.post("teams.delete", ["teamId": team, "roomsToRemove": [rooms[1]]]).ok())
        let kept = office.get("channels.info", [("roomName", "kept")])
        #expect(kept.ok("channel") && kept["channel.teamId"] == nil)
        #expect(office.get("channels.info", [("roomName", "lost")]).refused(400, "error-room-not-found"))
    }

    @Test func aVisitorsChatIsOpenedClosedAndRemoved() {
        let agent = office.agent.userID
        let visitor = office.post("livechat/visitor", ["visitor": ["token": "t", "name": "Guest"]], as: nil)
        #expect(visitor["visitor.name"] == "Guest")
        let opened = office.get(path: "/api/v1/livechat/room", [("token", "t"), ("agentId", agent)], as: nil)
        let room = opened["room._id"] ?? .null
        #expect(opened["newRoom"] == true && opened["room.servedBy._id"] == .string(agent))
        let words: JSONObject = ["token": "t", "rid": room]
        #expect(office.post("livechat/message", .object(words.merging(["msg": "hi"])), as: nil)["message.msg"] == "hi")
        #expect(
            office.post("livechat/message", ["token": "x", "rid": room, "msg": "hi"], as: nil).error == "invalid-token")
        #expect(office.delete("livechat/visitor/t", as: nil).refused(400, "visitor-has-open-rooms"))
        #expect(office.post("livechat/room.close", .object(words), as: nil)["comment"] == "Closed by visitor")
        #expect(office.post("livechat/room.close", .object(words), as: nil).error == "room-closed")
        #expect(office.delete("livechat/visitor/t", as: nil).ok("visitor"))
        #expect(office.get("livechat/rooms", [("roomName", "Guest")]).isEmpty("rooms"))
    }

    @Test func visitorsHaveALimitOfTheirOwn() {
        let office = Office(limit: RateLimit(calls: 10, interval: 1000))
        let body: JSON = ["visitor": ["token": "t"]]
        for _ in 0..<5 { #expect(office.post("livechat/visitor", body, as: nil).status == 200) }
        #expect(office.post("livechat/visitor", body, as: nil).status == 429)
    }

    @Test func anAnswerCanLoseElementsOfAList() {
        channel("hidden")
        office.sandbox.inject(
            Fault(.edited([.drop("channels", holding: "hidden")]), route: "channels.list", count: nil))
        let names = office.get("channels.list", [("count", "0")]).list("channels").compactMap { $0["name"]?.text }
        #expect(!names.isEmpty && !names.contains("hidden"))
    }
}
