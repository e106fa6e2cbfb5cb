-- Every room that some stream shows, once: the row that changed last, so that a channel made private is private.
{% set columns = {
    "room_id": ["_id", "text"],
    "type": ["t", "text"],
    "name": ["name", "text"],
    "display_name": ["fname", "text"],
    "topic": ["topic", "text"],
    "description": ["description", "text"],
    "creator_id": ["u._id", "text"],
    "parent_room_id": ["prid", "text"],
    "team_id": ["teamId", "text"],
    "is_team_main": ["teamMain", "boolean"],
    "is_archived": ["archived", "boolean"],
    "is_read_only": ["ro", "boolean"],
    "is_broadcast": ["broadcast", "boolean"],
    "is_encrypted": ["encrypted", "boolean"],
    "user_ids": ["uids", "json"],
    "usernames": ["usernames", "json"],
    "attributes": ["abacAttributes", "json"],
    "created_at": ["ts", "timestamp"],
    "updated_at": ["_updatedAt", "timestamp"],
} %}
{% set streams = ["channels", "groups", "direct_messages", "rooms", "team_rooms"] %}

with shown as (
    {% for stream in streams %}
    select {{ loop.index }} as place, {{ stream }}.*
    from ({{ rocket_chat.landed(stream, columns, whole=(stream == "team_rooms")) }}) as {{ stream }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

ranked as (
    select
        *,
        row_number() over (partition by room_id order by updated_at desc nulls last, place) as rank,
        -- The token's user is in the room: only of such private rooms the server tells the members.
        max(case when place = 4 then 1 else 0 end) over (partition by room_id) = 1 as is_joined
    from shown
    where type in ('c', 'p', 'd')
)

select * from ranked where rank = 1
