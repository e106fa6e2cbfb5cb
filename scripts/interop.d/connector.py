"""Runs the connector as a process and keeps every byte it printed."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

COMMAND = "source-rocket-chat"


@dataclass
class Run:
    """What one run left behind."""

    arguments: list[str]
    code: int
    output: bytes
    errors: bytes

    def messages(self, kind=None):
        """The parsed stdout lines, or those of one type."""
        parsed = [json.loads(line) for line in self.output.decode().split("\n") if line]
        return [message for message in parsed if kind in (None, message["type"])]


def run(verb, **inputs):
    """Runs one verb; `config=`, `catalog=` and `state=` are written to files and passed by name."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [verb]
        for name, value in inputs.items():
            path = Path(folder, f"{name}.json")
            path.write_text(value if isinstance(value, str) else json.dumps(value))
            arguments += [f"--{name}", str(path)]
        done = subprocess.run([COMMAND, *arguments], capture_output=True, timeout=600)
    return Run(arguments, done.returncode, done.stdout, done.stderr)


def configured(catalog, sync_mode="incremental"):
    """A configured catalog of every discovered stream; the mode is asked of all, as PyAirbyte does."""
    return {
        "streams": [
            {
                "stream": stream,
                "sync_mode": sync_mode,
                "destination_sync_mode": "append_dedup",
                "primary_key": stream.get("source_defined_primary_key"),
                "cursor_field": stream.get("default_cursor_field"),
            }
            for stream in catalog["streams"]
        ]
    }


def states(run_):
    """The state file that continues a run: the newest state of each stream."""
    newest = {}
    for message in run_.messages("STATE"):
        newest[message["state"]["stream"]["stream_descriptor"]["name"]] = message["state"]
    return list(newest.values())
