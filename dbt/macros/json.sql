{# JSON in the two dialects. Every macro takes SQL of type `type_of("json")`. #}

{# The text at a path, null when it is not there. #}
{% macro json_text(document, path) %}{{ return(adapter.dispatch("json_text", "rocket_chat")(document, path)) }}{% endmacro %}
{% macro default__json_text(document, path) -%}
    ({{ document }} ->> '$.{% for part in path %}"{{ part }}"{{ "." if not loop.last }}{% endfor %}')
{%- endmacro %}
{% macro postgres__json_text(document, path) -%}
    ({{ document }} #>> '{ {{- path | join(",") -}} }')
{%- endmacro %}

{# The text of a document that is a text itself. #}
{% macro json_scalar(document) %}{{ return(adapter.dispatch("json_scalar", "rocket_chat")(document)) }}{% endmacro %}
{% macro default__json_scalar(document) -%} ({{ document }} ->> '$') {%- endmacro %}
{% macro postgres__json_scalar(document) -%} ({{ document }} #>> '{}') {%- endmacro %}

{# Joins the elements of an array as `name(item, position)`; no rows for anything else. #}
{% macro json_items(document, name) %}{{ return(adapter.dispatch("json_items", "rocket_chat")(document, name)) }}{% endmacro %}
{% macro default__json_items(document, name) -%}
    cross join unnest(case when json_type({{ document }}) = 'ARRAY' then cast({{ document }} as json[]) end)
        with ordinality as {{ name }}(item, position)
{%- endmacro %}
{% macro postgres__json_items(document, name) -%}
    cross join jsonb_array_elements(case when jsonb_typeof({{ document }}) = 'array' then {{ document }} end)
        with ordinality as {{ name }}(item, position)
{%- endmacro %}

{# Joins the members of an object as `name.key` and `name.value`. #}
{% macro json_members(document, name) %}
    {{ return(adapter.dispatch("json_members", "rocket_chat")(document, name)) }}
{% endmacro %}
{% macro default__json_members(document, name) -%}
    cross join json_each(case when json_type({{ document }}) = 'OBJECT' then {{ document }} end) as {{ name }}
{%- endmacro %}
{% macro postgres__json_members(document, name) -%}
    cross join jsonb_each(case when jsonb_typeof({{ document }}) = 'object' then {{ document }} end) as {{ name }}
{%- endmacro %}

{# Gathers values into a JSON array, as text, in an order. #}
{% macro json_list(value, order) %}{{ return(adapter.dispatch("json_list", "rocket_chat")(value, order)) }}{% endmacro %}
{% macro default__json_list(value, order) -%}
    cast(to_json(list({{ value }} order by {{ order }})) as varchar)
{%- endmacro %}
{% macro postgres__json_list(value, order) -%}
    cast(to_json(array_agg({{ value }} order by {{ order }})) as text)
{%- endmacro %}

{# The document that a member of an object holds. #}
{% macro json_member(document, name) -%} ({{ document }} -> '{{ name }}') {%- endmacro %}

{# How many elements an array has. #}
{% macro json_length(document) %}{{ return(adapter.dispatch("json_length", "rocket_chat")(document)) }}{% endmacro %}
{% macro default__json_length(document) -%} json_array_length({{ document }}) {%- endmacro %}
{% macro postgres__json_length(document) -%}
    case when jsonb_typeof({{ document }}) = 'array' then jsonb_array_length({{ document }}) end
{%- endmacro %}
