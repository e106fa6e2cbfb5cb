-- Which active users hold the permissions that reading hangs on, by their roles in the workspace. Unknown is no.
with grants as (
    select permissions.permission, {{ rocket_chat.json_scalar("role.item") }} as role
    from {{ ref("stg_permissions") }} as permissions
    {{ rocket_chat.json_items("permissions.roles", "role") }}
    where permissions.permission in ('view-c-room', 'view-p-room', 'view-d-room', 'view-joined-room', 'preview-c-room')
),

roles as (
    select users.user_id, {{ rocket_chat.json_scalar("role.item") }} as role
    from {{ ref("stg_users") }} as users
    {{ rocket_chat.json_items("users.roles", "role") }}
    where users.is_active
)

select distinct roles.user_id, grants.permission
from roles
inner join grants on grants.role = roles.role
