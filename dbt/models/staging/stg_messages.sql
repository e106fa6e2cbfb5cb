-- Messages of rooms that are no live chats, the removed ones left out.
with landed as (
    {{ rocket_chat.landed("messages", {
        "message_id": ["_id", "text"],
        "room_id": ["rid", "text"],
        "thread_id": ["tmid", "text"],
        "user_id": ["u._id", "text"],
        "username": ["u.username", "text"],
        "user_name": ["u.name", "text"],
        "alias": ["alias", "text"],
        "text": ["msg", "text"],
        "sent_at": ["ts", "timestamp"],
        "updated_at": ["_updatedAt", "timestamp"],
        "edited_at": ["editedAt", "timestamp"],
        "system_type": ["t", "text"],
        "e2e": ["e2e", "text"],
        "is_shown_in_room": ["tshow", "boolean"],
        "is_pinned": ["pinned", "boolean"],
        "discussion_id": ["drid", "text"],
        "reactions": ["reactions", "json"],
        "mentions": ["mentions", "json"],
        "attachments": ["attachments", "json"],
        "files": ["files", "json"],
        "file": ["file", "json"],
    }) }}
)

select
    *,
    case
        when system_type = 'e2e' or e2e is not null then 'encrypted'
        when system_type is not null then 'system'
        else 'message'
    end as kind
from landed
-- The server's placeholder for a removed message; the connector sends a tombstone for it.
where system_type is null or system_type <> 'rm'
