import AirbyteProtocol
import RocketChatAPI

@testable import RocketChatSource

/// docs/streams.md, made from the catalogue.
struct StreamsDocument {
    /// The whole document.
    var text: String {
        ([Self.head, overview, conclusions, Self.diagram] + Catalogue.all.map(section) + [Self.leftOut])
            .joined(separator: "\n\n") + "\n"
    }

    private static let head = """
        # Streams

        Made from the catalogue in `Sources/RocketChatSource/Streams` by a test; do not edit it by hand:
        `UPDATE_DOCS=1 swift test --filter StreamsDocumentTests` writes it anew.

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

        *Incremental* streams deliver what changed since the last sync. *Removals* says how a removed row shows:
        a **tombstone** is a row with `_ab_cdc_deleted_at` set, which destinations in deduped mode apply by themselves;
        **full refresh** means that a vanished row is seen by a full refresh only.
        """

    /// The fields of several kinds, with the streams that have them.
    private static var unions: String {
        var streams: [String: [String]] = [:]
        for stream in Catalogue.all {
            for field in stream.fields where field.type == .list {
                streams[field.name, default: []].append(stream.name)
            }
        }
        let names = streams.sorted { $0.key < $1.key }
        return names.map { "`\($0.key)` (\($0.value.joined(separator: ", ")))" }.joined(separator: "; ") + "."
    }

    private var overview: String {
        let rows = Catalogue.all.map { stream in
            let key = stream.primaryKey.map { "`\($0)`" }.joined(separator: ", ")
            let cursor = stream.cursor.map { "`\($0)`" } ?? "none"
            return "| [`\(stream.name)`](#\(stream.name)) | \(key) | \(cursor) | \(removals(stream)) "
                + "| \(needs(stream)) | \(stream.since.map { "\($0)" } ?? "") |"
        }
        return """
            | Stream | Key | Cursor | Removals | Needs | From version |
            | --- | --- | --- | --- | --- | --- |
            \(rows.joined(separator: "\n"))
            """
    }

    /// What each listing proves of a row that it lacks.
    private var conclusions: String {
        let rows = Catalogue.all.flatMap { stream -> [String] in
            switch stream.reading {
            case .listing(let listing):
                var seen: Set<String> = []
                return listing.endpoints.filter { seen.insert($0.route).inserted }.map { endpoint in
                    "| `\(stream.name)` | `\(endpoint.route)` | \(conclusion(endpoint)) |"
                }
            case .updates(let updates):
                return ["| `\(stream.name)` | `\(updates.path)` | nothing; what it names as removed is gone |"]
            case .messages:
                return ["| `\(stream.name)` | `v1/chat.syncMessages` | nothing; what it names as removed is gone |"]
            case .partitioned(let partition):
                return partition.variants.map {
                    "| `\(stream.name)` | `\($0.endpoint.path)` | nothing; a full refresh replaces the table |"
                }
            case .growing(let endpoint):
                return ["| `\(stream.name)` | `\(endpoint.path)` | nothing; a full refresh replaces the table |"]
            case .livechatRooms:
                return ["| `\(stream.name)` | `v1/livechat/rooms` | nothing; a full refresh replaces the table |"]
            case .workspace: return []
            }
        }
        return """
            ## What a missing row proves

            A row gets a tombstone only when a complete and successful reading of the listing that it came from lacks it: the same
            route and parameters, asked by an account that sees no less. The state says for each row which one that was. What
            another listing lacks stays as it is, and the log says so.

            | Stream | Listing | A row that it lacks |
            | --- | --- | --- |
            \(rows.joined(separator: "\n"))
            """
    }

    private func conclusion(_ endpoint: ListEndpoint) -> String {
        let own = endpoint.isOwn ? "is gone from what the token's user sees" : "is gone"
        return switch endpoint.conclusion {
        case .gone: own
        case .goneUnlessEmpty(let versions):
            own + ", unless nothing is listed at all on "
                + versions.sorted().map { "\($0.major).\($0.minor)" }.joined(separator: " or ")
        case .goneFor(let roles):
            own + " if the token's user is " + roles.sorted().map { "`\($0)`" }.joined(separator: " or ")
                + "; to others it may be hidden"
        }
    }

