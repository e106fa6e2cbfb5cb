-- Which message belongs to which conversation, and at which place. A message that began a thread is in two: in the flow of its
-- room, where people met it, and at the head of the thread. So nothing that is said later moves a message out of a conversation.
with recursive rooms as (
    select room_id, parent_room_id is not null as is_discussion from {{ ref("dim_rooms") }}
),

unthreaded as (
    select
        lines.*,
        coalesce({{ rocket_chat.byte_length("lines.line") }} + 1, 0) as bytes,
        coalesce(rooms.is_discussion, false) as is_discussion,
        lag(lines.sent_at) over (partition by lines.room_id order by lines.sent_at, lines.message_id) as previous_at
    from {{ ref("conversation_lines") }} as lines
    left join rooms on rooms.room_id = lines.room_id
    where lines.thread_id is null
),

-- A burst ends with a pause.
bursts as (
    select
        *,
        sum(
            case
                when previous_at is null
                    or sent_at - previous_at >= interval '{{ var("conversation_pause_minutes") }} minutes' then 1
                else 0
            end
        ) over (partition by room_id order by sent_at, message_id rows unbounded preceding) as burst
    from unthreaded
    where not is_discussion
),

placed as (
    select
        room_id,
        burst,
        message_id,
        row_number() over (partition by room_id, burst order by sent_at, message_id) as place,
        count(*) over (partition by room_id, burst) as burst_length,
        sum(bytes) over (partition by room_id, burst order by sent_at, message_id rows unbounded preceding) - bytes
            as bytes_before,
        sum(bytes) over (partition by room_id, burst) as burst_bytes
    from bursts
),

-- Were a conversation to begin at a message, the next would begin at the first that does not fit: the message that begins within
-- the bytes but does not end there is the last one to begin within them.
jumps as (
    select
        *,
        least(
            place + {{ var("conversation_messages") }},
            case
                when burst_bytes <= bytes_before + {{ var("conversation_bytes") + 1 }} then burst_length + 1
                else greatest(
                    place + 1,
                    count(*) over (
                        partition by room_id, burst order by bytes_before
                        range between unbounded preceding and {{ var("conversation_bytes") + 1 }} following
                    )
                )
            end
        ) as next_place
    from placed
),

starts as (
    select room_id, burst, place, next_place, message_id from jumps where place = 1
    union all
    select jumps.room_id, jumps.burst, jumps.place, jumps.next_place, jumps.message_id
    from starts
    inner join jumps
        on jumps.room_id = starts.room_id and jumps.burst = starts.burst and jumps.place = starts.next_place
),

flows as (
    select 'flow:' || starts.message_id as conversation_id, 'flow' as kind, jumps.message_id
    from starts
    inner join jumps
        on jumps.room_id = starts.room_id
        and jumps.burst = starts.burst
        and jumps.place >= starts.place
        and jumps.place < starts.next_place
),

threads as (
    select 'thread:' || coalesce(thread_id, message_id) as conversation_id, 'thread' as kind, message_id
    from {{ ref("conversation_lines") }}
    where thread_id is not null or replies > 0
),

discussions as (
    select 'discussion:' || room_id as conversation_id, 'discussion' as kind, message_id
    from unthreaded
    where is_discussion
)

select * from flows
union all
select * from threads
union all
select * from discussions
