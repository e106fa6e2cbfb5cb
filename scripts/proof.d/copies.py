"""The two copies: an SQLite file kept by `airbyte-run`, and a DuckDB file kept by PyAirbyte."""

import json
import os
import re
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ledger import KEYS
from values import row

# Rows of these vanish from a table only when it is read anew...
ANEW = ["files", "livechat_rooms"]
# ...and of these from PyAirbyte's, which by itself merges whatever has a key.
REPLACED = [*ANEW, "users", "room_members", "team_members", "team_rooms"]
SUMMARY = re.compile(r"(\d+) requests, (\d+) refused by the rate limit; (\d+) s spent waiting")


@dataclass
class Run:
    """One sync of one copy."""

    copy: str
    seconds: float
    requests: int = 0
    refused: int = 0
    waited: int = 0

    def read(self, log):
        """Adds what the connector's log says of its requests."""
        for requests, refused, waited in SUMMARY.findall(log):
            self.requests += int(requests)
            self.refused += int(refused)
            self.waited += int(waited)


class SyncFailed(Exception):
    """A sync that did not succeed, with what was said about it."""


class Copy:
    """What both have in common: tables read once after each sync."""

    name = ""

    def __init__(self):
        self.tables = {}
        self.runs = []

    def has(self, stream):
        """Whether the stream is copied."""
        return stream in self.streams

    def row(self, stream, key):
        """A row by its key."""
        return self.table(stream).get(key)

    def of_room(self, stream, room):
        """The messages of a room."""
        return {key: held for key, held in self.table(stream).items() if held.get("rid") == room}

    def table(self, stream):
        """All rows by key."""
        if stream not in self.tables:
            names = KEYS.get(stream, ("_id",))
            self.tables[stream] = {tuple(held[name] for name in names): held for held in self.read(stream)}
        return self.tables[stream]


class SqliteCopy(Copy):
    """A file kept by the runner."""

    name = "SQLite"

    def __init__(self, folder, config, streams):
        super().__init__()
        self.path, self.config, self.streams = Path(folder, "proof.db"), config, streams

    def sync(self):
        """Syncs; returns what it cost."""
        self.tables = {}
        began = time.monotonic()
        run = Run(self.name, 0)
        for streams, more in self.passes():
            command = ["airbyte-run", "sync", "--source", "source-rocket-chat", "--config", str(self.config), "--into",
                       str(self.path), "--verbose", "--streams", ",".join(streams), *more]
            done = subprocess.run(command, capture_output=True, text=True)
            run.read(done.stderr)
            if done.returncode:
                raise SyncFailed(f"airbyte-run ended with {done.returncode}: {last_words(done.stderr)}")
        run.seconds = time.monotonic() - began
        self.runs.append(run)
        return run

    def passes(self):
        """The streams of each call of the runner, and its further arguments."""
        anew = [stream for stream in self.streams if stream in ANEW]
        yield [stream for stream in self.streams if stream not in ANEW], []
        if anew:
            yield anew, ["--full-refresh"]

    def read(self, stream):
        """The rows of a table."""
        database = sqlite3.connect(self.path)
        database.row_factory = sqlite3.Row
        rows = database.execute(f'SELECT * FROM "{stream}"').fetchall()
        database.close()
        return [row(dict(found)) for found in rows]

    def columns(self, stream):
        """The names of a table's columns."""
        database = sqlite3.connect(self.path)
        names = {line[1].lower() for line in database.execute(f'PRAGMA table_info("{stream}")')}
        database.close()
        return names


class DuckdbCopy(Copy):
    """A file kept by PyAirbyte, in a process of PyAirbyte's own environment."""

    name = "DuckDB"

    def __init__(self, folder, config, streams):
        super().__init__()
        self.folder, self.streams = Path(folder, "duckdb"), streams
        self.folder.mkdir()
        # Streams whose tables kept rows because a read brought none.
        self.kept = set()
        self.log = open(Path(folder, "pyairbyte.log"), "w+")
        arguments = [config, self.folder, ",".join(streams), ",".join(stream for stream in streams if stream in REPLACED)]
        self.process = subprocess.Popen(
            [os.environ["PYAIRBYTE_PYTHON"], Path(__file__).with_name("pyairbyte_reads.py"), *arguments],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def close(self):
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait(timeout=120)

    def sync(self):
        """Reads everything into the file; returns what it cost."""
        self.tables = {}
        began = time.monotonic()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        # PyAirbyte prints its progress on the same pipe.
        for line in self.process.stdout:
            if line.startswith("read "):
                run = Run(self.name, time.monotonic() - began)
                run.read(line)
                self.kept |= set(line.rsplit(" kept ", 1)[-1].strip().split(",")) - {""}
                self.runs.append(run)
                return run
        self.log.seek(0)
        raise SyncFailed(f"PyAirbyte ended with {self.process.wait()}: {last_words(self.log.read())}")

    def read(self, stream):
        """The rows of a table that are no tombstones."""
        path = self.folder / f"{stream}.jsonl"
        if not path.exists():
            return []
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        return [row(found) for found in rows if found.get("_ab_cdc_deleted_at") is None]

    def columns(self, stream):
        """The names of a table's columns."""
        path = self.folder / f"{stream}.columns"
        return set(path.read_text().split()) if path.exists() else set()


def last_words(text):
    """The end of a log, where the reason stands."""
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line or "error" in line.lower()]
    return " / ".join((errors or lines)[-3:])[-900:]
