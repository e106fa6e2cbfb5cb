/// Tags of the Enterprise Edition that live chats are closed with.
enum LivechatTags {
    private static let permissions = ["view-l-room", "manage-livechat-tags"]

    /// The route under its name since 5.0, and the one before.
    static let all: [Route] = [
        Route(
            "livechat/tags", since: Version(5, 0), permissions: permissions,
            parameters: .list("text", "viewAll", "department").legacy(), handler: list),
        Route("livechat/tags.list", removed: Version(5, 0), parameters: .list("text").legacy(), handler: listBefore5),
    ]

    private static func listBefore5(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard permissions.contains(where: { workspace.has($0, call.user) }) else {
            throw .failure("error-not-authorized")
        }
        return try list(&workspace, call)
    }

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.settings.isLicensed else {
            throw .thrown("error-action-not-allowed", "This is an enterprise feature")
        }
        let text = call.query.filled("text")?.lowercased()
        let own = workspace.tagDepartments(call)
        let tags = workspace.collections.tags.rows.filter { tag in
            if let own {
                let departments = tag["departments"]?.elements?.compactMap(\.text) ?? []
                guard departments.isEmpty || !own.isDisjoint(with: departments) else { return false }
            }
            guard let text else { return true }
            return [tag["name"]?.text, tag["description"]?.text].contains { $0?.lowercased().contains(text) == true }
        }
        return try workspace.list(
            "tags", tags, call, order: SortOrder("name"), id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }
}

extension Workspace {
    /// Departments whose tags a caller gets to see besides those of all departments; nil for every tag. Up to 5.x everybody sees all.
    fileprivate func tagDepartments(_ call: Call) -> Set<String>? {
        guard call.version >= Version(6, 5) else { return nil }
        let managesTags = has("manage-livechat-tags", call.user)
        if managesTags, call.query["viewAll"] == "true" { return nil }
        let own = collections.departmentAgents.rows.filter { $0["agentId"]?.text == users[call.user].id }
        let departments = managesTags ? [] : Set(own.compactMap { $0["departmentId"]?.text })
        guard let wanted = call.query.filled("department") else { return departments }
        return managesTags || departments.contains(wanted) ? [wanted] : departments
    }
}
