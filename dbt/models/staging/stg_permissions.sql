-- Which roles hold which permission.
{{ rocket_chat.landed("permissions", {
    "permission": ["_id", "text"],
    "roles": ["roles", "json"],
}) }}
