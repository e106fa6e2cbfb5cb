"""`kill -9` of the runner, the source or the destination at random instants of a sync, into the runner's own SQLite file and into a
destination. After each kill: the files are sound, every state that is kept has its rows. Then one sync more: everything is there.

    kills.py [KILLS] [SEED] [file|destination]    so many for each of the two (default 300), or for one of them

Four of five are against a source that counts, whose truth is exact; the fifth against the connector and a living sandbox.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "interop.d"))
from sandbox import Sandbox  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
PLACES = sys.argv[3:] or ["file", "destination"]
CHANCE = random.Random(SEED)
# Without the modules of the site, which take longest to load.
PYTHON = f"{sys.executable} -I -S"
CHAT = ["messages", "rooms", "users"]


def quick(folder, name):
    """A command that answers what is always the same from files, since most of a short run is the start of Python."""
    program = HERE / name
    for verb in ("spec", "check", "discover"):
        answer = subprocess.run([*PYTHON.split(), program, verb], stdout=subprocess.PIPE, check=True).stdout
        Path(folder, f"{name}.{verb}").write_bytes(answer)
    script = Path(folder, f"{name}.sh")
    script.write_text(f'case $1 in read | write) exec {PYTHON} {program} "$@" ;; *) cat {folder}/{name}.$1 ;; esac\n')
    return f"sh {script}"


def children(parent):
    """The processes that a process has started, by what they do: a source or a destination."""
    found = {}
    try:
        pids = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return found
    for pid in pids:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        for role, name in (("source", "counter_source"), ("source", "source-rocket-chat"), ("destination", "rows_destination")):
            if name in words:
                found[role] = int(pid)
    return found


class Pair:
    """A source and where its rows go, in a folder of their own."""

    destination = None

    def __init__(self, folder, into):
        self.folder, self.into = folder, into
        folder.mkdir()
        self.config, self.database = folder / "config.json", folder / "rows.db"
        (folder / "destination.json").write_text(json.dumps({"path": str(self.database)}))
        self.seconds = 1.0

    def command(self):
        words = ["airbyte-run", "sync", "--source", self.source, "--config", self.config, "--commit-every", "0"]
        words += ["--streams", ",".join(self.streams)]
        if self.into:
            return words + ["--into", self.database]
        return words + ["--destination", self.destination, "--destination-config", self.folder / "destination.json"]

    def start(self):
        return subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def strike(self):
        """Kills one of them somewhere; returns whom, None when it was not there."""
        victim = CHANCE.choice(["runner", "source"] if self.into else ["runner", "source", "destination"])
        runner = self.start()
        time.sleep(CHANCE.uniform(0, self.seconds))
        others = children(runner.pid)
        pid = runner.pid if victim == "runner" else others.get(victim)
        if runner.poll() is not None or pid is None:
            runner.communicate()
            self.vanish(others)
            return None
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            victim = None
        runner.communicate()
        self.vanish(others)
        return victim

    @staticmethod
    def vanish(pids):
        """Nobody is left behind."""
        end = time.monotonic() + 15
        for pid in pids.values():
            while time.monotonic() < end:
                try:
                    os.kill(pid, 0)
                except ProcessLookupError:
                    break
                time.sleep(0.01)
            else:
                raise AssertionError(f"process {pid} outlived its runner")

    def complete(self):
        began = time.monotonic()
        runner = self.start()
        said = runner.communicate()[1].decode()
        assert runner.returncode == 0, f"the sync after a kill ended with {runner.returncode}:\n{said}"
        self.seconds = time.monotonic() - began

    def sound(self):
        if self.database.exists():
            with closing(sqlite3.connect(self.database)) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def states(self):
        """The kept states by stream."""
        if self.into:
            return {name: json.loads(text) for name, text in self.query("SELECT stream, state FROM _airbyte_state")}
        path = self.folder / "destination.state.json"
        entries = json.loads(path.read_text())["airbyte_state"] if path.exists() else []
        return {entry["stream"]["stream_descriptor"]["name"]: entry["stream"]["stream_state"] for entry in entries}

    def query(self, sql, *values):
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(self.database)) as database:
            try:
                return database.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                assert "no such table" in str(error), error
                return []

    def rows(self, stream):
        """Its documents."""
        if self.into:
            with closing(sqlite3.connect(self.database)) as database:
                database.row_factory = sqlite3.Row
                try:
                    return [dict(row) for row in database.execute(f'SELECT * FROM "{stream}"')]
                except sqlite3.OperationalError as error:
                    assert "no such table" in str(error), error
                    return []
        return [json.loads(row[0]) for row in self.query("SELECT data FROM landed WHERE stream = ?", stream)]


class Counting(Pair):
    """The source that counts."""

    name, source, streams = "counter", None, ["merged", "added", "whole"]

    def __init__(self, folder, into):
        super().__init__(folder, into)
        self.config.write_text(json.dumps({"total": str(folder / "total")}))
        self.total, self.repeats = 0, 0

    def move(self):
        """The world goes on."""
        self.total += CHANCE.randrange(50, 250)
        (self.folder / "total").write_text(str(self.total))

    def hold(self):
        """What a kill may not break: each state has its rows, and in the runner's own file the rows no more than that."""
        states = self.states()
        for stream in ("merged", "added"):
            numbers = [row["id"] for row in self.rows(stream)]
            stated = states.get(stream, {}).get("n", 0)
            missing = set(range(1, stated + 1)) - set(numbers)
            assert not missing, f"{stream}: the state says {stated}, but {len(missing)} rows are missing"
            if self.into and stream == "added":
                assert len(numbers) == stated, f"{stream}: {len(numbers)} rows, the state says {stated}"
        if self.into:
            # Replaced whole or not at all.
            whole = sorted(row["id"] for row in self.rows("whole"))
            assert whole == list(range(1, len(whole) + 1)) and len(whole) in (0, self.end("whole"), self.before), len(whole)

    before = 0

    def equal(self):
        """Everything is there, and only once where the rows have keys or a transaction."""
        for stream in self.streams:
            truth = list(range(1, self.end(stream) + 1))
            rows = self.rows(stream)
            assert all(row["text"] == f"{stream} {row['id']}" for row in rows)
            numbers = sorted(row["id"] for row in rows)
            if stream == "added" and not self.into:
                # Rows without a key that were stored and not yet confirmed come again.
                self.repeats = len(numbers) - len(truth)
                numbers = sorted(set(numbers))
            assert numbers == truth, f"{stream}: {len(numbers)} rows of {len(truth)}"
        self.before = self.end("whole")

    def end(self, stream):
        """How far the source counts."""
        return 100 + self.total % 300 if stream == "whole" else self.total


