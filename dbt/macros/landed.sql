{#
  The living rows of a landed table, with the columns that a model names: `name: [field, kind]`, where a field is a column or a
  path into a JSON column (`u._id`) and a kind is text, timestamp, integer, number, boolean or json.
  A stream that was not synced gives no rows; a column that the table lacks gives nulls.
  `whole` is for streams that each sync reads whole: of those without tombstones the last reading counts.
#}
{% macro landed(stream, columns, whole=false) -%}
{%- set table = rocket_chat.landed_table(stream) -%}
{%- set present = rocket_chat.columns_of(table) -%}
select
{%- for name, (field, kind) in columns.items() %}
    {{ rocket_chat.landed_value(field, kind, present) }} as {{ name }}{{ "," if not loop.last }}
{%- endfor %}
{%- if table is none %}
from (select 1) as no_such_table
where false
{%- else %}
from {{ table }}
where {{ rocket_chat.alive(table, present, whole) }}
{%- endif %}
{%- endmacro %}

{# The table of a stream; none when it was not synced. #}
{% macro landed_table(stream) %}
    {%- set named = source("landed", stream) -%}
    {%- if execute -%}
        {{ return(adapter.get_relation(named.database, named.schema, named.identifier)) }}
    {%- endif -%}
    {{ return(named) }}
{% endmacro %}

{# The names of its columns, in lower case: PyAirbyte lowers them, the runner keeps them, and DuckDB does not tell them apart. #}
{% macro columns_of(table) %}
    {%- set names = [] -%}
    {%- if execute and table is not none -%}
        {%- for column in adapter.get_columns_in_relation(table) -%}
            {%- do names.append(column.name | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{% endmacro %}

{% macro landed_value(field, kind, present) -%}
    {%- set parts = field.split(".") -%}
    {%- set column = '"' ~ parts[0] | lower ~ '"' -%}
    {%- if parts[0] | lower not in present -%}
        cast(null as {{ rocket_chat.type_of(kind) }})
    {%- elif parts | length == 1 -%}
        cast({{ column }} as {{ rocket_chat.type_of(kind) }})
    {%- else -%}
        {%- set document = "cast(" ~ column ~ " as " ~ rocket_chat.type_of("json") ~ ")" -%}
        cast({{ rocket_chat.json_text(document, parts[1:]) }} as {{ rocket_chat.type_of(kind) }})
    {%- endif -%}
{%- endmacro %}

{% macro alive(table, present, whole) -%}
    {%- if "_ab_cdc_deleted_at" in present and "_airbyte_raw_id" in present -%}
        _ab_cdc_deleted_at is null
    {%- elif whole and "_airbyte_raw_id" in present -%}
        _airbyte_extracted_at >= (
            select coalesce(max(began), min(arrived_at))
            from (
                select
                    arrived_at,
                    case
                        when arrived_at - lag(arrived_at) over (order by arrived_at)
                            > interval '{{ var("reading_pause_seconds") }} seconds' then arrived_at
                    end as began
                from (select distinct _airbyte_extracted_at as arrived_at from {{ table }}) as arrivals
            ) as readings
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
