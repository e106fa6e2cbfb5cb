"""Weeks of hourly syncs by connector and runner from a stand-in that lives and fails, with restarts of both sides: what grows, and whether
the copy is the server's."""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "interop.d"))

from chart import chart
from sandbox import Sandbox

STREAMS = ("messages", "users", "rooms", "channels", "groups", "direct_messages", "subscriptions", "room_members", "files")
HOUR = 3_600_000
# What goes wrong for a few requests of a sync.
FAULTS = (
    "kind=500&count=2", "kind=502&count=1", "kind=503&count=3", "kind=dropped&count=2", "kind=truncated&bytes=50&count=2", "kind=empty&count=1",
    "kind=broken&count=2", "kind=html&count=2", "kind=unsuccessful&count=1", "kind=429&milliseconds=300&count=2", "kind=restart&milliseconds=700&count=1",
    "kind=slow&milliseconds=200&count=2", "kind=date&milliseconds=600000&count=5", "kind=500&route=users.list&count=always",
    "kind=503&route=chat.syncMessages&probability=0.2&count=always", "kind=401&route=rooms.get&count=1", "kind=403&route=groups.listAll&count=always",
    "kind=edit&edit=set:total:0&count=3", "kind=edit&edit=remove:users&count=1",
)


class Soak:
    """The stand-in, the copy, and what was measured of each sync."""

    def __init__(self, folder, sandbox, seed):
        self.folder, self.sandbox, self.random = Path(folder), sandbox, random.Random(seed)
        self.file, self.peaks = self.folder / "chat.db", self.folder / "peaks"
        self.config = self.folder / "config.json"
        self.config.write_text(json.dumps(sandbox.config() | {"request_timeout_seconds": 10}))
        # Tells the peak of the connector alone.
        self.source = self.folder / "source"
        self.source.write_text(f'#!/bin/sh\nexec /usr/bin/time -q -a -o {self.peaks} -f %M source-rocket-chat "$@"\n')
        self.source.chmod(0o755)
        self.samples, self.kills, self.failures = [], 0, 0

    def control(self, text):
        """A control route of the stand-in. While it restarts, for less than a second, it refuses connections."""
        for _ in range(50):
            try:
                return self.sandbox._request("POST", f"/_sandbox/{text}")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise TimeoutError(f"the stand-in does not come back: {text}")

    def sync(self, kill=None):
        """One sync; `kill` ends the runner or the source in its midst. Returns the exit code, descriptors and the runner's peak in KB."""
        self.peaks.write_text("")
        words = ["airbyte-run", "sync", "--source", self.source, "--config", self.config, "--into", self.file, "--streams", ",".join(STREAMS)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
        errors = []
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
        reader.start()
        descriptors, peak, ended = 0, 0, False
        until = time.monotonic() + (self.random.uniform(0.02, 0.6) if kill else 1e9)
        while process.poll() is None:
            try:
                descriptors = max(descriptors, len(os.listdir(f"/proc/{process.pid}/fd")))
                status = Path(f"/proc/{process.pid}/status").read_text()
                peak = max(peak, int(status.partition("VmHWM:")[2].split()[0]))
            except (OSError, IndexError):
                pass
            if time.monotonic() > until and not ended:
                ended = True
                self.kills += 1
                if kill == "runner":
                    process.kill()
                elif kill == "asked":
                    process.terminate()
                else:
                    self.kill_source(process.pid)
            time.sleep(0.01)
        reader.join()
        return process.returncode, descriptors, peak, (errors or [b""])[0].decode(errors="replace")

    def kill_source(self, runner):
        """Ends the connector, below the script that measures it."""
        for wrapper in children(runner):
            for source in children(wrapper):
                try:
                    os.kill(source, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def hour(self, number):
        """An hour in which people write and something fails; and the sync at its end."""
        self.control(f"advance?milliseconds={HOUR}")
        self.control(f"live?steps={self.random.randint(0, 40)}")
        if number % 24 == 12:
            self.control("turnover")
        is_still = number % 24 == 23
        kill = None
        if not is_still:
            for _ in range(self.random.choice((0, 0, 1, 2)) if number else 0):
                self.control("fault?" + urllib.parse.quote(self.random.choice(FAULTS), safe="=&"))
            kill = self.random.choice((None,) * 6 + ("runner", "asked", "source")) if number else None
        code, descriptors, runner, errors = self.sync(kill)
        self.control("clear")
        self.failures += code != 0
        if is_still or not number:
            assert code == 0, f"hour {number}: a sync without faults ended with {code}: {errors[-1500:]}"
        peaks = [int(line) for line in self.peaks.read_text().split() if line.isdigit()]
        with sqlite3.connect(self.file) as database:
            state = database.execute("SELECT sum(length(state)) FROM _airbyte_state").fetchone()[0] or 0
            rows = database.execute("SELECT count(*) FROM messages").fetchone()[0]
        sample = {
            "hour": number, "code": code, "runner": runner, "connector": max(peaks, default=0), "descriptors": descriptors, "state": state,
            "file": self.file.stat().st_size, "rows": rows, "divergence": None,
        }
        if is_still:
            # What everybody left at once is believed at the second sync.
            assert self.sync()[0] == 0
            sample["divergence"] = self.divergence()
        self.samples.append(sample)

    def divergence(self):
        """How many rows of the copy differ from the server's."""
        different = 0
        with sqlite3.connect(self.file) as database:
            for stream in STREAMS:
                if stream in ("room_members", "files"):
                    continue
                truth = self.sandbox.truth(stream)
                closed = self.sandbox.closed_rooms() if stream == "messages" else set()
                query = f"SELECT _id{', msg, rid' if stream == 'messages' else ''} FROM {stream}"
                rows = {row[0]: row for row in database.execute(query) if row[-1] not in closed}
                also = self.sandbox.channels() if stream == "channels" else set()
                wrong = set(truth) - set(rows) | set(rows) - set(truth) - also
                if stream == "messages":
                    wrong |= {key for key in set(truth) & set(rows) if (truth[key].get("msg") or "") != (rows[key][1] or "")}
                if wrong:
                    print(f"{stream}: {len(wrong)} rows differ, as {sorted(wrong)[:3]}", file=sys.stderr)
                different += len(wrong)
        return different


def children(pid):
    """Numbers of a process's children."""
    try:
        return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_flat(values, slack):
    """Whether the last third of the values lies no higher than the first by more than `slack`, as a share; the middle values of both."""
    third = max(1, len(values) // 3)
    middle = lambda part: sorted(part)[len(part) // 2]
    first, last = middle(values[:third]), middle(values[-third:])
    return last <= first * (1 + slack), f"{first} to {last}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=int, default=3 * 7 * 24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", help="where the chart goes, as SVG")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, Sandbox(users=40, rooms=15, messages=1500, limit="off", seed=options.seed) as sandbox:
        soak = Soak(folder, sandbox, options.seed)
        began = time.monotonic()
        try:
            for number in range(options.hours):
                soak.hour(number)
                if number % 24 == 23:
                    print(json.dumps(soak.samples[-1]), file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print("interrupted; what was measured so far:", file=sys.stderr)
        samples = soak.samples
        if options.plot:
            chart(samples, Path(options.plot))
        wrong = []
        said = []
        whole = [sample for sample in samples if sample["connector"] and sample["code"] == 0]
        for name, slack in (("runner", 0.1), ("connector", 0.1), ("descriptors", 0)):
            flat, text = is_flat([sample[name] for sample in whole], slack)
            said.append(f"{name} {text}")
            if not flat:
                wrong.append(f"{name} grows: {text}")
        # What the copy takes goes with its rows, and what is remembered with rooms and members: both by the row.
        for name, slack in (("state", 0.25), ("file", 0.25)):
            flat, text = is_flat([round(sample[name] / sample["rows"], 1) for sample in whole], slack)
            said.append(f"bytes of {name} a message {text}")
            if not flat:
                wrong.append(f"{name} grows by the row: {text}")
        different = sum(sample["divergence"] or 0 for sample in samples)
        if different:
            wrong.append(f"{different} rows differed")
        if options.hours >= 168 and (not soak.kills or not soak.failures):
            wrong.append("nothing was killed, or nothing failed")
        print(
            f"{len(samples)} simulated hours in {time.monotonic() - began:.0f} s: {soak.failures} syncs failed, {soak.kills} were killed, "
            f"{sum(sample['divergence'] is not None for sample in samples)} comparisons, {different} rows differed; "
            + "; ".join(said) + f"; at last {samples[-1]['rows']} messages, state {samples[-1]['state']} bytes, file {samples[-1]['file']} bytes"
        )
        for sentence in wrong:
            print(f"WRONG: {sentence}", file=sys.stderr)
        sys.exit(1 if wrong else 0)


main()
