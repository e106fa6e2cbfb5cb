-- Through which rooms one comes into a room: through itself, and into a discussion through its parent, too.
with recursive doors as (
    select room_id, room_id as door_id, parent_room_id, 0 as depth from {{ ref("dim_rooms") }}
    union all
    select doors.room_id, rooms.room_id, rooms.parent_room_id, doors.depth + 1
    from doors
    inner join {{ ref("dim_rooms") }} as rooms on rooms.room_id = doors.parent_room_id
    where doors.depth < 8
)

select distinct room_id, door_id from doors
