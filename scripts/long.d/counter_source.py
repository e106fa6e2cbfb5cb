#!/usr/bin/env python3
"""A source whose truth is known: three streams that count up to the number in a file, from their state on.

`merged` has a primary key, `added` has none, `whole` is read anew each time, and not as far. Every fiftieth record has a state
behind it.
"""

import json
import sys
import time

STREAMS = {"merged": ([["id"]], True), "added": ([], True), "whole": ([["id"]], False)}


def say(kind, **payload):
    sys.stdout.write(json.dumps({"type": kind, **payload}) + "\n")


def argument(name):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def status(stream, word):
    report = {"stream_descriptor": {"name": stream}, "status": word}
    say("TRACE", trace={"type": "STREAM_STATUS", "emitted_at": time.time() * 1000, "stream_status": report})


def state(stream, number, count):
    body = {"stream_descriptor": {"name": stream}, "stream_state": {"n": number}}
    say("STATE", state={"type": "STREAM", "stream": body, "sourceStats": {"recordCount": float(count)}})
    sys.stdout.flush()


def read(total):
    known = {}
    if path := argument("--state"):
        for entry in json.load(open(path)):
            known[entry["stream"]["stream_descriptor"]["name"]] = entry["stream"]["stream_state"]["n"]
    position = {name: known.get(name, 0) if incremental else 0 for name, (_, incremental) in STREAMS.items()}
    ends = {name: total if incremental else 100 + total % 300 for name, (_, incremental) in STREAMS.items()}
    counted = dict.fromkeys(STREAMS, 0)
    for name in STREAMS:
        status(name, "STARTED")
    while any(position[name] < end for name, end in ends.items()):
        for name, end in ends.items():
            if position[name] >= end:
                continue
            position[name] += 1
            counted[name] += 1
            data = {"id": position[name], "text": f"{name} {position[name]}"}
            say("RECORD", record={"stream": name, "data": data, "emitted_at": 1})
            if position[name] % 50 == 0 and position[name] < end:
                state(name, position[name], counted[name])
                counted[name] = 0
                time.sleep(0.002)
    for name in STREAMS:
        status(name, "COMPLETE")
        state(name, ends[name], counted[name])


verb = sys.argv[1]
if verb == "spec":
    say("SPEC", spec={"connectionSpecification": {"type": "object", "properties": {"total": {"type": "string"}}}})
elif verb == "discover":
    schema = {"type": "object", "properties": {"id": {"type": "integer"}, "text": {"type": "string"}}}
    say("CATALOG", catalog={"streams": [
        {"name": name, "json_schema": schema, "source_defined_primary_key": key,
         "supported_sync_modes": ["full_refresh", "incremental"] if incremental else ["full_refresh"]}
        for name, (key, incremental) in STREAMS.items()
    ]})
elif verb == "read":
    read(int(open(json.load(open(argument("--config")))["total"]).read()))
