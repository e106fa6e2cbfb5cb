"""Conversations over randomized histories: equal to a reference, one text for one id, ids that survive growth."""

import json
import os
from pathlib import Path

import psycopg2

from histories import Histories
from models import Models, install_sqlite_reader
from postgres_server import PostgresServer
from reference import conversations

COLUMNS = "conversation_id, kind, room_id, message_ids, participant_ids, text, is_encrypted, content_hash"
SELECT = ["--indirect-selection", "cautious", "--select", "+conversations"]


def found(models):
    """The model's rows by id."""
    rows = models.rows(f"select {COLUMNS} from conversations")
    assert len({row[0] for row in rows}) == len(rows), "an id names two texts"
    return {row[0]: (row[1], row[2], json.loads(row[3]), json.loads(row[4]), *row[5:]) for row in rows}


def check(models, histories):
    """Equality with the reference, and silence about what is gone; returns the rows."""
    rows, expected = found(models), conversations(histories.messages, histories.rooms)
    for key in rows.keys() | expected.keys():
        assert rows.get(key) == expected.get(key), f"{models.target} {key}: {rows.get(key)}, reference {expected.get(key)}"
    told = "\n".join(row[4] or "" for row in rows.values())
    kept = {message["word"] for message in histories.messages.values()}
    hidden = {m["word"] for m in histories.messages.values() if m["t"] == "e2e" or histories.rooms[m["rid"]] == "encrypted"}
    words = set(told.split())
    assert not words & (set(histories.gone) - kept), "a text that was removed or replaced is told"
    assert not words & hidden, "an encrypted text is told"
    return rows


seed = int(os.environ.get("SEED", "1"))
rounds = int(os.environ.get("ROUNDS", "4"))
install_sqlite_reader()
histories = Histories(seed, rooms=40)
path, folder = Path("workspace.db"), os.getcwd()
models = Models("sqlite", folder, ROCKET_CHAT_DUCKDB=f"{folder}/models.duckdb", ROCKET_CHAT_SQLITE=f"{folder}/{path}")
before = {}
for number in range(rounds):
    grows = number % 2 == 1
    histories.grow(1500) if grows else histories.live(2500)
    histories.land(path)
    models.build(*SELECT)
    rows = check(models, histories)
    if grows:
        lost = before.keys() - rows.keys()
        assert not lost, f"ids did not survive growth: {sorted(lost)[:3]}"
        for key, row in before.items():
            assert rows[key][2][: len(row[2])] == row[2], f"{key}: messages moved"
    changed = sum(row[-1] != before.get(key, [None])[-1] for key, row in rows.items())
    step = "growth" if grows else "anything"
    print(f"seed {seed}, {step}: {len(rows)} conversations as the reference has them, {changed} to embed", flush=True)
    before = rows
longest = max(len(row[2]) for row in before.values() if row[0] == "flow")
largest = max(len((row[4] or "").encode()) for row in before.values() if row[0] == "flow" and len(row[2]) > 1)
assert longest == 40 and 7000 < largest <= 8192, f"the limits were not met: {longest} messages, {largest} bytes"
assert any(row[5] for row in before.values()) and any(row[0] == "discussion" for row in before.values())
with PostgresServer() as postgres:
    with psycopg2.connect(host="127.0.0.1", port=postgres.port, user="airbyte", dbname="airbyte") as connection:
        histories.land_postgres(connection)
    on_postgres = Models("postgres", folder, PGPORT=postgres.port)
    on_postgres.build(*SELECT)
    assert check(on_postgres, histories) == before
print(f"PostgreSQL: the same {len(before)}")
