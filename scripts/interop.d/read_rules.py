"""What the messages of one successful `read` must be, taken together."""

from collections import defaultdict

from jsonschema import Draft7Validator


def check_read(messages, catalog):
    """Every configured stream ends well, counts add up, keys are unique, records fit their schemas."""
    streams = {entry["stream"]["name"]: entry["stream"] for entry in catalog["streams"]}
    check_statuses(messages, streams)
    check_states(messages, streams)
    check_records(messages, streams)
    errors = [m for m in messages if m["type"] == "TRACE" and m["trace"]["type"] == "ERROR"]
    assert not errors, f"a good read reported {errors[0]}"


def check_statuses(messages, streams):
    """STARTED, RUNNING at least once, COMPLETE: in this order and for every configured stream."""
    seen = defaultdict(list)
    for message in messages:
        if message["type"] == "TRACE" and message["trace"]["type"] == "STREAM_STATUS":
            status = message["trace"]["stream_status"]
            seen[status["stream_descriptor"]["name"]].append(status["status"])
    assert set(seen) == set(streams), f"statuses for {sorted(seen)}, configured {sorted(streams)}"
    for name, statuses in seen.items():
        running = statuses[1:-1]
        assert statuses[0] == "STARTED" and statuses[-1] == "COMPLETE", f"{name}: {statuses}"
        assert running and set(running) == {"RUNNING"}, f"{name}: {statuses}"


def check_states(messages, streams):
    """After its last record each stream has a state, and the counts of its states are its records."""
    since, counted, stated = defaultdict(int), defaultdict(int), set()
    for message in messages:
        if message["type"] == "RECORD":
            since[message["record"]["stream"]] += 1
        if message["type"] == "STATE":
            state = message["state"]
            name = state["stream"]["stream_descriptor"]["name"]
            assert name in streams, f"a state of {name}, which is not configured"
            assert state["sourceStats"]["recordCount"] == since[name], (
                f"{name}: {state['sourceStats']['recordCount']} stated, {since[name]} printed since the last state"
            )
            counted[name] += since.pop(name)
            stated.add(name)
    left = {name: count for name, count in since.items() if count}
    assert not left, f"records after the last state: {left}"
    assert stated == set(streams), f"no state at all: {sorted(set(streams) - stated)}"


def check_records(messages, streams):
    """Configured streams only, every key once, every record as its schema says."""
    validators = {name: Draft7Validator(stream["json_schema"]) for name, stream in streams.items()}
    keys = defaultdict(set)
    for message in messages:
        if message["type"] != "RECORD":
            continue
        name, data = message["record"]["stream"], message["record"]["data"]
        assert name in streams, f"a record of {name}, which is not configured"
        key = tuple(data[path[0]] for path in streams[name]["source_defined_primary_key"])
        assert None not in key, f"{name}: a key is null in {data}"
        assert key not in keys[name], f"{name}: {key} twice in one run"
        keys[name].add(key)
        problem = next(validators[name].iter_errors(data), None)
        assert problem is None, f"{name} {key}: {problem.message} at {list(problem.path)}"
