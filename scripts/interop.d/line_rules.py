"""What one line of a connector's stdout must be, whoever reads it."""

import json

from airbyte_protocol.models import AirbyteMessage

PAYLOADS = {
    "RECORD": "record",
    "STATE": "state",
    "LOG": "log",
    "TRACE": "trace",
    "SPEC": "spec",
    "CONNECTION_STATUS": "connectionStatus",
    "CATALOG": "catalog",
}
# A known runner stops the sync at a longer line.
LONGEST_LINE = 10 * 1024 * 1024


def parse(output):
    """Checks the whole of stdout line by line and returns the messages; raises AssertionError with the line."""
    assert output == b"" or output.endswith(b"\n"), "the last line has no end"
    text = output.decode("utf-8")
    lines = text.split("\n")[:-1]
    # Python readers split at U+0085, U+2028, U+2029 and several controls too.
    assert text.splitlines() == lines, "a line holds a character at which splitlines() cuts"
    return [check_line(line) for line in lines]


def check_line(line):
    """One line, by Airbyte's own model and by the rules the model does not know."""
    shown = line[:300]
    assert len(line.encode()) < LONGEST_LINE, f"a line of {len(line)} characters: {shown}"
    AirbyteMessage.model_validate_json(line)
    message = json.loads(line, parse_constant=lambda name: (_ for _ in ()).throw(AssertionError(f"{name}: {shown}")))
    kind = message["type"]
    assert kind in PAYLOADS, f"unexpected type {kind}: {shown}"
    assert isinstance(message.get(PAYLOADS[kind]), dict), f"no payload: {shown}"
    if kind == "RECORD":
        check_record(message["record"], shown)
    if kind == "STATE":
        check_state(message["state"], shown)
    if kind == "TRACE":
        assert type(message["trace"]["emitted_at"]) in (int, float), f"emitted_at: {shown}"
    return message


def check_record(record, shown):
    """A record has data, whole milliseconds and no namespace."""
    assert record["data"], f"empty data: {shown}"
    assert type(record["emitted_at"]) is int, f"emitted_at is not an integer: {shown}"
    assert "namespace" not in record, f"a namespace: {shown}"


def check_state(state, shown):
    """Only per-stream states, never null, without the platform's private `id`, with a count."""
    assert state["type"] == "STREAM", f"not a STREAM state: {shown}"
    assert isinstance(state["stream"]["stream_state"], dict), f"no stream_state: {shown}"
    assert "id" not in state, f"an id in a state: {shown}"
    assert isinstance(state["sourceStats"]["recordCount"], float), f"recordCount is not written as a double: {shown}"
