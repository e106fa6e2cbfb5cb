-- One row per thread with replies. The message that began it may be gone; then its columns are null.
with replies as (
    select
        *,
        row_number() over (partition by thread_id order by sent_at, message_id) as place
    from {{ ref("fct_messages") }}
    where thread_id is not null and kind <> 'system'
),

people as (
    select thread_id, user_id from replies
    union
    select message_id, user_id from {{ ref("fct_messages") }} where replies > 0
),

participants as (
    select thread_id, count(*) as participants from people group by thread_id
),

answers as (
    select replies.thread_id, min(replies.sent_at) as answered_at
    from replies
    inner join {{ ref("fct_messages") }} as starters on starters.message_id = replies.thread_id
    where replies.user_id <> starters.user_id
    group by replies.thread_id
)

select
    replies.thread_id,
    min(replies.room_id) as room_id,
    min(starters.user_id) as starter_id,
    min(starters.sent_at) as started_at,
    count(*) as replies,
    max(participants.participants) as participants,
    min(replies.sent_at) as first_reply_at,
    max(replies.sent_at) as last_reply_at,
    min(case when replies.place = 1 then replies.user_id end) as first_replier_id,
    {{ rocket_chat.seconds_between("min(starters.sent_at)", "min(replies.sent_at)") }} as seconds_to_first_reply,
    -- The first reply of somebody else than who began the thread.
    min(answers.answered_at) as first_answer_at,
    {{ rocket_chat.seconds_between("min(starters.sent_at)", "min(answers.answered_at)") }} as seconds_to_first_answer
from replies
inner join participants on participants.thread_id = replies.thread_id
left join {{ ref("fct_messages") }} as starters on starters.message_id = replies.thread_id
left join answers on answers.thread_id = replies.thread_id
group by replies.thread_id
