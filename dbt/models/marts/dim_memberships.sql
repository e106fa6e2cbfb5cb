-- One row per room and member.
select distinct room_id, user_id from {{ ref("stg_room_members") }}
-- Invited people are not in yet, and banned ones not any more.
where coalesce(status, '') not in ('INVITED', 'BANNED')
