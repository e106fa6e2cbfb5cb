-- What each message says, as one line of a conversation: `name: text`, null where there is nothing that may be read.
with spoken as (
    select * from {{ ref("spoken_texts") }}
),

quotes as (
    select
        quoting.message_id,
        string_agg(
            case
                when spoken.spoken <> '' then '[quote ' || quoted.author_name || ': ' || spoken.spoken || ']'
                else '[quote]'
            end,
            ' ' order by attachment.position
        ) as text
    from {{ ref("stg_messages") }} as quoting
    {{ rocket_chat.json_items("quoting.attachments", "attachment") }}
    -- Never the copy inside the attachment: it outlives the message, and may come from a room that not every reader is in.
    left join {{ ref("fct_messages") }} as quoted
        on quoted.message_id = {{ rocket_chat.caught(rocket_chat.json_text("attachment.item", ["message_link"]), "[?&]msg=([^&#]+)") }}
        and quoted.room_id = quoting.room_id
        and quoted.kind = 'message'
    left join spoken on spoken.message_id = quoted.message_id
    where {{ rocket_chat.json_text("attachment.item", ["message_link"]) }} is not null
    group by quoting.message_id
),

files as (
    select message_id, string_agg('[file ' || name || ']', ' ' order by position) as text
    from {{ ref("fct_files") }}
    where name is not null
    group by message_id
),

said as (
    select
        messages.*,
        case
            when messages.kind = 'message' then
                nullif(trim(concat_ws(' ', quotes.text, nullif(spoken.spoken, ''), files.text)), '')
        end as content
    from {{ ref("fct_messages") }} as messages
    left join spoken on spoken.message_id = messages.message_id
    left join quotes on quotes.message_id = messages.message_id
    left join files on files.message_id = messages.message_id
    where messages.kind <> 'system'
)

select
    message_id,
    room_id,
    thread_id,
    user_id,
    author_name,
    kind,
    sent_at,
    updated_at,
    replies,
    author_name || ': ' || content as line
from said
