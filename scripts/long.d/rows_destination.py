#!/usr/bin/env python3
"""A destination in bare Python, quick to start: rows into an SQLite file, states echoed once the rows before them are committed.

Rows bear the load that they came with; those of earlier loads go when their stream is complete.
"""

import json
import sqlite3
import sys


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def argument(name):
    return json.load(open(sys.argv[sys.argv.index(name) + 1]))


def write(path, catalog):
    streams = {entry["stream"]["name"]: entry for entry in catalog["streams"]}
    database = sqlite3.connect(path, isolation_level=None, timeout=60)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE IF NOT EXISTS landed (stream TEXT, load INT, key TEXT, data TEXT)")
    database.execute("CREATE UNIQUE INDEX IF NOT EXISTS landed_keys ON landed (stream, load, key)")
    database.execute("BEGIN IMMEDIATE")
    complete = []
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "RECORD":
            record = message["record"]
            entry = streams[record["stream"]]
            key = [record["data"][path[0]] for path in entry.get("primary_key") or []]
            database.execute(
                "INSERT OR REPLACE INTO landed VALUES (?, ?, ?, ?)",
                (record["stream"], entry["generation_id"], json.dumps(key) if key else None, json.dumps(record["data"])),
            )
        elif message["type"] == "STATE":
            database.execute("COMMIT")
            say(message)
            database.execute("BEGIN IMMEDIATE")
        elif message["type"] == "TRACE" and message["trace"]["stream_status"]["status"] == "COMPLETE":
            complete.append(message["trace"]["stream_status"]["stream_descriptor"]["name"])
    for name in complete:
        floor = streams[name]["minimum_generation_id"]
        database.execute("DELETE FROM landed WHERE stream = ? AND load < ?", (name, floor))
    database.execute("COMMIT")


verb = sys.argv[1]
if verb == "spec":
    say({"type": "SPEC", "spec": {"connectionSpecification": {"type": "object", "required": ["path"]}}})
elif verb == "check":
    say({"type": "CONNECTION_STATUS", "connectionStatus": {"status": "SUCCEEDED"}})
elif verb == "write":
    write(argument("--config")["path"], argument("--catalog"))
