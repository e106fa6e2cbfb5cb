"""Ten syncs of a living workspace: every stream that a listing shows whole must hold exactly the server's rows, in PyAirbyte's DuckDB and
PostgreSQL and in the runner's file."""

import json
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import airbyte as ab
from airbyte.caches import DuckDBCache, PostgresCache

from copy_check import DELETED
from postgres_server import PostgresServer
from sandbox import Sandbox

KEYS = {
    "users": ["_id"],
    "room_members": ["room_id", "_id"],
    "room_roles": ["room_id", "user_id"],
    "role_users": ["role_id", "_id"],
    "team_members": ["team_id", "user_id"],
    "team_rooms": ["team_id", "_id"],
    "custom_user_statuses": ["_id"],
    "invites": ["_id"],
    "livechat_agents": ["_id"],
    "livechat_departments": ["_id"],
    "livechat_department_agents": ["_id"],
    "livechat_visitors": ["_id"],
    "livechat_contacts": ["_id"],
}
SYNCS = 10
CURSOR = "_ab_cdc_updated_at"
PROGRAM = shutil.which("source-rocket-chat")


def server_rows(folder, config):
    """Keys of each stream's rows by a full refresh of its own, which knows nothing of what was before."""
    streams = [
        {"stream": {"name": name, "json_schema": {}}, "sync_mode": "full_refresh", "destination_sync_mode": "overwrite"}
        for name in KEYS
    ]
    catalog = Path(folder, "catalog.json")
    catalog.write_text(json.dumps({"streams": streams}))
    done = subprocess.run(
        [PROGRAM, "read", "--config", config, "--catalog", catalog], stdout=subprocess.PIPE, text=True, check=True
    )
    rows = {name: set() for name in KEYS}
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message["type"] == "RECORD":
            record = message["record"]
            rows[record["stream"]].add(tuple(record["data"][field] for field in KEYS[record["stream"]]))
    return rows


def cached_rows(cache):
    """The same of a PyAirbyte cache, without tombstones; and how many of these there are."""
    rows, tombstones = {}, 0
    for name, fields in KEYS.items():
        frame = cache[name].to_pandas()
        alive = frame[frame[DELETED].isna()]
        tombstones += len(frame) - len(alive)
        assert not alive.duplicated(fields).any(), f"{name}: a key twice"
        rows[name] = set(alive[fields].itertuples(index=False, name=None))
    return rows, tombstones


def landed_rows(path):
    """The same of the runner's file, which removes what a tombstone names."""
    with sqlite3.connect(path) as database:
        return {
            name: set(database.execute(f"SELECT {', '.join(fields)} FROM {name}")) for name, fields in KEYS.items()
        }


def check(place, found, expected, is_still):
    """Nothing is missing, and once nothing moves any more nothing is too much: a room that everybody has left at once is believed at the
    second sync."""
    for name in KEYS:
        missing, extra = expected[name] - found[name], found[name] - expected[name]
        assert not missing, f"{place}.{name}: {len(missing)} missing, as {sorted(missing)[:3]}"
        assert not is_still or not extra, f"{place}.{name}: {len(extra)} of {len(expected[name])} should be gone, as {sorted(extra)[:3]}"


with tempfile.TemporaryDirectory() as folder, PostgresServer() as postgres, Sandbox(
    users=60, rooms=25, messages=800, **{"time-step": 60_000}
) as sandbox:
    config = Path(folder, "config.json")
    config.write_text(json.dumps(sandbox.config()))
    landing = Path(folder, "chat.db")
    caches = {
        "duckdb": DuckDBCache(db_path=Path(folder, "chat.duckdb"), schema_name="rocket_chat"),
        "postgres": PostgresCache(
            host="127.0.0.1", port=postgres.port, username="airbyte", password="none", database="airbyte"
        ),
    }
    gone, back = 0, 0
    seen = {name: set() for name in KEYS}
    was = {name: set() for name in KEYS}
    for number in range(SYNCS):
        is_still = number == SYNCS - 1
        if number and not is_still:
            sandbox.live(steps=200)
            sandbox.turn_over()
        command = ["airbyte-run", "sync", "--source", PROGRAM, "--config", config, "--into", landing]
        command += ["--streams", ",".join(KEYS)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for cache in caches.values():
            ab.get_source("source-rocket-chat", config=sandbox.config(), streams=list(KEYS)).read(cache=cache)
        expected = server_rows(folder, config)
        check("runner", landed_rows(landing), expected, is_still)
        for place, cache in caches.items():
            found, tombstones = cached_rows(cache)
            check(place, found, expected, is_still)
        for name in KEYS:
            gone += len(was[name] - expected[name])
            back += len((expected[name] - was[name]) & seen[name])
            seen[name] |= expected[name]
            was[name] = expected[name]
    assert gone and back, f"{gone} rows went, {back} came back: too little to show anything"
    # A row that came back is younger than its tombstone, so that a destination that keeps both takes the row.
    members = caches["duckdb"]["room_members"].to_pandas()
    assert members[CURSOR].notna().all()
    print(
        f"{SYNCS} syncs: {gone} rows went and {back} of them came back; {sum(map(len, was.values()))} rows of {len(KEYS)} streams "
        f"as on the server in the runner's file, DuckDB and PostgreSQL; {tombstones} tombstones are left in PostgreSQL"
    )
