import Testing

@testable import RocketChatSandbox

@Suite struct MessageLifeTests {
    private func setting(_ keep: Bool, _ show: Bool, _ version: String = "8.6.1") -> (Office, String, String) {
        let office = Office(version) {
            $0.keepHistory = keep
            $0.showDeletedStatus = show
        }
        let room = office.sandbox.createRoom("life", by: office.admin.userID)
        let id = office.sandbox.post(in: room, by: office.admin.userID, text: "text @sandbox.user https://example.org")
        office.sandbox.advance(milliseconds: 1000)
        return (office, room, id)
    }

    private func changes(_ office: Office, _ room: String) -> (updated: [JSONObject], deleted: [String]) {
        let answer = office.sync(room, [("lastUpdate", office.iso(Office.noon))])
        return (answer.list("result.updated"), answer.ids("result.deleted"))
    }

    @Test func aDeletedMessageGoesToTheTrashByDefault() {
        let (office, room, id) = setting(false, false)
        office.sandbox.delete(id, by: office.admin.userID)
        #expect(changes(office, room).deleted == [id] && changes(office, room).updated.isEmpty)
        #expect(office.get("chat.getMessage", [("msgId", id)]).text == #"{"success":false}"#)
    }

    @Test func aShownDeletionStaysAsAPlaceholder() {
        let (office, room, id) = setting(false, true)
        office.sandbox.delete(id, by: office.admin.userID)
        let (updated, deleted) = changes(office, room)
        #expect(deleted.isEmpty && updated.count == 1)
        let placeholder = updated.first ?? [:]
        #expect(placeholder["t"] == "rm" && placeholder["msg"] == "" && placeholder["urls"] == [])
        #expect(placeholder["mentions"] == [] && placeholder["attachments"] == [] && placeholder["reactions"] == [:])
        #expect(placeholder.value(at: "editedBy._id") == .string(office.admin.userID))
        #expect(office.sandbox.truth(.messages, for: office.admin)[id] == nil)
    }

    @Test func aKeptDeletionIsInNeitherList() {
        let (office, room, id) = setting(true, false)
        office.sandbox.delete(id, by: office.admin.userID)
        #expect(changes(office, room).updated.isEmpty && changes(office, room).deleted.isEmpty)
        #expect(office.sandbox.truth(.messages, for: office.admin)[id] == nil)
    }

    @Test(arguments: [("7.10.0", 2), ("7.11.0", 1)])
    func hiddenCopiesShowInMessagesBefore711(version: String, count: Int) {
        let (office, room, id) = setting(true, false, version)
        office.sandbox.edit(id, by: office.admin.userID, text: "better")
        #expect(changes(office, room).updated.compactMap { $0["msg"]?.text } == ["better"])
        let shown = office.get("channels.messages", [("roomId", room)]).list("messages")
        #expect(shown.count == count)
        #expect(shown.filter { $0["_hidden"] == true }.allSatisfy { $0["parent"] == .string(id) })
    }

    @Test func theParentOfAThreadBecomesAPlaceholderAndRepliesStampIt() {
        let (office, room, id) = setting(false, false)
        let reply = office.sandbox.post(in: room, by: office.user.userID, text: "reply", thread: id)
        let parent = changes(office, room).updated.first { $0["_id"] == .string(id) }
        #expect(parent?["tcount"] == 1 && parent?["tlm"] == .string(office.iso(office.sandbox.now)))
        #expect(parent?["replies"] == [.string(office.admin.userID), .string(office.user.userID)])
        office.sandbox.advance(milliseconds: 1000)
        office.sandbox.delete(id, by: office.admin.userID)
        let (updated, deleted) = changes(office, room)
        #expect(deleted.isEmpty && updated.first { $0["_id"] == .string(id) }?["t"] == "rm")
        #expect(updated.first { $0["_id"] == .string(reply) }?["tmid"] == .string(id))
    }

    @Test func editsReactionsPinsStarsAndPreviewsStamp() {
        let (office, room, id) = setting(false, false)
        let changesOf: [(String, () -> Void)] = [
            ("edit", { office.sandbox.edit(id, by: office.admin.userID, text: "other") }),
            ("reaction", { office.sandbox.react(id, by: office.user.userID, ":+1:") }),
            ("reaction taken back", { office.sandbox.react(id, by: office.user.userID, ":+1:") }),
            ("pin", { office.sandbox.pin(id, by: office.admin.userID) }),
            ("star", { office.sandbox.star(id, by: office.user.userID) }),
            ("preview", { office.sandbox.preview(id, title: "Title") }),
            ("read receipts", { office.sandbox.clearUnread(in: room, newest: 1) }),
        ]
        for (name, change) in changesOf {
            office.sandbox.advance(milliseconds: 10)
            let before = office.sandbox.now - 1
            change()
            let updated = office.sync(room, [("lastUpdate", office.iso(before))]).ids("result.updated")
            #expect(updated == [id], "\(name)")
        }
        let own = office.sync(room, [("lastUpdate", "1970-01-01")], as: office.user).list("result.updated")
        #expect(own[0]["starred"] == [["_id": .string(office.user.userID)]])
        #expect(changes(office, room).updated[0]["starred"] == [], "only the caller's star shows")
    }

