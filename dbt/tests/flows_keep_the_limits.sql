-- A stretch of talk has at most so many messages and, unless it is one message, so many bytes.
select conversation_id
from {{ ref("conversations") }}
where kind = 'flow'
    and (
        messages > {{ var("conversation_messages") }}
        or (messages > 1 and {{ rocket_chat.byte_length("text") }} > {{ var("conversation_bytes") }})
    )
