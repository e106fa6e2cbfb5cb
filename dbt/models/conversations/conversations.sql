-- One row per conversation, with its text and the group that may read it. Who is in the group stands in `access_groups`.
with site as (
    select
        {% if var("site_url") %}
        '{{ var("site_url") | trim("/") }}'
        {% else %}
        (select rtrim(min(url), '/') from {{ ref("stg_workspace") }})
        {% endif %} as url
),

people as (
    select
        belongs.conversation_id,
        lines.user_id,
        min(lines.author_name) as name,
        min(lines.sent_at) as joined_at
    from {{ ref("conversation_messages") }} as belongs
    inner join {{ ref("conversation_lines") }} as lines on lines.message_id = belongs.message_id
    group by belongs.conversation_id, lines.user_id
),

participants as (
    select
        conversation_id,
        {{ rocket_chat.json_list("name", "joined_at, user_id") }} as participants,
        {{ rocket_chat.json_list("user_id", "joined_at, user_id") }} as participant_ids
    from people
    group by conversation_id
),

gathered as (
    select
        belongs.conversation_id,
        belongs.kind,
        lines.room_id,
        min(lines.sent_at) as started_at,
        max(lines.sent_at) as last_message_at,
        max(lines.updated_at) as last_changed_at,
        count(*) as messages,
        min(case when lines.kind = 'encrypted' then 1 else 0 end) = 1 as is_all_encrypted,
        {{ rocket_chat.json_list("lines.message_id", "lines.sent_at, lines.message_id") }} as message_ids,
        string_agg(lines.line, chr(10) order by lines.sent_at, lines.message_id) as text
    from {{ ref("conversation_messages") }} as belongs
    inner join {{ ref("conversation_lines") }} as lines on lines.message_id = belongs.message_id
    group by belongs.conversation_id, belongs.kind, lines.room_id
),

told as (
    select
        gathered.*,
        rooms.name as room_name,
        rooms.kind as room_kind,
        rooms.slug,
        rooms.type,
        coalesce(rooms.is_encrypted, false) or gathered.is_all_encrypted as is_encrypted
    from gathered
    left join {{ ref("dim_rooms") }} as rooms on rooms.room_id = gathered.room_id
)

select
    told.conversation_id,
    told.kind,
    told.room_id,
    told.room_name,
    told.room_kind,
    told.started_at,
    told.last_message_at,
    told.last_changed_at,
    told.messages,
    participants.participants,
    participants.participant_ids,
    told.message_ids,
    told.is_encrypted,
    case when told.is_encrypted then null else told.text end as text,
    md5(case when told.is_encrypted then '' else coalesce(told.text, '') end) as content_hash,
    site.url
    || case told.type
        when 'c' then '/channel/' || told.slug
        when 'p' then '/group/' || told.slug
        else '/direct/' || told.room_id
    end
    || case told.kind
        when 'thread' then '/thread/' || substr(told.conversation_id, 8)
        when 'flow' then '?msg=' || substr(told.conversation_id, 6)
        else ''
    end as permalink,
    told.room_id as access_group
from told
cross join site
inner join participants on participants.conversation_id = told.conversation_id
