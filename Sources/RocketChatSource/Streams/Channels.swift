import RocketChatAPI

/// Public channels. `channels.list` leaves out those of teams that the token's user is not in (rocket-chat-api.md §4.2), so that
/// other listings add them, with fewer fields.
package let channelsStream = StreamDefinition(
    name: "channels",
    summary: "A public channel that the token may see, public discussions included.",
    cursor: "_updatedAt",
    fields: RoomFields.all,
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    needs: .any(["view-c-room", "view-joined-room"]),
    reading: .listing(
        Listing(ways: [
            [channelsList, RoomRoutes.everyRoom.with { $0.kind = "c" }],
            [
                channelsList,
                ListEndpoint(
                    "v1/teams.listRooms", rows: ["rooms"], paging: .offset(sort: nil), since: ServerVersion(3, 13)
                ).with {
                    $0.kind = "c"
                    $0.isOwn = true
                    $0.isPerTeam = true
                },
                // Where the user may not list channels, and where 7.0.0 to 7.3.2 refuse to page them (#35187).
                ListEndpoint("v1/rooms.get", rows: ["update"], paging: .none).with {
                    $0.kind = "c"
                    $0.isOwn = true
                    $0.isStandIn = true
                },
                RoomRoutes.directory.with {
                    $0.kind = "c"
                    $0.isOwn = true
                    $0.isStandIn = true
                },
            ],
        ])))

/// Without channels of teams that the user is not in; with `view-joined-room` alone, only the user's own.
private let channelsList = ListEndpoint(
    "v1/channels.list", rows: ["channels"], needs: .any(["view-c-room", "view-joined-room"])
).with { $0.widening = ["view-c-room"] }
