-- The replies of the threads are the messages that reply.
select 1
from (select coalesce(sum(replies), 0) as told from {{ ref("fct_threads") }}) as threads
cross join (
    select count(*) as written from {{ ref("fct_messages") }} where thread_id is not null and kind <> 'system'
) as messages
where told <> written
