-- The text of each message as a person would read it out: people by name, without the empty links that make a quote.
with messages as (
    select
        message_id,
        trim(regexp_replace(text, '\[ \]\([^)]*[?&]msg=[^)]*\)', '', 'g')) as text
    from {{ ref("stg_messages") }}
    where kind = 'message' and text is not null
),

mentions as (
    select distinct message_id, username, name from {{ ref("fct_mentions") }} where username <> ''
),

pieces as (
    select messages.message_id, piece.piece, piece.position
    from messages
    {{ rocket_chat.pieces("messages.text", "@", "piece") }}
    where messages.message_id in (select message_id from mentions)
),

-- What follows an @ begins with the longest username mentioned, and the name ends there.
candidates as (
    select
        pieces.*,
        mentions.username,
        mentions.name,
        row_number() over (
            partition by pieces.message_id, pieces.position order by length(mentions.username) desc, mentions.name
        ) as rank
    from pieces
    left join mentions
        on mentions.message_id = pieces.message_id
        and pieces.position > 1
        and starts_with(pieces.piece, mentions.username)
        and not {{ rocket_chat.matches("substr(pieces.piece, length(mentions.username) + 1)", "^[._-]*[0-9A-Za-z]") }}
),

named as (
    select
        message_id,
        string_agg(
            case
                when position = 1 then piece
                when username is null then '@' || piece
                else '@' || name || substr(piece, length(username) + 1)
            end,
            '' order by position
        ) as text
    from candidates
    where rank = 1
    group by message_id
)

select messages.message_id, coalesce(named.text, messages.text) as spoken
from messages
left join named on named.message_id = messages.message_id
