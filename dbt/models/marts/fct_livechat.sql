-- One row per conversation with a visitor: how long until somebody took it, answered, resolved it.
with written as (
    select messages.*, messages.user_id = rooms.visitor_id as is_by_visitor
    from {{ ref("stg_livechat_messages") }} as messages
    inner join {{ ref("stg_livechat_rooms") }} as rooms on rooms.room_id = messages.room_id
    where messages.system_type is null
),

counts as (
    select
        room_id,
        sum(case when is_by_visitor then 1 else 0 end) as visitor_messages,
        sum(case when is_by_visitor then 0 else 1 end) as agent_messages,
        min(case when is_by_visitor then null else sent_at end) as first_response_at
    from written
    group by room_id
)

select
    rooms.room_id,
    rooms.visitor_id,
    rooms.visitor_name,
    rooms.department_id,
    rooms.agent_id,
    rooms.agent_username,
    rooms.source,
    rooms.opened_at,
    rooms.taken_at,
    counts.first_response_at,
    rooms.closed_at,
    rooms.closer,
    rooms.closed_at is not null as is_closed,
    coalesce(counts.visitor_messages, 0) as visitor_messages,
    coalesce(counts.agent_messages, 0) as agent_messages,
    {{ rocket_chat.seconds_between("rooms.opened_at", "rooms.taken_at") }} as seconds_to_taken,
    {{ rocket_chat.seconds_between("rooms.opened_at", "counts.first_response_at") }} as seconds_to_first_response,
    {{ rocket_chat.seconds_between("rooms.opened_at", "rooms.closed_at") }} as seconds_to_resolution
from {{ ref("stg_livechat_rooms") }} as rooms
left join counts on counts.room_id = rooms.room_id
