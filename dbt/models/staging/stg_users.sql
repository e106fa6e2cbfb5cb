-- User accounts; e-mail addresses and roles need the permission `view-full-other-user-info`.
{{ rocket_chat.landed("users", {
    "user_id": ["_id", "text"],
    "username": ["username", "text"],
    "name": ["name", "text"],
    "type": ["type", "text"],
    "is_active": ["active", "boolean"],
    "emails": ["emails", "json"],
    "roles": ["roles", "json"],
    "utc_offset": ["utcOffset", "number"],
    "last_login_at": ["lastLogin", "timestamp"],
}, whole=true) }}
