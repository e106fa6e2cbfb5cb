extension Workspace {
    /// People and small things come and go, of which `live` removes none; `accounts` holds the ids of those who stay.
    mutating func turnOver(sparing accounts: [String], at now: Int64) {
        let others = users.indices.filter {
            !users[$0].isRemoved && users[$0].kind == .user && !accounts.contains(users[$0].id)
        }
        guard let gone = others.first, let other = others.last, gone != other else { return }
        remove(user: gone, erasing: false, at: now)
        let newcomer = add(
            User(
                id: newIdentifier(), username: "newcomer.\(users.count)", name: "Newcomer", kind: .user,
                roles: ["user"], createdAt: now, updatedAt: now))
        join(.general, newcomer, at: now)
        toggle("livechat-agent", of: other, at: now)
        if let role = roles.rows.randomRole(&random) { toggle(role, of: newcomer, at: now) }
        for team in teams.indices where !teams[team].isRemoved {
            let isIn = teams[team].has(other)
            if isIn { leave(teams[team].room, other, at: now) } else { join(teams[team].room, other, at: now) }
            let passing = rooms.firstIndex {
                $0.team == teams[team].id && $0.name?.hasPrefix("passing-") == true && !$0.isRemoved
            }
            if let passing { deleteRoom(passing, at: now) }
            createRoom(.channel, name: "passing-\(rooms.count)", by: newcomer, team: team, at: now)
        }
        turnOver("statuses", \.statuses)
        turnOver("invites", \.invites)
        turnOver("visitors", \.visitors)
        turnOver("departmentAgents", \.departmentAgents)
    }

    private mutating func toggle(_ role: String, of user: UserIndex, at now: Int64) {
        change(user: user, at: now) { user in
            if let index = user.roles.firstIndex(of: role) {
                user.roles.remove(at: index)
            } else {
                user.roles.append(role)
            }
        }
    }

    private mutating func turnOver(_ name: String, _ path: WritableKeyPath<Collections, Catalogue>) {
        let back = collections.away.removeValue(forKey: name)
        if collections[keyPath: path].rows.count > 1 {
            collections.away[name] = collections[keyPath: path].rows.removeFirst()
        }
        if let back { collections[keyPath: path].rows.append(back) }
    }
}

extension [JSONObject] {
    // The id of a role of the workspace that ordinary people may have without being let in everywhere.
    fileprivate func randomRole(_ random: inout SeededRandom) -> String? {
        let found = filter { $0["scope"] == "Users" }.compactMap { $0["_id"]?.text }
            .filter { !["admin", "bot", "app"].contains($0) }
        return found.isEmpty ? nil : random.pick(found)
    }
}
