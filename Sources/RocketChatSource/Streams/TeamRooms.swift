import RocketChatAPI

/// Rooms of teams, also those of teams that `channels` and `groups` leave out (rocket-chat-api.md §4.5).
package let teamRoomsStream = StreamDefinition(
    name: "team_rooms",
    summary: "A room of one team.",
    primaryKey: ["team_id", "_id"],
    cursor: StreamDefinition.syncInstant,
    fields: [.string("team_id", "Id of the team")] + RoomFields.all + [
        .boolean("isDefault", "Team members join by themselves; some versions only")
    ],
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    since: ServerVersion(3, 13),
    reading: .partitioned(
        Partition(
            of: .teams, as: "team_id",
            .init(
                // Without the permission those that are public or the user's own (v1/teams.ts, 3.13 to 8.6).
                ListEndpoint("v1/teams.listRooms", rows: ["rooms"], paging: .offset(sort: nil)).with {
                    $0.isOwn = true
                    $0.widening = ["view-all-team-channels"]
                },
                parameter: "teamId"))))
