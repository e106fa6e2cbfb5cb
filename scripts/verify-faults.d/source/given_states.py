"""The states that it is given, and which of them it cannot take."""

import json

from messages import fail
from rows import ROWS
from switches import on


def known_states(path, chosen):
    """What is known of each stream, by name."""
    known = states_of(document_of(path), [name for name, _ in chosen])
    if on("dies-of-the-given-state") and any("given" in body for body in known.values()):
        fail("cannot read the state")
    if on("dies-of-state") and any(incremental and stream in known for stream, incremental in chosen):
        fail("cannot read the state")
    return known


def document_of(path):
    if path is None:
        return []
    with open(path, encoding="utf-8") as file:
        content = file.read()
    if not content.strip():
        if on("dies-of-empty-file"):
            fail("no state")
        return []
    document = json.loads(content)
    if document == [] and on("dies-of-empty-list"):
        fail("no state")
    if document == {} and on("dies-of-empty-object"):
        fail("no state")
    return document


def states_of(document, chosen):
    # One from before the states of streams is an object with a member for each.
    if isinstance(document, dict):
        return document
    known = {}
    for entry in document:
        if "id" in entry and on("dies-of-id"):
            fail("an id")
        streams = [entry["stream"]] if entry.get("stream") else (entry.get("global") or {}).get("stream_states", [])
        for stream in streams:
            name = stream["stream_descriptor"]["name"]
            if name not in ROWS and on("dies-of-foreign-state"):
                fail(f"no stream {name}")
            if name in ROWS and on("dies-of-unselected-state") and name not in chosen:
                fail(f"{name} is not selected")
            body = stream.get("stream_state")
            if body is not None:
                known[name] = {"reached": int(body)} if isinstance(body, str) else body
            elif on("dies-of-null-state"):
                fail("null")
    return known
