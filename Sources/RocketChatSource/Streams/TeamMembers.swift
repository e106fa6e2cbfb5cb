import RocketChatAPI

/// Who is in which team (rocket-chat-api.md §4.5). Deactivated users are left out by the server.
package let teamMembersStream = StreamDefinition(
    name: "team_members",
    summary: "Membership of one user in one team; teams that the token may not look into are empty.",
    primaryKey: ["team_id", "user_id"],
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("team_id", "Id of the team"),
        .string("user_id", "Id of the user"),
        .object("user", "_id, username, name, status"),
        .strings("roles", "owner, leader; null for ordinary members"),
        .object("createdBy", "Who added the user: _id, username"),
        .timestamp("createdAt", "Joined"),
    ],
    // Other people's preferences, of no analytic use.
    dropped: ["user.settings"] + UserSecrets.dropped.map { "user.\($0)" },
    since: ServerVersion(3, 13),
    reading: .partitioned(
        Partition(
            of: .teams, as: "team_id", lift: .init("user._id", as: "user_id"),
            .init(
                // Who is not in the team gets an empty list (v1/teams.ts, 3.13 to 8.6).
                ListEndpoint("v1/teams.members", rows: ["members"], paging: .offset(sort: nil)).with {
                    $0.conclusion = .goneUnlessEmptyWithout(permission: "view-all-teams")
                },
                parameter: "teamId"))))
