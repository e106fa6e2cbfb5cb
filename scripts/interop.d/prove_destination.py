"""PyAirbyte's own smoke-test source, all its scenarios, into the runner's SQLite file and into a destination on the CDK's Destination
class: no value may differ. Then the connector itself into that destination, with people at work between two syncs."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
from airbyte.cli.smoke_test_source._scenarios import PREDEFINED_SCENARIOS, get_scenario_records

from copy_check import check_copy
from sandbox import Sandbox

DESTINATION = f"{sys.executable} {Path(__file__).with_name('rows_destination.py')}"
# What the scenarios leave out: separators that cut lines elsewhere, names that differ in case or are no identifiers.
OWN = {
    "name": "lines, quotes & co",
    "json_schema": {
        "type": "object",
        "properties": {
            "key": {"type": "integer"},
            "Key ": {"type": "string"},
            'quo"te': {"type": ["null", "string"]},
            "deep": {"type": "object"},
            "rowid": {"type": "number"},
        },
    },
    "primary_key": [["key"]],
    "records": [
        {"key": 1, "Key ": "a\u2028b\u2029c\u0085d\r\ne\u0001", 'quo"te': "it's", "deep": {"a": [{"b": None}, 1e300]}, "rowid": 1},
        {"key": 2, "Key ": "\U0001f600\u200d", "deep": {"": {"": []}}, "rowid": -0.1},
    ],
}
SCENARIOS = [{**scenario, "record_count": 3000} for scenario in PREDEFINED_SCENARIOS] + [OWN]
CONFIG = {"all_slow_streams": True, "large_batch_record_count": 3000, "custom_scenarios": [OWN]}


def sync(source, config, *target, expect=0):
    """One sync by the runner; returns what it said."""
    command = ["airbyte-run", "sync", "--source", source, "--config", config, *map(str, target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == expect, f"the sync ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def exact(value):
    """JSON as text, in which 1, 1.0 and true are three things."""
    return json.dumps(value, sort_keys=True)


def check_database(path):
    """Each cell of the runner's file against the record that it came from, the last one of each key."""
    compared = 0
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        for scenario in SCENARIOS:
            name, key = scenario["name"], [path[0] for path in scenario.get("primary_key") or []]
            table = database.execute('SELECT name FROM _airbyte_tables WHERE stream = ?', (name,)).fetchone()[0]
            columns = dict(database.execute('SELECT field, name FROM _airbyte_columns WHERE "table" = ?', (table,)))
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
            records = get_scenario_records(scenario)
            if key:
                records = list({tuple(record[field] for field in key): record for record in records}.values())
                place = {tuple(row[columns[field]] for field in key): row for row in rows}
                rows = [place[tuple(record[field] for field in key)] for record in records]
            assert len(rows) == len(records), f"{name}: {len(rows)} rows of {len(records)}"
            for row, record in zip(rows, records):
                for field in scenario["json_schema"]["properties"]:
                    cell, value = row[columns[field]], record.get(field)
                    assert same_cell(cell, value), f"{name}.{field}: {cell!r}, the source says {value!r}"
                    compared += 1
    return compared


def same_cell(cell, value):
    """SQLite has no booleans and no lists: these are 0 and 1, and JSON as text. A column of several types is text."""
    if value is None or isinstance(value, str):
        return cell == value and type(cell) is type(value)
    if isinstance(cell, str):
        return exact(json.loads(cell)) == exact(value)
    return cell == value and type(cell) is (int if isinstance(value, bool) else type(value)) or (
        isinstance(cell, float) and cell == value
    )


def check_destination(path, generation):
    """Each record as it was sent, as often as it was sent and in that order, of the newest load only."""
    compared = 0
    with sqlite3.connect(path) as database:
        for scenario in SCENARIOS:
            name, records = scenario["name"], get_scenario_records(scenario)
            rows = database.execute("SELECT data, generation FROM landed WHERE stream = ? ORDER BY rowid", (name,)).fetchall()
            assert len(rows) == len(records), f"{name}: {len(rows)} rows of {len(records)}"
            for (data, load), record in zip(rows, records):
                # The source itself leaves out what is null.
                record = {field: value for field, value in record.items() if value is not None}
                assert load == generation, f"{name}: a row of load {load}"
                assert exact(json.loads(data)) == exact(record), f"{name}: {data}, the source says {record}"
                compared += len(record)
        total = database.execute("SELECT count(DISTINCT stream) FROM landed").fetchone()[0]
    assert total == sum(1 for scenario in SCENARIOS if get_scenario_records(scenario))
    return compared


def smoke():
    """PyAirbyte's scenarios, into both."""
    Path("smoke.json").write_text(json.dumps(CONFIG))
    Path("rows.json").write_text(json.dumps({"path": str(Path("rows.db").absolute()), "password": "s3cret-of-rows"}))
    sync("source-smoke-test", "smoke.json", "--into", "smoke.db")
    values = check_database("smoke.db")
    print(f"{len(SCENARIOS)} scenarios in the runner's file: {values} values, 0 differ")
    # The second load takes the place of the first.
    for load in (1, 2):
        sync("source-smoke-test", "smoke.json", "--destination", DESTINATION, "--destination-config", "rows.json")
        values = check_destination("rows.db", load)
        print(f"{len(SCENARIOS)} scenarios in the CDK's destination, load {load}: {values} values, 0 differ")


def check_rows(path, sandbox, streams):
    """The connector's rows, tombstones apart, against what is true on the server."""
    with sqlite3.connect(path) as database:
        for stream in streams:
            rows = database.execute("SELECT data FROM landed WHERE stream = ?", (stream,)).fetchall()
            records = [
                {re.sub(r"[^a-z0-9_]", "_", name.lower()): value for name, value in json.loads(row[0]).items()} for row in rows
            ]
            check_copy(stream, pd.DataFrame(records, dtype=object), sandbox.truth(stream))


def connector():
    """The connector and people at work."""
    Path("chat-rows.json").write_text(json.dumps({"path": str(Path("chat.db").absolute())}))
    streams = ["messages", "rooms", "users"]
    target = ["--destination", DESTINATION, "--destination-config", "chat-rows.json", "--streams", ",".join(streams)]
    program = shutil.which("source-rocket-chat")
    with Sandbox(users=30, rooms=12, messages=1500) as sandbox:
        Path("chat.json").write_text(json.dumps(sandbox.config()))
        sync(program, "chat.json", *target)
        check_rows("chat.db", sandbox, streams)
        sandbox.live(steps=200)
        sync(program, "chat.json", *target)
        check_rows("chat.db", sandbox, streams)
        # Everything anew, in place of what was there.
        sync(program, "chat.json", *target, "--full-refresh")
        check_rows("chat.db", sandbox, streams)
    kept = json.loads(Path("chat-rows.state.json").read_text())
    assert len(kept["airbyte_state"]) == len(streams) and kept["runs"] == 3, kept
    with sqlite3.connect("chat.db") as database:
        loads = database.execute("SELECT stream, count(DISTINCT generation) FROM landed GROUP BY 1 ORDER BY 1").fetchall()
        assert loads == [(stream, 1) for stream in streams], f"rows of a former load are left: {loads}"
    refused = sync(program, "chat.json", "--destination", DESTINATION, "--destination-config", "nowhere.json", expect=1)
    assert "the check of the destination failed: unable to open database file; nothing was read" in refused, refused


Path("nowhere.json").write_text(json.dumps({"path": "/nowhere/rows.db"}))
smoke()
connector()
