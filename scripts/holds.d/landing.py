"""A destination in memory: rows by stream and key as the connector told of them, and the states that go with them."""

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

DELETED = "_ab_cdc_deleted_at"
STREAMS = ("users", "rooms", "channels", "groups", "direct_messages", "subscriptions", "messages", "files", "room_members")
KEYS = {"room_members": ("room_id", "_id")}


@dataclass
class Run:
    """What one run said, apart from its records."""

    code: int
    seconds: float
    peak: int
    records: int = 0
    complete: set = field(default_factory=set)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    buried: set = field(default_factory=set)
    broken: list = field(default_factory=list)
    output_of_errors: str = ""


class Copy:
    """What a destination holds."""

    def __init__(self, program, streams=STREAMS):
        self.program, self.streams = program, streams
        self.rows = {name: {} for name in streams}
        self.states = {}

    def twin(self):
        """Another destination with the same content."""
        copy = Copy(self.program, self.streams)
        copy.rows = {name: dict(rows) for name, rows in self.rows.items()}
        copy.states = dict(self.states)
        return copy

    def sync(self, config, environment=None, timeout=900):
        """Runs the connector from the last states and lands all that it says."""
        catalog = {
            "streams": [
                {"stream": {"name": name, "json_schema": {}}, "sync_mode": "incremental", "destination_sync_mode": "append_dedup"}
                for name in self.streams
            ]
        }
        with tempfile.TemporaryDirectory() as folder:
            files = {"config": config, "catalog": catalog, "state": list(self.states.values())}
            words = [self.program, "read"]
            for name, content in files.items():
                path = Path(folder, f"{name}.json")
                path.write_text(json.dumps(content))
                words += [f"--{name}", str(path)]
            output = Path(folder, "output")
            # `time` tells the peak of this child alone.
            told = Path(folder, "time")
            words = ["/usr/bin/time", "-q", "-f", "%M %e", "-o", str(told), *words]
            with output.open("wb") as target:
                done = subprocess.run(words, stdout=target, stderr=subprocess.PIPE, timeout=timeout, env=environment)
            peak, seconds = told.read_text().split()[-2:]
            run = Run(done.returncode, float(seconds), int(peak), output_of_errors=done.stderr.decode())
            with output.open("rb") as lines:
                for line in lines:
                    self._land(line, run)
        return run

    def _land(self, line, run):
        try:
            message = json.loads(line)
        except ValueError:
            run.broken.append(line[:200])
            return
        match message["type"]:
            case "RECORD":
                record = message["record"]
                name, data = record["stream"], record["data"]
                key = "/".join(data[part] for part in KEYS.get(name, ("_id",)))
                run.records += 1
                if data.get(DELETED):
                    run.buried.add((name, key))
                    self.rows[name].pop(key, None)
                else:
                    # What a member's or a room's row holds is the in-process matrix's matter; messages are compared by their text.
                    self.rows[name][key] = (data.get("_updatedAt"), data.get("msg"))
            case "STATE":
                state = message["state"]
                self.states[state["stream"]["stream_descriptor"]["name"]] = state
            case "LOG" if message["log"]["level"] in ("WARN", "ERROR", "FATAL"):
                run.warnings.append(message["log"]["message"])
            case "TRACE":
                trace = message["trace"]
                if "error" in trace:
                    error = trace["error"]
                    run.errors.append((error.get("stream_descriptor", {}).get("name"), error["failure_type"], error["message"]))
                status = trace.get("stream_status", {})
                if status.get("status") == "COMPLETE":
                    run.complete.add(status["stream_descriptor"]["name"])
