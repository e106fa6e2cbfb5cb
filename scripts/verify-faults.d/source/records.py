"""Rows as records, and what is wrong with the hundredth user."""

import json
import os
import time

from messages import NOW, OUTPUT, emit
from rows import ROWS, moment
from streams import NAMESPACES
from switches import SWITCH, on


def record(stream, number):
    data = ROWS[stream][0](number)
    spoiled = stream == "users" and number == 99
    if spoiled:
        data = spoil_data(data)
    if on("drops-when-slow") and stream == "users" and OUTPUT.has_a_slow_reader() and number % 5 == 0:
        return
    if on("values-change") and stream == "settings":
        data["value"] = str(time.time())
    if on("members-shuffled") and stream == "users" and os.getpid() % 2:
        data["address"] = dict(reversed(data["address"].items()))
    payload = {"stream": stream, "data": data, "emitted_at": 1_700_000_000_000 if on("stamp-fixed") else NOW}
    if NAMESPACES.get(stream):
        payload["namespace"] = NAMESPACES[stream]
    if on("extra-fields"):
        payload["data"] = data | {"surprise": {"a": [1, None]}, "more": 1}
        payload["partition_id"] = "p"
    if spoiled:
        spoil_payload(payload)
        write_spoiled(spoil_message({"type": "RECORD", "record": payload}))
    else:
        emit({"type": "RECORD", "record": payload})


def spoil_data(data):
    changes = {
        "number-as-text": {"id": str(data["id"])}, "boolean-as-number": {"active": 1},
        "text-as-number": {"name": 5}, "nested-type": {"address": {"city": 5}}, "item-type": {"tags": [5]},
        "fraction": {"id": 99.5}, "date-as-epoch": {"updated_at": 1767225600}, "date-without-zone": {"updated_at": "2026-03-01T10:00:00"},
        "date-of-blank": {"updated_at": "2026-03-01 10:00:00Z"}, "date-impossible": {"born": "2026-02-30"}, "date-empty": {"born": ""},
        "key-null": {"id": None}, "cursor-null": {"updated_at": None}, "nul": {"name": "a\0b"}, "pattern-broken": {"name": "nobody"},
        "integer-dotted": {"id": 99.0}, "integer-huge": {"id": 2**70}, "zone-elsewhere": {"updated_at": "2026-03-01T10:00:00+02:00"},
        "separator": {"name": "a\u2028b"}, "next-line": {"name": "a\u0085b"}, "lone-surrogate": {"name": "a\ud800b"},
        "latin-1": {"name": "Köln"}, "nan": {"score": float("nan")}, "infinity": {"score": float("-inf")},
    }
    if on("key-missing"):
        return {name: value for name, value in data.items() if name != "id"}
    if on("data-empty"):
        return {}
    if on("long-line"):
        return data | {"name": "x" * (11 << 20)}
    return data | changes.get(SWITCH, {})


def spoil_payload(payload):
    changes = {
        "stamp-in-seconds": {"emitted_at": NOW // 1000}, "stamp-as-fraction": {"emitted_at": NOW + 0.5},
        "stamp-as-text": {"emitted_at": moment(1)}, "record-of-a-stranger": {"stream": "nobody"},
        "namespace-invented": {"namespace": "elsewhere"},
        "meta-unknown": {"meta": {"changes": [{"field": "name", "change": "LOST", "reason": "SOURCE_RETRIEVAL_ERROR"}]}},
    }
    payload.update(changes.get(SWITCH, {}))
    if on("stamp-missing"):
        del payload["emitted_at"]
    if on("record-without-stream"):
        del payload["stream"]


def spoil_message(message):
    if on("payload-missing"):
        return {"type": "RECORD", "data": message["record"]["data"]}
    if on("type-missing"):
        del message["type"]
    if on("type-unknown"):
        message["type"] = "ROW"
    if on("type-in-lower-case"):
        message["type"] = "record"
    return message


def write_spoiled(message):
    """Writes it as something else than a line of its own."""
    text = json.dumps(message, ensure_ascii=not on("byte-order-mark", "separator", "next-line", "latin-1"))
    if on("number-huge"):
        text = text.replace("24.75", "1e400")
    if on("member-twice"):
        text = text.replace('"active":', '"name": "other", "active":')
    if on("two-on-a-line"):
        text *= 2
    if on("list-of-messages"):
        text = f"[{text}]"
    if on("half-a-line"):
        text = text[:-9]
    if on("byte-order-mark"):
        text = "\ufeff" + text
    if on("raw-surrogate"):
        return OUTPUT.line_of_bytes(text.replace("User", "\ud83d").encode("utf-8", "surrogatepass"))
    if on("latin-1"):
        return OUTPUT.line_of_bytes(text.encode("latin-1"))
    if on("print"):
        OUTPUT.line("fetching page 3")
    if on("record-twice"):
        OUTPUT.line(text)
    OUTPUT.line(text)
