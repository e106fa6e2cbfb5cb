"""The configured catalog: which streams are chosen, and which of them are read incrementally."""

import json
import sys

from messages import fail
from rows import ROWS
from switches import on


def entries_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if on("takes-broken-catalog") and not text.endswith("}"):
        return []
    return json.loads(text)["streams"]


def chosen_of(entries):
    """The name of each stream, and whether it goes on from its state."""
    chosen = []
    for entry in entries:
        name, mode = entry["stream"]["name"], entry["sync_mode"]
        if mode not in ("full_refresh", "incremental") and not on("takes-any-mode"):
            fail(f"sync_mode {mode}")
        if name not in ROWS:
            if on("skips-unknown-streams"):
                continue
            if on("refuses-without-trace"):
                sys.exit(1)
            fail(f"no stream {name}")
        if on("needs-schema") and not entry["stream"]["json_schema"]:
            fail("no schema")
        able = name != "settings" and not on("never-incremental", "resumable")
        if on("cursor-is-chosen") and mode == "incremental" and able and not entry["cursor_field"]:
            fail(f"{name}: a cursor has to be chosen")
        if mode == "incremental" and not able and on("refuses-incremental"):
            fail(f"{name} is not incremental")
        chosen.append((name, mode == "incremental" and able))
    return [(name, dict(chosen).get(name, False)) for name in ROWS] if on("reads-everything") else chosen


def is_alone(entries):
    """Whether one stream is read, and whole."""
    return len(entries) == 1 and entries[0]["sync_mode"] == "full_refresh"
