"""Compares a table of a PyAirbyte cache with what the sandbox says is true."""

import json
import re

import pandas as pd

DELETED = "_ab_cdc_deleted_at"


def live_rows(frame):
    """The rows of a cache's table that are not tombstones, by `_id`."""
    if DELETED in frame:
        frame = frame[frame[DELETED].isna()]
    assert frame["_id"].is_unique, "an _id twice in the cache"
    return frame.set_index("_id", drop=False)


def check_copy(stream, frame, truth, also=frozenset()):
    """Same ids, and in every column the same value; `also` are ids that may be there besides."""
    rows = live_rows(frame)
    missing, extra = set(truth) - set(rows.index), set(rows.index) - set(truth) - also
    assert not missing, f"{stream}: {len(missing)} missing, as {sorted(missing)[:3]}"
    assert not extra, f"{stream}: {len(extra)} too many, as {sorted(extra)[:3]}"
    compared = 0
    for key, document in truth.items():
        row = rows.loc[key]
        for field, expected in document.items():
            column = re.sub(r"[^a-z0-9_]", "_", field.lower())
            if column not in row.index:
                continue
            assert same(row[column], expected), f"{stream} {key}.{field}: {row[column]!r}, true is {expected!r}"
            compared += 1
    print(f"{stream}: {len(truth)} rows, {compared} values as on the server")


def same(cell, expected):
    """One value: as the cache's pandas column holds it, and as the server's JSON has it.

    A field that is a list on some servers and a single value on others is always a list in the copy.
    """
    if isinstance(expected, (dict, list)):
        held = normalised(json.loads(cell) if isinstance(cell, str) else cell)
        return held == normalised(expected) or held == [normalised(expected)]
    if isinstance(cell, pd.Timestamp):
        return instant(cell) == instant(expected)
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return False
    if isinstance(cell, (str, list)) and not isinstance(expected, str):
        return (json.loads(cell) if isinstance(cell, str) else cell) == [expected]
    return cell == expected


def instant(value):
    """A timestamp in whole milliseconds of UTC."""
    stamp = pd.Timestamp(value)
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    return stamp.value // 1_000_000


def normalised(value):
    """Nested JSON without nulls, which a document store does not tell from absence."""
    if isinstance(value, dict):
        return {key: normalised(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [normalised(item) for item in value]
    return value
