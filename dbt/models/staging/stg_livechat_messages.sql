-- Messages of conversations with visitors, the removed ones left out.
with landed as (
    {{ rocket_chat.landed("livechat_messages", {
        "message_id": ["_id", "text"],
        "room_id": ["rid", "text"],
        "user_id": ["u._id", "text"],
        "username": ["u.username", "text"],
        "text": ["msg", "text"],
        "sent_at": ["ts", "timestamp"],
        "system_type": ["t", "text"],
    }) }}
)

select * from landed
where system_type is null or system_type <> 'rm'
