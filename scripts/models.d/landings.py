"""The landed tables of one living workspace, three times over: the runner's file, and PyAirbyte's DuckDB and PostgreSQL."""

import json
import os
import subprocess
from pathlib import Path


class RunnerFile:
    """A workspace synced by `airbyte-run` into an SQLite file."""

    target = "sqlite"

    def __init__(self, folder, config):
        self.path = Path(folder, "workspace.db")
        self.config = Path(folder, "config.json")
        self.config.write_text(json.dumps(config))

    def sync(self):
        """Syncs every stream; raises with what the runner said when it fails."""
        command = ["airbyte-run", "sync", "--source", "source-rocket-chat", "--config", self.config, "--into", self.path]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise RuntimeError(f"airbyte-run sync ended with {done.returncode}: {done.stderr[-2000:]}")


class PyAirbyteCaches:
    """PyAirbyte in a process of its own environment, reading into a DuckDB file and a PostgreSQL server."""

    def __init__(self, folder, config, postgres):
        self.duckdb = Path(folder, "chat.duckdb")
        self.log = open(Path(folder, "pyairbyte.log"), "w+")
        self.process = subprocess.Popen(
            [os.environ["PYAIRBYTE_PYTHON"], Path(__file__).with_name("pyairbyte_reads.py"), json.dumps(config)]
            + ["duckdb", self.duckdb, "postgres", str(postgres.port)],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def sync(self):
        """Reads into both caches."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        # PyAirbyte prints its progress on the same pipe.
        for line in self.process.stdout:
            if line.strip() == "read":
                return
        self.log.seek(0)
        raise RuntimeError(f"PyAirbyte ended with {self.process.wait()}: {self.log.read()[-3000:]}")
