-- Who is in which team.
{{ rocket_chat.landed("team_members", {
    "team_id": ["team_id", "text"],
    "user_id": ["user_id", "text"],
}, whole=true) }}
