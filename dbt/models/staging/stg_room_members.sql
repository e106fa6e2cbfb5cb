-- Who is in which room, as far as the token may know.
{{ rocket_chat.landed("room_members", {
    "room_id": ["room_id", "text"],
    "user_id": ["_id", "text"],
    "username": ["username", "text"],
    "status": ["subscription.status", "text"],
}, whole=true) }}