    private func removals(_ stream: StreamDefinition) -> String {
        stream.cursor != nil && stream.reading.traits.tellsRemovals ? "tombstone" : "full refresh"
    }

    private func needs(_ stream: StreamDefinition) -> String {
        switch stream.needs {
        case .nothing: ""
        case .any(let names): names.map { "`\($0)`" }.joined(separator: " or ")
        }
    }

    private func section(_ stream: StreamDefinition) -> String {
        var facts = ["**Modes:** full refresh" + (stream.cursor == nil ? "" : ", incremental")]
        facts.append("**Key:** " + stream.primaryKey.map { "`\($0)`" }.joined(separator: ", "))
        if let cursor = stream.cursor { facts.append("**Cursor:** `\(cursor)`") }
        facts.append("**Read from:** " + source(stream))
        let needed = needs(stream)
        if !needed.isEmpty { facts.append("**Needs:** \(needed)") }
        if let since = stream.since { facts.append("**From version:** \(since)") }
        if !stream.dropped.isEmpty {
            facts.append(
                "**Never leaves the server's answer:** " + stream.dropped.map { "`\($0)`" }.joined(separator: ", "))
        }
        if !stream.masking.isEmpty {
            facts.append("**Masked:** access tokens of Slack in the texts of imported messages")
        }
        facts += parents(of: stream.kept).map { parent, names in
            "**Of `\(parent)` only these leave:** " + names.map { "`\($0)`" }.joined(separator: ", ")
        }
        let fields = stream.fields.map { "| `\($0.name)` | \(type($0)) | \($0.note) |" }
        return """
            ## \(stream.name)

            \(stream.summary)

            \(facts.map { "- \($0)" }.joined(separator: "\n"))

            | Field | Type | |
            | --- | --- | --- |
            \(fields.joined(separator: "\n"))
            """
    }

    /// Paths by what they lead on from.
    private func parents(of paths: [String]) -> [(parent: String, names: [String])] {
        let parts = paths.map { $0.split(separator: ".") }
        let groups = Dictionary(grouping: parts) { $0.dropLast().joined(separator: ".") }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map { String($0.last ?? "") }) }
    }

    private func type(_ field: Field) -> String {
        switch field.type {
        case .array, .strings, .objects, .list:
            "array of " + field.items.filter { $0 != "null" }.joined(separator: " or ")
        default: "\(field.type)"
        }
    }

    private func source(_ stream: StreamDefinition) -> String {
        func code(_ paths: [String]) -> String {
            var seen: Set<String> = []
            return paths.filter { seen.insert($0).inserted }.map { "`\($0)`" }.joined(separator: ", ")
        }
        switch stream.reading {
        case .listing(let listing):
            let names = listing.endpoints.map(\.path)
            return code(names) + (Set(names).count > 1 ? " (the first that the token and the server allow)" : "")
        case .updates(let updates): return code([updates.path]) + ", with what changed and what was removed"
        case .messages(.conversations): return code(["v1/chat.syncMessages"]) + ", room by room"
        case .messages(.livechat): return code(["v1/chat.syncMessages"]) + ", conversation by conversation"
        case .partitioned(let partition):
            return code(partition.variants.map(\.endpoint.path))
                + ", \(partition.parents.word) by \(partition.parents.word)"
        case .growing(let endpoint): return code([endpoint.path]) + ", newest first until a known row"
        case .livechatRooms:
            return code(["v1/livechat/rooms"]) + ", newest change first until a known one"
        case .workspace: return code(["info"])
        }
    }

    private static let diagram = """
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
        ```

        Where a line begins at `channels`, it begins at `groups` and `direct_messages` as well, as far as they have such rows.
        A discussion is a room with `prid`, the id of its parent; the message that announces it has its id in `drid`.
        Standing alone: `statistics`, `workspace`, `integrations`, `custom_emojis`, `custom_user_statuses`.
        """

    private static let leftOut = """
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
        | canned responses, units, tags, priorities, service levels (licensed) | Their ids are in `livechat_rooms`; ask for them in an issue if you need the names |
        | livechat/inquiries.list | The queue of the moment; `livechat_rooms` has `queuedAt` and `status` |
        | moderation.userReports | Reports about people instead of messages, grouped by person, without ids of their own |
        """
}