class Chatting(Pair):
    """The connector and a sandbox."""

    name, source, streams = "connector", "source-rocket-chat", CHAT

    def __init__(self, folder, into, sandbox):
        super().__init__(folder, into)
        self.sandbox, self.repeats = sandbox, 0
        self.config.write_text(json.dumps(sandbox.config()))

    def move(self):
        self.sandbox.live(steps=40)

    def hold(self):
        self.states()

    def equal(self):
        for stream in self.streams:
            truth = self.sandbox.truth(stream)
            closed = self.sandbox.closed_rooms() if stream == "messages" else set()
            alive = [row for row in self.rows(stream) if not row.get("_ab_cdc_deleted_at")]
            rows = {row["_id"]: row for row in alive if row.get("rid") not in closed}
            assert set(rows) == set(truth), f"{stream}: {len(set(truth) - set(rows))} missing, {len(set(rows) - set(truth))} too many"
            for key, document in truth.items():
                for field in ("msg", "name", "username"):
                    if isinstance(document.get(field), str):
                        assert rows[key].get(field) == document[field], f"{stream} {key}.{field}"


class Tally:
    """How many kills met whom, and how many came too late."""

    def __init__(self):
        self.met, self.missed, self.began = Counter(), 0, time.monotonic()

    def __str__(self):
        whom = ", ".join(f"{count} of the {victim}" for victim, count in sorted(self.met.items()))
        return f"{self.met.total()} kills ({whom}; {self.missed} came too late) in {time.monotonic() - self.began:.0f} s"


def begin(pair):
    """One sync that nobody disturbs, which also tells how long one takes."""
    pair.move()
    pair.complete()
    pair.equal()


def play(pair, tally):
    """One round: the world goes on, somebody is killed, everything holds, and the next sync brings the rest."""
    pair.move()
    victim = pair.strike()
    pair.sound()
    pair.hold()
    if victim is None:
        tally.missed += 1
    else:
        tally.met[f"{pair.name}'s {victim}"] += 1
    pair.complete()
    pair.sound()
    pair.equal()


print(f"seed {SEED}", flush=True)
with tempfile.TemporaryDirectory() as folder, Sandbox(users=20, rooms=8, messages=400, limit="off") as sandbox:
    os.environ["TMPDIR"] = folder
    Counting.source, Pair.destination = quick(folder, "counter_source.py"), quick(folder, "rows_destination.py")
    for place in PLACES:
        into = place == "file"
        counting = Counting(Path(folder, f"counter-{place}"), into)
        chatting = Chatting(Path(folder, f"chat-{place}"), into, sandbox)
        begin(counting)
        begin(chatting)
        tally, said = Tally(), 0
        while tally.met.total() < KILLS:
            play(chatting if tally.met.total() % 5 == 4 else counting, tally)
            if tally.met.total() // 20 > said:
                said = tally.met.total() // 20
                print(f"{place}: {tally}", flush=True)
        print(
            f"{place}: {tally}: the files always sound, never a state without its rows, whole after the next sync; at the end"
            f" {counting.repeats} of {counting.total} rows without a key are there more than once",
            flush=True,
        )
    # A run killed before a shell watches over its source leaves its folder to the next run, which takes away what is a minute old.
    for entry in Path(folder).glob("airbyte-run-*"):
        os.utime(entry, (0, 0))
    chatting.complete()
    left = [entry.name for entry in Path(folder).iterdir() if entry.name.startswith("airbyte-run-")]
    assert not left, f"folders of killed runs are left: {left}"
