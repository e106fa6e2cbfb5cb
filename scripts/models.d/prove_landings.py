"""The three landings after five syncs of a living workspace, against the server's truth: every mart, the questions, the views."""

import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from landings import PyAirbyteCaches, RunnerFile
from models import Models, install_sqlite_reader
from postgres_server import PostgresServer
from questions import check_questions
from workspace import Workspace
from views_check import check_views
from truth_marts import TruthMarts

# Which columns of a mart are compared; a Counter of rows where nothing names a row.
KEYED = {
    "fct_messages": "message_id, room_id, thread_id, user_id, username, author_name, kind, text, sent_at, edited_at, is_pinned,"
    " replies, discussion_id",
    "dim_users": "user_id, username, name, is_active, email",
    "dim_rooms": "room_id, kind, name, topic, parent_room_id",
    "fct_threads": "thread_id, replies, participants, started_at, first_reply_at, first_replier_id, seconds_to_first_reply,"
    " first_answer_at, seconds_to_first_answer",
    "fct_livechat": "room_id, visitor_messages, agent_messages, seconds_to_taken, seconds_to_first_response,"
    " seconds_to_resolution",
}
COUNTED = {
    "dim_memberships": "room_id, user_id",
    "fct_reactions": "message_id, emoji, username, user_id",
    "fct_mentions": "message_id, kind, mentioned_id",
    "fct_files": "file_id, message_id, room_id, name, media_type, bytes",
}


def rounded(value):
    """Milliseconds are what the server has."""
    return round(value, 3) if isinstance(value, float) else value


def compare(models, truth, rooms_elsewhere, rooms_left):
    """Raises at the first mart that differs; returns how many rows were compared."""
    compared = 0
    left = ", ".join(f"'{room}'" for room in rooms_left | {"none"})

    def rows(columns, mart):
        stays = f" where room_id not in ({left})" if mart.startswith("fct_") else ""
        return models.rows(f"select {columns} from {mart}{stays}")

    for mart, columns in KEYED.items():
        found = {row[0]: tuple(map(rounded, row[1:])) for row in rows(columns, mart)}
        expected = getattr(truth, mart)()
        if mart == "dim_rooms":
            found = {key: row for key, row in found.items() if key not in rooms_elsewhere}
        check(models.target, mart, found, expected)
        compared += len(expected)
    for mart, columns in COUNTED.items():
        expected = getattr(truth, mart)()
        check(models.target, mart, Counter(map(tuple, rows(columns, mart))), expected)
        compared += expected.total()
    days = rows("room_id, sent_on, messages, authors, thread_replies", "fct_room_days")
    expected = truth.fct_room_days()
    check(models.target, "fct_room_days", {row[:2]: row[2:] for row in days}, expected)
    return compared + len(expected)


def check(target, mart, found, expected):
    """Equality, with the first difference in the message."""
    for key in found.keys() | expected.keys():
        assert found.get(key) == expected.get(key), (
            f"{target}.{mart} {key}: {found.get(key)!r}, true is {expected.get(key)!r};"
            f" {len(found)} rows, true are {len(expected)}"
        )
    assert expected, f"{mart}: the server has no row, so nothing was shown"


def rooms_left(models, sandbox):
    """Rooms that the token's user has lost: the copy keeps their messages as they last were, and the truth has none."""
    epoch = "1970-01-01T00:00:00.000Z"
    rooms = (row[0] for row in models.rows("select distinct room_id from fct_messages"))
    return {room for room in rooms if not sandbox.ask("chat.syncMessages", roomId=room, lastUpdate=epoch)}


def built(models, truth, sandbox):
    """Builds, tests and compares one target; returns who may read what there."""
    began = time.monotonic()
    told = models.build(reading_pause_seconds=2)
    # Rooms that only teams.listRooms names are in no truth; the server is asked for each.
    elsewhere = {row[0] for row in models.rows("select room_id from dim_rooms")} - set(truth.rooms)
    for room in elsewhere:
        known = sandbox.ask("rooms.info", roomId=room)["room"]
        name = models.rows(f"select kind, name from dim_rooms where room_id = '{room}'")[0]
        assert name == (TruthMarts.kind(known), truth.name(known)), f"{room}: {name}, true is {known}"
    compared = compare(models, truth, elsewhere, rooms_left(models, sandbox))
    seconds = time.monotonic() - began
    print(f"{models.target}: dbt build {told}, {seconds:.0f} s; {compared} rows of 11 marts as on the server", flush=True)
    return Counter(models.rows("select access_group, user_id, email from access_groups"))


options = {"users": 60, "rooms": 20, "messages": 1500, "time-step": 60_000}
with tempfile.TemporaryDirectory() as folder, Workspace(**options) as sandbox, PostgresServer() as postgres:
    install_sqlite_reader()
    runner = RunnerFile(folder, sandbox.config())
    with PyAirbyteCaches(folder, sandbox.config(), postgres) as caches:
        targets = [
            Models("sqlite", folder, ROCKET_CHAT_DUCKDB=f"{folder}/models.duckdb", ROCKET_CHAT_SQLITE=runner.path),
            Models("duckdb", folder, ROCKET_CHAT_DUCKDB=caches.duckdb),
            Models("postgres", folder, PGPORT=postgres.port),
        ]
        for sync in range(5):
            if sync:
                # Apart enough for `reading_pause_seconds`.
                time.sleep(2.5)
                sandbox.live(steps=150)
            with ThreadPoolExecutor() as pool:
                for done in [pool.submit(runner.sync), pool.submit(caches.sync)]:
                    done.result()
            if sync == 3:
                # What the models make must not stand in the way of the next read, nor of the next build.
                with ThreadPoolExecutor() as pool:
                    list(pool.map(lambda models: models.build(reading_pause_seconds=2), targets[1:]))
    truth = TruthMarts(sandbox)
    with ThreadPoolExecutor(max_workers=2) as pool:
        readers = list(pool.map(lambda models: built(models, truth, sandbox), targets))
    assert readers[0] == readers[1] == readers[2], "the landings differ in who may read what"
    check_views(targets[0], runner.path)
    check_questions(sandbox, rooms_left(targets[0], sandbox), runner.path, caches.duckdb, postgres.port)
