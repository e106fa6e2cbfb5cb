"""Syncs on terminals of several widths and into a log, all at once, and puts what is seen into the documents.

PROJECT WORK [--show]
"""

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from terminal import Terminal

PROJECT, WORK = Path(sys.argv[1]), Path(sys.argv[2])
LINE = "airbyte-run sync --source source-rocket-chat --config config.json --into chat.db"
# In the second minute, when the first ten calls of every route have been made.
MOMENT = 75
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"TZ": "UTC", "LANG": "C.UTF-8"}


class Place:
    """A folder with a configuration, and a server of its own: a shared one would share its limit."""

    def __init__(self, name: str):
        self.folder = WORK / name
        self.folder.mkdir()
        with open(self.folder / "server.json", "w") as output:
            self.server = subprocess.Popen(
                ["rocket-chat-sandbox", "--port", "0", "--limit", "10/60000", "--rooms", "40", "--messages", "20000"], stdout=output)
        while not (text := (self.folder / "server.json").read_text()).endswith("\n"):
            time.sleep(0.05)
        server = json.loads(text)
        user = server["accounts"]["user"]
        config = {"endpoint": server["url"], "token": user["token"], "user_id": user["user_id"]}
        (self.folder / "config.json").write_text(json.dumps(config))

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_) -> None:
        self.server.terminate()
        self.server.wait()


def on_terminal(columns: int, to_the_end: bool = False) -> dict[str, str]:
    """The screen at the moment, and the one at the end."""
    with Place(str(columns)) as place:
        terminal = Terminal(LINE.split(), columns, place.folder, ENVIRONMENT | {"TERM": "xterm-256color"})
        terminal.feed(MOMENT)
        found = {str(columns): terminal.text()}
        if to_the_end:
            terminal.feed(600)
            found["end"] = terminal.text()
        else:
            terminal.interrupt()
        return found


def into_log() -> dict[str, str]:
    """What a crontab's log holds."""
    with Place("log") as place:
        with open(place.folder / "chat.log", "wb") as log:
            subprocess.run(LINE.split(), cwd=place.folder, env=ENVIRONMENT, stdout=log, stderr=log, check=True)
        return {"log": (place.folder / "chat.log").read_text().rstrip()}


def put(document: Path, screens: dict[str, str]) -> None:
    """Replaces the block after each marker `<!-- screen NAME -->`."""
    def block(match: re.Match) -> str:
        return f"{match[1]}\n```text\n{screens[match[2]]}\n```\n"

    text, count = re.subn(
        r"(<!-- screen (\w+) -->)\n```text\n.*?^```\n", block, document.read_text("utf-8"), flags=re.M | re.S)
    if not count:
        sys.exit(f"{document} has no place for a screen")
    document.write_text(text, "utf-8")


with ThreadPoolExecutor(4) as pool:
    jobs = [pool.submit(on_terminal, 40), pool.submit(on_terminal, 80, True), pool.submit(on_terminal, 200),
            pool.submit(into_log)]
    screens = {name: text for job in jobs for name, text in job.result().items()}
for name, text in screens.items():
    print(f"== {name}\n{text}", flush=True)
if sys.argv[3:] != ["--show"]:
    put(PROJECT / "docs/runner.md", screens)
    put(PROJECT / "README.md", screens)
