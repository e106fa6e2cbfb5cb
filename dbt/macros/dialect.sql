{# What else DuckDB and PostgreSQL spell differently. #}

{% macro type_of(kind) %}{{ return(adapter.dispatch("type_of", "rocket_chat")(kind)) }}{% endmacro %}
{% macro default__type_of(kind) %}
    {{ return({
        "text": "varchar", "timestamp": "timestamp", "integer": "bigint", "number": "double", "boolean": "boolean",
        "json": "json",
    }[kind]) }}
{% endmacro %}
{% macro postgres__type_of(kind) %}
    {{ return({
        "text": "text", "timestamp": "timestamp", "integer": "bigint", "number": "double precision", "boolean": "boolean",
        "json": "jsonb",
    }[kind]) }}
{% endmacro %}

{# Seconds from one stamp to another. #}
{% macro seconds_between(start, end) %}{{ return(adapter.dispatch("seconds_between", "rocket_chat")(start, end)) }}{% endmacro %}
{% macro default__seconds_between(start, end) -%} (epoch({{ end }}) - epoch({{ start }})) {%- endmacro %}
{% macro postgres__seconds_between(start, end) -%}
    cast(extract(epoch from {{ end }} - {{ start }}) as double precision)
{%- endmacro %}

{# A stamp in UTC as the clock on the wall of `time_zone` shows it. #}
{% macro local_time(stamp) -%}
    {%- if var("time_zone") == "UTC" -%} {{ stamp }} {%- else -%}
    (({{ stamp }} at time zone 'UTC') at time zone '{{ var("time_zone") }}')
    {%- endif -%}
{%- endmacro %}

{# Bytes of a text in UTF-8. #}
{% macro byte_length(text) %}{{ return(adapter.dispatch("byte_length", "rocket_chat")(text)) }}{% endmacro %}
{% macro default__byte_length(text) -%} strlen({{ text }}) {%- endmacro %}
{% macro postgres__byte_length(text) -%} octet_length({{ text }}) {%- endmacro %}

{% macro matches(text, pattern) %}{{ return(adapter.dispatch("matches", "rocket_chat")(text, pattern)) }}{% endmacro %}
{% macro default__matches(text, pattern) -%} regexp_matches({{ text }}, '{{ pattern }}') {%- endmacro %}
{% macro postgres__matches(text, pattern) -%} {{ text }} ~ '{{ pattern }}' {%- endmacro %}

{# The part of a text that the pattern's group catches; null without a match. #}
{% macro caught(text, pattern) %}{{ return(adapter.dispatch("caught", "rocket_chat")(text, pattern)) }}{% endmacro %}
{% macro default__caught(text, pattern) -%} nullif(regexp_extract({{ text }}, '{{ pattern }}', 1), '') {%- endmacro %}
{% macro postgres__caught(text, pattern) -%} substring({{ text }} from '{{ pattern }}') {%- endmacro %}

{# Joins the pieces of a text between separators as `name(piece, position)`. #}
{% macro pieces(text, separator, name) %}{{ return(adapter.dispatch("pieces", "rocket_chat")(text, separator, name)) }}{% endmacro %}
{% macro default__pieces(text, separator, name) -%}
    cross join unnest(string_split({{ text }}, '{{ separator }}')) with ordinality as {{ name }}(piece, position)
{%- endmacro %}
{% macro postgres__pieces(text, separator, name) -%}
    cross join unnest(string_to_array({{ text }}, '{{ separator }}')) with ordinality as {{ name }}(piece, position)
{%- endmacro %}
