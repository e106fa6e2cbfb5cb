-- For SQLite alone, without dbt: `sqlite3 workspace.db < views.sql` gives the file of `airbyte-run sync` views of its messages,
-- rooms, people and memberships, in the words of the dbt package. Run it again after an update; the tables stay untouched.

DROP VIEW IF EXISTS stg_messages;
CREATE VIEW stg_messages AS
SELECT
    _id AS message_id,
    rid AS room_id,
    tmid AS thread_id,
    u ->> '_id' AS user_id,
    u ->> 'username' AS username,
    u ->> 'name' AS user_name,
    alias,
    msg AS text,
    ts AS sent_at,
    _updatedAt AS updated_at,
    editedAt AS edited_at,
    t AS system_type,
    e2e,
    tshow AS is_shown_in_room,
    pinned AS is_pinned,
    drid AS discussion_id,
    reactions,
    mentions,
    attachments,
    files,
    file,
    CASE
        WHEN t = 'e2e' OR e2e IS NOT NULL THEN 'encrypted'
        WHEN t IS NOT NULL THEN 'system'
        ELSE 'message'
    END AS kind
FROM messages
WHERE t IS NULL OR t <> 'rm';

DROP VIEW IF EXISTS stg_users;
CREATE VIEW stg_users AS
SELECT
    _id AS user_id,
    username,
    name,
    type,
    active AS is_active,
    emails,
    roles,
    utcOffset AS utc_offset,
    lastLogin AS last_login_at
FROM users;

DROP VIEW IF EXISTS stg_room_members;
CREATE VIEW stg_room_members AS
SELECT room_id, _id AS user_id, username, subscription ->> 'status' AS status
FROM room_members;

DROP VIEW IF EXISTS stg_livechat_rooms;
CREATE VIEW stg_livechat_rooms AS
SELECT
    _id AS room_id,
    v ->> '_id' AS visitor_id,
    fname AS visitor_name,
    departmentId AS department_id,
    servedBy ->> '_id' AS agent_id,
    servedBy ->> 'username' AS agent_username,
    source ->> 'type' AS source,
    tags,
    open AS is_open,
    ts AS opened_at,
    servedBy ->> 'ts' AS taken_at,
    closedAt AS closed_at,
    closer
FROM livechat_rooms;

DROP VIEW IF EXISTS stg_livechat_messages;
CREATE VIEW stg_livechat_messages AS
SELECT
    _id AS message_id,
    rid AS room_id,
    u ->> '_id' AS user_id,
    u ->> 'username' AS username,
    msg AS text,
    ts AS sent_at,
    t AS system_type
FROM livechat_messages
WHERE t IS NULL OR t <> 'rm';

-- Every room once: the row that changed last, so that a channel made private is private.
DROP VIEW IF EXISTS stg_rooms;
CREATE VIEW stg_rooms AS
WITH shown AS (
    SELECT 1 AS place, _id, t, name, fname, topic, description, u, prid, teamId, teamMain, archived, ro, broadcast, encrypted, uids,
        usernames, abacAttributes, ts, _updatedAt FROM channels
    UNION ALL
    SELECT 2, _id, t, name, fname, topic, description, u, prid, teamId, teamMain, archived, ro, broadcast, encrypted, uids,
        usernames, abacAttributes, ts, _updatedAt FROM groups
    UNION ALL
    SELECT 3, _id, t, name, fname, topic, description, u, prid, teamId, teamMain, archived, ro, broadcast, encrypted, uids,
        usernames, abacAttributes, ts, _updatedAt FROM direct_messages
    UNION ALL
    SELECT 4, _id, t, name, fname, topic, description, u, prid, teamId, teamMain, archived, ro, broadcast, encrypted, uids,
        usernames, abacAttributes, ts, _updatedAt FROM rooms
    UNION ALL
    SELECT 5, _id, t, name, fname, topic, description, u, prid, teamId, teamMain, archived, ro, broadcast, encrypted, uids,
        usernames, abacAttributes, ts, _updatedAt FROM team_rooms
),
ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY _id ORDER BY _updatedAt DESC NULLS LAST, place) AS rank,
        max(place = 4) OVER (PARTITION BY _id) AS is_joined
    FROM shown
    WHERE t IN ('c', 'p', 'd')
)
SELECT
    _id AS room_id,
    t AS type,
    name,
    fname AS display_name,
    topic,
    description,
    u ->> '_id' AS creator_id,
    prid AS parent_room_id,
    teamId AS team_id,
    teamMain AS is_team_main,
    archived AS is_archived,
    ro AS is_read_only,
    broadcast AS is_broadcast,
    encrypted AS is_encrypted,
    uids AS user_ids,
    usernames,
    abacAttributes AS attributes,
    ts AS created_at,
    _updatedAt AS updated_at,
    is_joined
FROM ranked
WHERE rank = 1;

-- The same with a name for each, direct messages by who is in them.
DROP VIEW IF EXISTS dim_rooms;
CREATE VIEW dim_rooms AS
SELECT
    room_id,
    CASE
        WHEN parent_room_id IS NOT NULL THEN 'discussion'
        WHEN type = 'c' THEN 'channel'
        WHEN type = 'p' THEN 'group'
        ELSE 'direct'
    END AS kind,
    type,
    coalesce(
        CASE
            WHEN type = 'd' THEN (
                SELECT group_concat(person, ', ')
                FROM (
                    SELECT coalesce(nullif(users.name, ''), users.username, rooms.usernames ->> member.key, member.value) AS person
                    FROM json_each(rooms.user_ids) AS member
                    LEFT JOIN users ON users._id = member.value
                    ORDER BY member.key
                )
            )
            ELSE nullif(display_name, '')
        END,
        name,
        room_id
    ) AS name,
    name AS slug,
    topic,
    description,
    creator_id,
    parent_room_id,
    team_id,
    coalesce(is_team_main, 0) AS is_team_main,
    coalesce(is_archived, 0) AS is_archived,
    coalesce(is_read_only, 0) AS is_read_only,
    coalesce(is_broadcast, 0) AS is_broadcast,
    coalesce(is_encrypted, 0) AS is_encrypted,
    created_at,
    updated_at
FROM stg_rooms AS rooms;
