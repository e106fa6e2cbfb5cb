/// `livechat/rooms`.
enum LivechatRooms {
    /// The route.
    static let route = Route(
        "livechat/rooms",
        parameters: .list("fields", "roomName", "open", "createdAt", "closedAt", "customFields", "onhold", "queued")
            .with(.list, "agents", "departmentId", "tags", "units").legacy(), handler: list)

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let created = try range("createdAt", call)
        let closed = try range("closedAt", call)
        let agents = call.query.list("agents")
        let isOwn = workspace.has("view-l-room", call.user) && agents == [workspace.users[call.user].id]
        guard workspace.has("view-livechat-rooms", call.user) || isOwn else { throw .forbidden }
        let fields = try customFields(call)
        // Restrictions of units leave rows out without a word.
        let departments = workspace.unitDepartments(of: call.user)
        let snapshot = workspace
        let rooms = workspace.rooms.indices.filter { index in
            let room = snapshot.rooms[index]
            guard room.type == .livechat, !room.isRemoved else { return false }
            if let departments, !departments.contains(room.fields["departmentId"]?.text ?? "") { return false }
            return matches(room, agents, call) && matchesState(room, call) && matches(room, fields)
                && within(created, room.fields["ts"]?.milliseconds)
                && within(closed, room.fields["closedAt"]?.milliseconds)
        }
        return try workspace.list(
            "rooms", rooms, call, order: SortOrder("ts", descending: true), id: { snapshot.rooms[$0].id },
            document: { index in
                var document = snapshot.rooms[index].document
                let id = document["departmentId"]?.text
                if let department = snapshot.collections.departments.rows.first(where: { $0["_id"]?.text == id }) {
                    document["department"] = .object(department.filter { ["_id", "name"].contains($0.key) })
                }
                return document
            })
    }

    private static func matches(_ room: Room, _ agents: [String], _ call: Call) -> Bool {
        if !agents.isEmpty, !agents.contains(room.fields.value(at: "servedBy._id")?.text ?? "") { return false }
        let departments = call.query.list("departmentId").filter { $0 != "undefined" }
        if !departments.isEmpty, !departments.contains(room.fields["departmentId"]?.text ?? "") { return false }
        let tags = call.query.list("tags")
        let own = (room.fields["tags"]?.elements ?? []).compactMap(\.text)
        if !tags.isEmpty, Set(tags).isDisjoint(with: own) { return false }
        guard let name = call.query.filled("roomName") else { return true }
        let title = room.fields["fname"]?.text ?? ""
        // A name in quotation marks is meant exactly.
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { return title == name.dropFirst().dropLast() }
        return title.lowercased().contains(name.lowercased())
    }

    /// `open=true` means open, served and not on hold; `open=false` closed and not on hold; `queued` open, not served and
    /// not on hold, whatever the others say.
    private static func matchesState(_ room: Room, _ call: Call) -> Bool {
        let isOpen = room.fields["open"]?.flag == true
        let isServed = room.fields["servedBy"] != nil
        let isOnHold = room.fields["onHold"]?.flag == true
        func isSet(_ name: String) -> Bool { ["t", "true", "1"].contains(call.query[name] ?? "") }
        if isSet("queued") { return isOpen && !isServed && !isOnHold }
        if isSet("onhold") { return isOnHold }
        switch call.query["open"] {
        case "true": return isOpen && isServed && !isOnHold
        case "false": return !isOpen && !isOnHold
        default: return true
        }
    }

    private static func matches(_ room: Room, _ fields: JSONObject) -> Bool {
        fields.members.allSatisfy { member in
            guard let wanted = member.value.text else { return true }
            let value = room.fields["livechatData"]?.object?[member.key]?.text
            return value?.lowercased().contains(wanted.lowercased()) == true
        }
    }

    private static func customFields(_ call: Call) throws(Refusal) -> JSONObject {
        guard let text = call.query.filled("customFields") else { return JSONObject() }
        guard let object = JSONParser.parse(Array(text.utf8))?.object else {
            throw .failure("The \"customFields\" query parameter must be a valid JSON.")
        }
        return object
    }

    /// `{"start": ISO, "end": ISO}`, both optional and inclusive; nil when nothing was asked.
    private static func range(_ name: String, _ call: Call) throws(Refusal) -> ClosedRange<Int64>? {
        guard let text = call.query.filled(name) else { return nil }
        guard let object = JSONParser.parse(Array(text.utf8))?.object else {
            throw .failure("Unexpected token '\(text.prefix(1))', \"\(text)\" is not valid JSON")
        }
        var bounds: [Int64?] = []
        for bound in ["start", "end"] {
            guard let date = object[bound]?.text, !date.isEmpty else {
                bounds.append(nil)
                continue
            }
            guard let time = ISODate.parse(date) else {
                throw .failure("The \"\(name).\(bound)\" query parameter must be a valid date.")
            }
            bounds.append(time)
        }
        let (start, end) = (bounds[0] ?? .min, bounds[1] ?? .max)
        // Nothing lies between an end and a later start.
        return start <= end ? start...end : Int64.max...Int64.max
    }

    private static func within(_ range: ClosedRange<Int64>?, _ time: Int64?) -> Bool {
        guard let range else { return true }
        return time.map { range.contains($0) } ?? false
    }
}

extension Workspace {
    /// Ids of the departments to which a user's units restrict what it sees; nil without a licence or units.
    func unitDepartments(of user: UserIndex) -> Set<String>? {
        settings.isLicensed ? settings.unitDepartments[users[user].id].map { Set($0) } : nil
    }
}
