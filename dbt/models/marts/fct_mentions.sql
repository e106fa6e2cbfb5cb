-- One row per mention of a person, a team, or all (`@all`, `@here`) in a message.
select distinct
    messages.message_id,
    messages.room_id,
    messages.user_id as author_id,
    case
        when {{ rocket_chat.json_text("mention.item", ["_id"]) }} in ('all', 'here') then 'everybody'
        else coalesce({{ rocket_chat.json_text("mention.item", ["type"]) }}, 'user')
    end as kind,
    {{ rocket_chat.json_text("mention.item", ["_id"]) }} as mentioned_id,
    {{ rocket_chat.json_text("mention.item", ["username"]) }} as username,
    coalesce(
        nullif({{ rocket_chat.json_text("mention.item", ["name"]) }}, ''),
        {{ rocket_chat.json_text("mention.item", ["username"]) }}
    ) as name,
    messages.sent_at
from {{ ref("stg_messages") }} as messages
{{ rocket_chat.json_items("messages.mentions", "mention") }}
