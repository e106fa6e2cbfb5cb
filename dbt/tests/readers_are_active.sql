-- Nobody whose account is closed reads anything.
select groups.user_id
from {{ ref("access_groups") }} as groups
inner join {{ ref("dim_users") }} as users on users.user_id = groups.user_id
where not users.is_active
