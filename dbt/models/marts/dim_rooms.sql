-- One row per channel, private group, direct message and discussion, with a name for each.
with direct_people as (
    select rooms.room_id, member.position, {{ rocket_chat.json_scalar("member.item") }} as user_id
    from {{ ref("stg_rooms") }} as rooms
    {{ rocket_chat.json_items("rooms.user_ids", "member") }}
    where rooms.type = 'd'
),

direct_usernames as (
    select rooms.room_id, member.position, {{ rocket_chat.json_scalar("member.item") }} as username
    from {{ ref("stg_rooms") }} as rooms
    {{ rocket_chat.json_items("rooms.usernames", "member") }}
    where rooms.type = 'd'
),

-- The server gives direct messages no name; people call them by who is in them.
direct_names as (
    select
        people.room_id,
        string_agg(coalesce(users.name, named.username, people.user_id), ', ' order by people.position) as name
    from direct_people as people
    left join {{ ref("dim_users") }} as users on users.user_id = people.user_id
    left join direct_usernames as named on named.room_id = people.room_id and named.position = people.position
    group by people.room_id
)

select
    rooms.room_id,
    case
        when rooms.parent_room_id is not null then 'discussion'
        when rooms.type = 'c' then 'channel'
        when rooms.type = 'p' then 'group'
        else 'direct'
    end as kind,
    rooms.type,
    coalesce(
        case when rooms.type = 'd' then direct_names.name else nullif(rooms.display_name, '') end, rooms.name, rooms.room_id
    ) as name,
    rooms.name as slug,
    rooms.topic,
    rooms.description,
    rooms.creator_id,
    rooms.parent_room_id,
    rooms.team_id,
    coalesce(rooms.is_team_main, false) as is_team_main,
    coalesce(rooms.is_archived, false) as is_archived,
    coalesce(rooms.is_read_only, false) as is_read_only,
    coalesce(rooms.is_broadcast, false) as is_broadcast,
    coalesce(rooms.is_encrypted, false) as is_encrypted,
    rooms.created_at,
    rooms.updated_at
from {{ ref("stg_rooms") }} as rooms
left join direct_names on direct_names.room_id = rooms.room_id
