-- One row per room and member, live chats left out.
select distinct room_id, user_id from {{ ref("stg_room_members") }}
-- Invited people are not in yet, and banned ones not any more.
where coalesce(status, '') not in ('INVITED', 'BANNED')
    and room_id not in (select room_id from {{ ref("stg_livechat_rooms") }} where room_id is not null)
