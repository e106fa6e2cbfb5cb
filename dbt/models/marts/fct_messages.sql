-- One row per message: whose, where, when, of what kind. System messages and encrypted ones are rows too; `kind` tells them.
with replies as (
    select thread_id, count(*) as replies
    from {{ ref("stg_messages") }}
    where thread_id is not null and kind <> 'system'
    group by thread_id
)

select
    messages.message_id,
    messages.room_id,
    messages.thread_id,
    messages.user_id,
    messages.username,
    -- As it was when the message was written.
    coalesce(nullif(messages.alias, ''), nullif(messages.user_name, ''), messages.username) as author_name,
    messages.kind,
    messages.system_type,
    case when messages.kind = 'encrypted' then null else messages.text end as text,
    messages.sent_at,
    cast({{ rocket_chat.local_time("messages.sent_at") }} as date) as sent_on,
    cast(extract(hour from {{ rocket_chat.local_time("messages.sent_at") }}) as integer) as sent_hour,
    -- 1 is Monday.
    cast(extract(isodow from {{ rocket_chat.local_time("messages.sent_at") }}) as integer) as sent_weekday,
    messages.updated_at,
    messages.edited_at,
    messages.edited_at is not null as is_edited,
    coalesce(messages.is_pinned, false) as is_pinned,
    coalesce(messages.is_shown_in_room, false) as is_shown_in_room,
    coalesce(replies.replies, 0) as replies,
    messages.discussion_id
from {{ ref("stg_messages") }} as messages
left join replies on replies.thread_id = messages.message_id
