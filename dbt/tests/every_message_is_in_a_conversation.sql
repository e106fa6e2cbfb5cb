-- Each message that people wrote is in one conversation, or in two when it began a thread.
with counts as (
    select message_id, count(*) as conversations from {{ ref("conversation_messages") }} group by message_id
)

select messages.message_id
from {{ ref("fct_messages") }} as messages
left join counts on counts.message_id = messages.message_id
where messages.kind <> 'system'
    and (
        counts.conversations is null
        or counts.conversations > case when messages.replies > 0 and messages.thread_id is null then 2 else 1 end
    )
