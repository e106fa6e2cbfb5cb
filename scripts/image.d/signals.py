"""Process 1 of a container gets no default handlers from the kernel: SIGTERM and SIGINT must end it all the same."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import connector


def check_signals(image, sandbox, folder):
    """A read that is stopped half-way ends within two seconds, with 128 + the signal's number."""
    shared = folder / "stop"
    shared.mkdir()
    config = sandbox.config()
    (shared / "config.json").write_text(json.dumps(config))
    how = {"mounts": [(shared, "/mnt/stop")]}
    found = image.run("discover", "--config", "/mnt/stop/config.json", **how).stdout.splitlines()
    catalog = [m["catalog"] for m in map(json.loads, found) if m["type"] == "CATALOG"][0]
    (shared / "catalog.json").write_text(json.dumps(connector.configured(catalog)))
    command = image.command("read", "--config", "/mnt/stop/config.json", "--catalog", "/mnt/stop/catalog.json", **how)
    for number in (signal.SIGTERM, signal.SIGINT):
        stop_one(command, number)


def stop_one(command, number):
    """Reads the first lines, then no more, so that the connector stands in the middle of its work."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for _ in range(20):
            json.loads(process.stdout.readline())
        inner = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]
        started = time.monotonic()
        os.kill(int(inner), number)
        code = process.wait(timeout=20)
        seconds = time.monotonic() - started
    # unshare dies by the same signal as its child, if the child died by one.
    assert code in (128 + number, -number), f"{number.name}: exit code {code}"
    assert seconds < 2, f"{number.name}: {seconds:.1f} s"
    print(f"process 1 ends {seconds:.2f} s after {number.name} with {code}")
