-- One row per account.
with addresses as (
    select users.user_id, lower({{ rocket_chat.json_text("address.item", ["address"]) }}) as email
    from {{ ref("stg_users") }} as users
    {{ rocket_chat.json_items("users.emails", "address") }}
    where address.position = 1
)

select
    users.user_id,
    users.username,
    coalesce(nullif(users.name, ''), users.username) as name,
    users.type,
    coalesce(users.is_active, false) as is_active,
    addresses.email,
    users.last_login_at
from {{ ref("stg_users") }} as users
left join addresses on addresses.user_id = users.user_id
