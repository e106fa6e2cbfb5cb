-- One row per room and day on which somebody wrote there; days are those of `time_zone`.
select
    room_id,
    sent_on,
    count(*) as messages,
    count(distinct user_id) as authors,
    sum(case when thread_id is not null then 1 else 0 end) as thread_replies,
    sum(case when is_edited then 1 else 0 end) as edited,
    min(sent_at) as first_at,
    max(sent_at) as last_at
from {{ ref("fct_messages") }}
where kind <> 'system'
group by room_id, sent_on
