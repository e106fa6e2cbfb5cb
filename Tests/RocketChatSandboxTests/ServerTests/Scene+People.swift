@testable import RocketChatSandbox

// What the server's tests do with users and the omnichannel before they ask.
extension Scene {
    var reportedUser: String { self.get("moderation.reportsByUsers").list("reports").first?["userId"]?.text ?? "" }

    /// Nothing has changed since now: in `query` up to 6.x, by `_updatedAt` since.
    var changedQuery: [(String, String)] {
        version.hasPrefix("6")
            ? [("query", #"{"_updatedAt":{"$gt":{"$date":\#(office.sandbox.now)}}}"#)] : [("_updatedAt", now)]
    }

    func roleOfAdmin() -> String {
        let role = office.sandbox.createRole("helpers")
        office.sandbox.setRoles(of: office.admin.userID, to: ["admin", role])
        return role
    }

    func deactivatedIsListed() -> Bool {
        let user = office.sandbox.createUser("resting")
        office.sandbox.deactivate(user)
        let users = get("users.list", [("sort", #"{"status":1}"#), ("count", "100")]).list("users")
        return users.first { $0["_id"]?.text == user }?["active"] == false
    }

    func chats(_ query: [(String, String)]) -> [JSONObject] {
        get("livechat/rooms", [("count", "0")] + query).list("rooms")
    }

    func namedChats(_ name: String) -> [String] {
        for title in ["TEST_1", "TEST_2"] { office.sandbox.openChat(visitor: title) }
        return chats([("roomName", name)]).compactMap { $0["fname"]?.text }
    }

    func agents(_ name: String, _ value: String) -> [JSONObject] {
        office.sandbox.setPresence(of: office.agent.userID, to: "offline")
        return get("livechat/users/agent", [(name, value)]).list("users")
    }

    func visitor(term: String) -> Office.Answer {
        office.sandbox.openChat(visitor: "Nelly")
        return get("livechat/visitors.search", [("term", term)])
    }

    func findsContact(by path: String) -> Bool {
        let contact = get("omnichannel/contacts.search", [("count", "0")]).list("contacts").last { contact in
            path != "phones.phoneNumber" || contact["phones"]?.elements?.isEmpty == false
        }
        let parts = path.split(separator: ".").map(String.init)
        let value =
            parts.count == 1
            ? contact?[path]?.text : contact?[parts[0]]?.elements?.first?.object?[parts[1]]?.text
        guard let contact, let value else { return false }
        let found = get("omnichannel/contacts.search", [("searchText", value)])
        return found["total"] == 1 && found.ids("contacts") == [contact["_id"]?.text]
    }

    private func restrict() -> String {
        let department = get("livechat/department").ids("departments").first ?? ""
        office.sandbox.configure {
            $0.isLicensed = true
            $0.unitDepartments = [office.admin.userID: [department]]
        }
        return department
    }

    func unitSeesOwn() -> Bool {
        let all = chats([])
        let department = restrict()
        let own = chats([])
        return !own.isEmpty && own.count < all.count
            && own.allSatisfy { $0["departmentId"] == .string(department) }
    }

    func unitSeesOwnDepartments() -> Bool {
        let department = restrict()
        return get("livechat/department", [("onlyMyDepartments", "true")]).ids("departments") == [department]
    }
}
