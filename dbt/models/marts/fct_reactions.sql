-- One row per reaction: who put which emoji under which message.
select
    messages.message_id,
    messages.room_id,
    messages.user_id as author_id,
    reaction.key as emoji,
    {{ rocket_chat.json_scalar("person.item") }} as username,
    users.user_id,
    messages.sent_at
from {{ ref("stg_messages") }} as messages
{{ rocket_chat.json_members("messages.reactions", "reaction") }}
{{ rocket_chat.json_items(rocket_chat.json_member("reaction.value", "usernames"), "person") }}
left join {{ ref("dim_users") }} as users on users.username = {{ rocket_chat.json_scalar("person.item") }}
