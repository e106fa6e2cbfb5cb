@testable import RocketChatSandbox

// What the server's tests do with messages before they ask.
extension Scene {
    func updatesAndDeletions() -> Bool {
        let since = now
        let ids = ["First Message", "Second Message"].map { post($0, in: channel, by: office.admin) }
        let all = sync([("lastUpdate", since)])
        guard all.ids("result.updated") == ids.reversed(), all.isEmpty("result.deleted") else { return false }
        office.sandbox.advance(milliseconds: 10)
        office.sandbox.delete(ids[0], by: office.admin.userID)
        let rest = sync([("lastUpdate", since)])
        return rest.ids("result.updated") == [ids[1]] && rest.ids("result.deleted") == [ids[0]]
    }

    func updatesByCursor() -> Bool {
        let start = "\(office.sandbox.now)"
        let ids = (0..<3).map { post("\($0)", in: channel, by: office.admin) }
        let first = sync([("type", "UPDATED"), ("next", start), ("count", "2")])
        let next = first["result.cursor.next"]?.text ?? ""
        let last = sync([("type", "UPDATED"), ("next", next), ("count", "2")])
        let back = sync([("type", "UPDATED"), ("previous", "\(office.sandbox.now)"), ("count", "2")])
        return first.ids("result.updated") == Array(ids[..<2]) && last.ids("result.updated") == [ids[2]]
            && last["result.cursor.next"] == .null && back.ids("result.updated") == [ids[1], ids[0]]
    }

    func deletionsByCursor() -> Bool {
        let start = "\(office.sandbox.now)"
        let ids = (0..<3).map { post("\($0)", in: channel, by: office.admin) }
        let none = sync([("type", "DELETED"), ("next", start), ("count", "2")])
        guard none.isEmpty("result.deleted"), none["result.cursor.next"] == .null,
            none["result.cursor.previous"] == .null
        else { return false }
        for id in ids {
            office.sandbox.advance(milliseconds: 10)
            office.sandbox.delete(id, by: office.admin.userID)
        }
        let first = sync([("type", "DELETED"), ("next", start), ("count", "2")])
        return first.ids("result.deleted") == Array(ids[..<2]) && first["result.cursor.next"] != .null
    }

    func deletedMessages(_ query: [(String, String)]) -> Office.Answer {
        office.sandbox.delete(post("gone", in: channel, by: office.admin), by: office.admin.userID)
        return get(
            "chat.getDeletedMessages", [("roomId", channel), ("since", "2018-12-20T17:51:00.000Z")] + query)
    }

    /// Two mentions, a star and a pin: five messages with the one that tells of the pin.
    @discardableResult
    func five(_ route: String, _ room: String, _ query: [(String, String)] = []) -> Office.Answer {
        _ = post("@sandbox.user hello", in: room, by: office.admin)
        _ = post("@sandbox.admin hello", in: room, by: office.user)
        office.sandbox.star(post("starred", in: room, by: office.user), by: office.admin.userID)
        office.sandbox.pin(post("pinned", in: room, by: office.admin), by: office.admin.userID)
        office.sandbox.postSystem("message_pinned", in: room, by: office.admin.userID)
        return get(route, [("roomId", room)] + query)
    }

    /// The same while history is kept and after the pin was taken back.
    func keptHistory(
        _ route: String, _ room: String, _ query: [(String, String)], edits: Bool = false
    ) -> Office.Answer {
        office.sandbox.configure { $0.keepHistory = true }
        let answer = five(route, room, [("pinned", "true")])
        guard let pinned = answer.ids("messages").first else { return answer }
        office.sandbox.pin(pinned, by: office.admin.userID, false)
        if edits { office.sandbox.edit(pinned, by: office.admin.userID, text: "message was unpinned") }
        return get(route, [("roomId", room)] + query)
    }

    /// Whether a reader sees its own star alone.
    func starIsOwn(_ route: String, _ room: String, _ query: [(String, String)]) -> Bool {
        let message = post("starred", in: room, by: office.admin)
        for account in [office.user, office.admin] { office.sandbox.star(message, by: account.userID) }
        let shown = get(route, [("roomId", room)] + query).list("messages").first { $0["_id"]?.text == message }
        return shown?["starred"] == [["_id": .string(office.admin.userID)]]
    }

    /// Whether direct messages come by their authors when that is asked for. Releases before 7.4 pass over such an order.
    func sortsByAuthor() -> Bool {
        let names = five("im.messages", direct, [("sort", #"{"u.username":-1}"#)]).list("messages")
            .compactMap { $0.value(at: "u.username")?.text }
        return names == names.sorted(by: >) && names.count == 5
    }
}