    @Test func aRenameStampsAllMessagesWithOneMillisecond() {
        let (office, room, id) = setting(false, false)
        for index in 0..<300 { office.sandbox.post(in: room, by: office.user.userID, text: "\(index)") }
        office.sandbox.advance(milliseconds: 1000)
        let before = office.sandbox.now - 1
        office.sandbox.rename(user: office.user.userID, to: "new.name")
        let updated = office.sync(room, [("lastUpdate", office.iso(before))]).list("result.updated")
        #expect(updated.count == 301, "all of the user's and the one that mentions it")
        #expect(Set(updated.map { $0["_updatedAt"] }).count == 1)
        #expect(updated.first { $0["_id"] == .string(id) }?["msg"] == "text @new.name https://example.org")
        #expect(updated.last { $0["_id"] != .string(id) }?.value(at: "u.username") == "new.name")
    }

    @Test func pruningRemovesManyAtOnceOrOnlyFiles() {
        let (office, room, _) = setting(false, false)
        let file = office.sandbox.postFile(in: room, by: office.admin.userID, name: "a.png")
        #expect(office.get("channels.files", [("roomId", room)])["total"] == 1)
        office.sandbox.advance(milliseconds: 1000)
        #expect(office.sandbox.prune(room, before: office.sandbox.now, filesOnly: true) == 1)
        let pruned = changes(office, room).updated.first { $0["_id"] == .string(file) }
        #expect(pruned?["attachments"]?.elements?.first?.object?["type"] == "removed-file")
        #expect(office.get("channels.files", [("roomId", room)])["total"] == 0)
        #expect(office.sandbox.prune(room, before: office.sandbox.now) == 2)
        #expect(changes(office, room).deleted.count == 2)
    }
}

@Suite struct RoomStampTests {
    private let office = Office()
    private let room: String
    private let me: String

    init() {
        me = office.admin.userID
        room = office.sandbox.createRoom("stamps", by: office.admin.userID)
    }

    private func document() -> JSONObject {
        office.get("rooms.info", [("roomId", room)])["room"]?.object ?? [:]
    }

    private func after(_ change: () -> Void) -> (before: JSONObject, after: JSONObject) {
        let before = document()
        office.sandbox.advance(milliseconds: 1000)
        change()
        return (before, document())
    }

    @Test func aMessageMovesEverythingAndAThreadReplyOnlyTheCounter() {
        let first = office.sandbox.post(in: room, by: me, text: "first")
        let (before, after) = after { office.sandbox.post(in: room, by: me, text: "reply", thread: first) }
        #expect(after["lm"] == before["lm"] && after["lastMessage"] == before["lastMessage"])
        #expect(after["msgs"] == 2 && after["_updatedAt"] != before["_updatedAt"])
        let (_, main) = self.after { office.sandbox.post(in: room, by: me, text: "second") }
        #expect(main["lm"] == main["_updatedAt"] && main.value(at: "lastMessage.msg") == "second" && main["msgs"] == 3)
    }

    @Test func editingTheLastMessageMovesTheRoomAndAnOlderOneDoesNot() {
        let old = office.sandbox.post(in: room, by: me, text: "old")
        let last = office.sandbox.post(in: room, by: me, text: "last")
        let (before, after) = after { office.sandbox.edit(old, by: me, text: "older") }
        #expect(before == after)
        let (_, reacted) = self.after { office.sandbox.react(old, by: me, ":eyes:") }
        #expect(reacted == before)
        let (_, edited) = self.after { office.sandbox.edit(last, by: me, text: "latest") }
        #expect(edited["lm"] == before["lm"] && edited["_updatedAt"] != before["_updatedAt"])
        #expect(edited.value(at: "lastMessage.msg") == "latest")
    }

    @Test func deletingTheLastMessageLeavesTheTimeAndTakesTheNewestLeft() {
        office.sandbox.post(in: room, by: me, text: "stays")
        office.sandbox.advance(milliseconds: 10)
        let last = office.sandbox.post(in: room, by: me, text: "goes")
        let (before, after) = after { office.sandbox.delete(last, by: me) }
        #expect(after["lm"] == before["lm"] && after["msgs"] == 1 && after["_updatedAt"] != before["_updatedAt"])
        #expect(after.value(at: "lastMessage.msg") == "stays")
    }

    @Test func joinsAndTopicsStampTheRoom() {
        let (before, after) = after { office.sandbox.join(room, office.user.userID) }
        #expect(after["_updatedAt"] != before["_updatedAt"] && after["usersCount"] == 2)
        let (_, topic) = self.after { office.sandbox.setTopic(of: room, to: "new", by: me) }
        #expect(topic["topic"] == "new" && topic["_updatedAt"] != after["_updatedAt"])
    }

    @Test func uploadsChangeUntilTheyAreConfirmed() {
        let office = Office()
        let room = office.sandbox.createRoom("uploads", by: office.admin.userID)
        let id = office.sandbox.upload(in: room, by: office.admin.userID, name: "draft.pdf")
        func files(_ query: [(String, String)] = []) -> [JSONObject] {
            office.get("channels.files", [("roomId", room)] + query).list("files")
        }
        #expect(files()[0]["expiresAt"] != nil && files([("onlyConfirmed", "true")]).isEmpty)
        let uploaded = files()[0]["uploadedAt"]
        office.sandbox.advance(milliseconds: 5000)
        let message = office.sandbox.confirm(
            upload: id, by: office.admin.userID, name: "final.pdf", description: "done")
        let settled = files([("onlyConfirmed", "true"), ("name", "FINAL")])
        #expect(settled.map { $0["_id"] } == [.string(id)] && settled[0]["expiresAt"] == nil)
        #expect(
            settled[0]["uploadedAt"] == uploaded && settled[0]["_updatedAt"] == .string(office.iso(Office.noon + 5000)))
        #expect(office.sandbox.messages(in: room) == [message])
    }
}
