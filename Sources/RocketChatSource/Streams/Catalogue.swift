/// Every stream there is. `discover`, `read`, `check`, docs/streams.md and the stream tests all go by this list.
package enum Catalogue {
    /// All streams, in the order in which they are offered.
    package static let all: [StreamDefinition] = [
        usersStream, roomsStream, channelsStream, groupsStream, directMessagesStream, messagesStream, filesStream,
        roomMembersStream, roomRolesStream, teamsStream, teamMembersStream, teamRoomsStream, rolesStream,
        roleUsersStream, permissionsStream, subscriptionsStream, customEmojisStream, customUserStatusesStream,
        integrationsStream, invitesStream, videoConferencesStream, moderationReportsStream, statisticsStream,
        workspaceStream, livechatRoomsStream, livechatMessagesStream, livechatVisitorsStream,
        livechatContactsStream, livechatAgentsStream, livechatDepartmentsStream, livechatDepartmentAgentsStream,
        livechatTagsStream,
    ]

    /// The same by what they are about, for the README.
    package static let groups: [(title: String, streams: [StreamDefinition])] = [
        (
            "conversations",
            [
                messagesStream, roomsStream, channelsStream, groupsStream, directMessagesStream, subscriptionsStream,
                filesStream, videoConferencesStream,
            ]
        ),
        (
            "people",
            [
                usersStream, roomMembersStream, roomRolesStream, teamsStream, teamMembersStream, teamRoomsStream,
                rolesStream, roleUsersStream, permissionsStream,
            ]
        ),
        (
            "livechat",
            [
                livechatRoomsStream, livechatMessagesStream, livechatVisitorsStream, livechatContactsStream,
                livechatAgentsStream, livechatDepartmentsStream, livechatDepartmentAgentsStream, livechatTagsStream,
            ]
        ),
        (
            "workspace",
            [
                workspaceStream, statisticsStream, integrationsStream, invitesStream, customEmojisStream,
                customUserStatusesStream, moderationReportsStream,
            ]
        ),
    ]

    /// The streams of Airbyte's own connector: always offered, so that a connection can move over as it is.
    package static let official: Set<String> = ["users", "channels", "rooms", "subscriptions", "roles", "teams"]

    /// Every path below `/api/` that this connector may call, always with GET. None of them writes, joins or creates anything,
    /// or leaves an entry in the server's audit log; `statistics` is never asked to refresh itself.
    package static var paths: Set<String> {
        all.reduce(into: Access.paths) { $0.formUnion($1.reading.traits.allPaths) }
    }

    /// The stream called `name`, or nil.
    package static func stream(named name: String) -> StreamDefinition? { all.first { $0.name == name } }
}
