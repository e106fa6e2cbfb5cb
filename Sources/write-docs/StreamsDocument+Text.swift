extension StreamsDocument {
    /// What the document is, and what holds for all streams.
    static let head = """
        # Streams

        Made from the catalogue in `Sources/RocketChatSource/Streams`; do not edit it by hand: `swift run write-docs` writes it anew, and
        the README's table of streams with it.

        `discover` offers what the token can read on the server at hand and says in its log what it leaves out and which
        permission or version would add it. The six streams of Airbyte's own connector (`users`, `channels`, `rooms`,
        `subscriptions`, `roles`, `teams`) are always offered.

        Every field may be null. Timestamps are RFC 3339 in UTC. Fields that the server sends and this list lacks pass
        through, but for members named like Airbyte's own (`_ab_…`, `_airbyte_…`).

        What servers write in more than one way takes the declared form, without loss and without a note: a number or a
        date as text, a date as a number of milliseconds or as JavaScript prints it, a lone object or text where a list is
        declared, a number where text is; an empty text for nothing becomes null. A value that no such way leads to becomes
        null, with a note in the record's `meta.changes`.

        Some fields really hold several kinds of values, by version or by who wrote them. They are declared as a list, and a
        value that is no list on the server arrives as a list of one:
        \(unions)

        *Incremental* streams deliver what changed since the last sync. Where rows bear no date to go by, the cursor is the instant of
        the sync (`_ab_cdc_updated_at`), and each sync delivers all rows. *Removals* says how a removed row shows:
        a **tombstone** is a row with `_ab_cdc_deleted_at` set, which destinations in deduped mode apply by themselves;
        **history** means that rows stay when the server has dropped them (files, days of statistics, ended conversations and calls,
        reports that were dealt with), until a full refresh; **full refresh** means that the table is replaced each time.
        """

    /// How the streams join.
    static let diagram = """
        ## How they join

        ```mermaid
        erDiagram
            users ||--o{ messages : "_id = u._id"
            users ||--o{ room_members : "_id = _id"
            users ||--o{ role_users : "_id = _id"
            users ||--o{ team_members : "_id = user_id"
            users ||--o{ room_roles : "_id = user_id"
            users ||--o{ files : "_id = userId"
            users ||--o| livechat_agents : "_id = _id"
            channels ||--o{ messages : "_id = rid"
            groups ||--o{ messages : "_id = rid"
            direct_messages ||--o{ messages : "_id = rid"
            channels ||--o{ room_members : "_id = room_id"
            channels ||--o{ room_roles : "_id = room_id"
            channels ||--o{ files : "_id = room_id"
            channels ||--o{ video_conferences : "_id = room_id"
            channels ||--o{ invites : "_id = rid"
            rooms ||--o| subscriptions : "_id = rid"
            messages ||--o{ messages : "_id = tmid (thread)"
            messages ||--o| moderation_reports : "_id = message_id"
            messages ||--o{ files : "file._id = _id"
            teams ||--o{ team_members : "_id = team_id"
            teams ||--o{ team_rooms : "_id = team_id"
            channels ||--o| teams : "_id = roomId (main room)"
            team_rooms ||--o| channels : "_id = _id"
            team_rooms ||--o| groups : "_id = _id"
            roles ||--o{ role_users : "_id = role_id"
            roles }o--o{ permissions : "_id in roles"
            livechat_rooms ||--o{ livechat_messages : "_id = rid"
            livechat_visitors ||--o{ livechat_rooms : "_id = v._id"
            livechat_contacts ||--o{ livechat_rooms : "_id = contactId"
            livechat_departments ||--o{ livechat_rooms : "_id = departmentId"
            livechat_agents ||--o{ livechat_rooms : "_id = servedBy._id"
            livechat_agents }o--o{ livechat_departments : "departments has _id"
            livechat_agents ||--o{ livechat_department_agents : "_id = agentId"
            livechat_departments ||--o{ livechat_department_agents : "_id = departmentId"
            livechat_rooms }o--o{ livechat_tags : "tags has name"
        ```

        Where a line begins at `channels`, it begins at `groups` and `direct_messages` as well, as far as they have such rows.
        A discussion is a room with `prid`, the id of its parent; the message that announces it has its id in `drid`.
        Standing alone: `statistics`, `workspace`, `integrations`, `custom_emojis`, `custom_user_statuses`.
        """

    /// What is no stream, and why.
    static let leftOut = """
        ## What is left out, and why

        | What | Why |
        | --- | --- |
        | threads, discussions, pinned, starred and mentioned messages | They are messages: `tmid`, `tcount`, `drid`, `pinned`, `starred` and `mentions` say which |
        | settings | Passwords and keys of the workspace are among them |
        | oauth-apps.list | Hands out client secrets |
        | email-inbox.list | Hands out passwords of mail servers |
        | commands.list | What the server's software can do; no data of the workspace |
        | calendar-events.list, call-history.list | Of the token's own user only |
        | e2e.\\* | Keys and nothing else |
        | getLatestImportOperations | About the upkeep of the server, without content |
        | sessions, users.presence | Gone as soon as they are read; `status` of `users` has the last known presence |
        | audit.\\* (licensed) | Each read of the audit log writes an entry into it |
        | canned responses, units, priorities, service levels (licensed) | Their ids are in `livechat_rooms`; ask for them in an issue if you need the names |
        | livechat/inquiries.list | The queue of the moment; `livechat_rooms` has `queuedAt` and `status` |
        | moderation.userReports | Reports about people instead of messages, grouped by person, without ids of their own |
        """
}
