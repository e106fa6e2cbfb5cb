-- Who may read which room: the server's own rules (`canAccessRoom`, and `preview-c-room` for channels one is not in), from what
-- the copy knows. Where it does not know, nobody may.
with rooms as (
    select
        room_id,
        type,
        team_id,
        -- Access by attributes asks more than the copy knows.
        coalesce({{ rocket_chat.json_length("attributes") }}, 0) > 0 as has_attributes,
        -- The server tells the members of private rooms to members only; of others, what is there is what once was.
        type = 'c' or is_joined as has_known_members
    from {{ ref("stg_rooms") }}
),

holders as (
    select * from {{ ref("permission_holders") }}
),

members as (
    select memberships.room_id, memberships.user_id
    from {{ ref("dim_memberships") }} as memberships
    inner join rooms on rooms.room_id = memberships.room_id
    where rooms.has_known_members
        and not rooms.has_attributes
        and exists (
            select 1 from holders
            where holders.user_id = memberships.user_id
                and holders.permission in ('view-joined-room', 'view-' || rooms.type || '-room')
        )
),

open_to_all as (
    select rooms.room_id
    from rooms
    left join {{ ref("stg_teams") }} as teams on teams.team_id = rooms.team_id
    where rooms.type = 'c' and not rooms.has_attributes and (rooms.team_id is null or teams.type = 0)
),

enter as (
    select room_id, user_id from members
    union
    select open_to_all.room_id, holders.user_id
    from open_to_all
    cross join holders
    where holders.permission = 'view-c-room'
    union
    select rooms.room_id, team.user_id
    from rooms
    inner join {{ ref("stg_teams") }} as teams on teams.team_id = rooms.team_id and teams.type = 1
    inner join {{ ref("stg_team_members") }} as team on team.team_id = rooms.team_id
    where rooms.type = 'c' and not rooms.has_attributes
),

readers as (
    select distinct doors.room_id, enter.user_id
    from {{ ref("room_doors") }} as doors
    inner join enter on enter.room_id = doors.door_id
    inner join rooms on rooms.room_id = doors.room_id
    where not rooms.has_attributes
        and (
            rooms.type <> 'c'
            or exists (
                select 1 from holders where holders.user_id = enter.user_id and holders.permission = 'preview-c-room'
            )
            or exists (
                select 1 from members where members.room_id = doors.room_id and members.user_id = enter.user_id
            )
        )
)

select readers.room_id as access_group, readers.user_id, users.email
from readers
inner join {{ ref("dim_users") }} as users on users.user_id = readers.user_id
where users.is_active
