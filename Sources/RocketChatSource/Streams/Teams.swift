import RocketChatAPI

/// Teams: all of them for an administrator, otherwise those of the token's user (rocket-chat-api.md §4.5).
package let teamsStream = StreamDefinition(
    name: "teams",
    summary: "A team: every one for an administrator, otherwise those of the token's user.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the team"),
        .string("name"),
        .integer("type", "0 public, 1 private"),
        .string("roomId", "Main room of the team"),
        .object("createdBy", "_id, username"),
        .timestamp("createdAt"),
        .timestamp("_updatedAt", "Last change of the team"),
        .integer("rooms", "Number of rooms"),
        .integer("numberOfUsers"),
        .boolean("isOwner", "The token's user owns the team; some versions only"),
    ],
    since: ServerVersion(3, 13),
    reading: .listing(
        Listing(
            // teams.listAll honours no sort (rocket-chat-api.md §3.2).
            ListEndpoint(
                "v1/teams.listAll", rows: ["teams"], paging: .offset(sort: nil), needs: .permission("view-all-teams")),
            ListEndpoint("v1/teams.list", rows: ["teams"]).with { $0.isOwn = true },
            // Numbers of rooms and members are counted when asked, and leave `_updatedAt` alone.
            isStamped: false)))
