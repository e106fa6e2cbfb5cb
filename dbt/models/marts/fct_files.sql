-- One row per file of a message. Taken from the messages, whose removals are told; the stream `files` keeps rows of removed ones.
with attached as (
    select messages.*, attached.item as document, attached.position as position
    from {{ ref("stg_messages") }} as messages
    {{ rocket_chat.json_items("messages.files", "attached") }}
    union all
    -- Before 3.x a message had one file.
    select messages.*, messages.file as document, 1 as position
    from {{ ref("stg_messages") }} as messages
    where messages.files is null and messages.file is not null
)

select
    {{ rocket_chat.json_text("document", ["_id"]) }} as file_id,
    message_id,
    room_id,
    user_id,
    position,
    {{ rocket_chat.json_text("document", ["name"]) }} as name,
    {{ rocket_chat.json_text("document", ["type"]) }} as media_type,
    cast({{ rocket_chat.json_text("document", ["size"]) }} as {{ rocket_chat.type_of("number") }}) as bytes,
    kind = 'encrypted' as is_encrypted,
    sent_at
from attached
-- Thumbnails that the server makes of pictures are listed beside them.
where coalesce({{ rocket_chat.json_text("document", ["typeGroup"]) }}, '') <> 'thumb'
    and {{ rocket_chat.json_text("document", ["_id"]) }} is not null
