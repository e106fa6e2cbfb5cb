"""Values as the server's JSON, SQLite and DuckDB hold them, brought to one form; and expectations held against them."""

import json
import re
from datetime import datetime, timezone

from ledger import FALSE, NOTHING, SOMETHING

STAMP = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$")


def column(name):
    """The name of a field as every copy can hold it."""
    return re.sub(r"[^a-z0-9_]", "_", name.lower())


def plain(value):
    """One form of a value: no nulls inside, dates as milliseconds, flags as numbers, encoded JSON decoded."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dict):
        # Extended JSON of dates, as some answers have it.
        if set(value) == {"$date"}:
            return plain(value["$date"])
        return {key: plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        if STAMP.match(value):
            stamp = datetime.fromisoformat(value.replace("Z", "+00:00").replace(" ", "T"))
            stamp = stamp if stamp.tzinfo else stamp.replace(tzinfo=timezone.utc)
            return round(stamp.timestamp() * 1000)
        if value[:1] in "[{" and value[-1:] in "]}":
            try:
                return plain(json.loads(value))
            except ValueError:
                return value
    return value


def row(document):
    """A document with its fields named and its values formed alike."""
    return {column(name): plain(value) for name, value in document.items() if value is not None}


def same(held, expected):
    """Whether two plain values are one; a lone value and a list of it are, since some servers send either."""
    return held == expected or held == [expected] or [held] == expected or empty(held) and empty(expected)


def empty(value):
    """Whether there is nothing in a value."""
    return value is None or value in ("", [], {})


def meets(held, expected):
    """Whether a value holds what is expected of it: every member of an object, every element of a list, or the value itself."""
    if expected is SOMETHING:
        return not empty(held)
    if expected is NOTHING:
        return empty(held)
    if expected is FALSE:
        return not held
    expected = expected if isinstance(expected, (dict, list)) else plain(expected)
    if isinstance(expected, dict):
        return isinstance(held, dict) and all(meets(held.get(key), value) for key, value in expected.items())
    if isinstance(expected, list):
        return isinstance(held, list) and all(any(meets(item, value) for item in held) for value in expected)
    return held == expected


def shown(value):
    """A value in a sentence."""
    if value in (SOMETHING, NOTHING, FALSE):
        return repr(value)
    if empty(value):
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 120 else text[:117] + "..."
