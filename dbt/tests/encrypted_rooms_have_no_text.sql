-- No text of a room that is encrypted.
select conversations.conversation_id
from {{ ref("conversations") }} as conversations
inner join {{ ref("dim_rooms") }} as rooms on rooms.room_id = conversations.room_id
where rooms.is_encrypted and conversations.text is not null
