-- Teams; type 1 is private.
{{ rocket_chat.landed("teams", {
    "team_id": ["_id", "text"],
    "name": ["name", "text"],
    "type": ["type", "integer"],
    "main_room_id": ["roomId", "text"],
}) }}
