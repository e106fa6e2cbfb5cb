"""Reads everything into a PyAirbyte cache each time a line comes in; runs in PyAirbyte's own environment.

Arguments: the connector's configuration as JSON, then `duckdb PATH` and `postgres PORT` in any number.
"""

import json
import sys

import airbyte as ab
from airbyte.caches import DuckDBCache, PostgresCache


def cache(kind, place):
    """A cache with the landed tables in the schema that the dbt package looks into."""
    if kind == "duckdb":
        return DuckDBCache(db_path=place, schema_name="rocket_chat")
    return PostgresCache(
        host="127.0.0.1", port=int(place), username="airbyte", password="none", database="airbyte",
        schema_name="rocket_chat",
    )


# What the package and the questions look at.
STREAMS = [
    "messages", "channels", "groups", "direct_messages", "rooms", "team_rooms", "room_members", "users", "teams", "team_members",
    "permissions", "workspace", "livechat_rooms", "livechat_messages",
]

config, places = json.loads(sys.argv[1]), sys.argv[2:]
for _ in sys.stdin:
    for kind, place in zip(places[::2], places[1::2]):
        target = cache(kind, place)
        source = ab.get_source("source-rocket-chat", config=config)
        source.select_streams(STREAMS)
        source.read(cache=target)
        # Lets go of the file, which a DuckDB process holds alone.
        target.processor.sql_config.dispose_engine()
    print("read", flush=True)
