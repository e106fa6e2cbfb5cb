-- Conversations with visitors.
{{ rocket_chat.landed("livechat_rooms", {
    "room_id": ["_id", "text"],
    "visitor_id": ["v._id", "text"],
    "visitor_name": ["fname", "text"],
    "department_id": ["departmentId", "text"],
    "agent_id": ["servedBy._id", "text"],
    "agent_username": ["servedBy.username", "text"],
    "source": ["source.type", "text"],
    "tags": ["tags", "json"],
    "is_open": ["open", "boolean"],
    "opened_at": ["ts", "timestamp"],
    "taken_at": ["servedBy.ts", "timestamp"],
    "closed_at": ["closedAt", "timestamp"],
    "closer": ["closer", "text"],
}) }}
