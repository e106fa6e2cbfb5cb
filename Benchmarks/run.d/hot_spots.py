"""Where the connector's time goes, by perf's samples of one read of 500 000 messages."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from readers import FOLDER, configuration, ours
from server import Server
from workspace import prepare

MESSAGES_EACH = 1000
MOST = 20


def hot_spots(server: Server, pages: Path) -> dict:
    if not shutil.which("perf"):
        print("  no profile: perf is not installed (package linux-perf or linux-tools)", flush=True)
        return {"hot_spots": None}
    print("  profile", flush=True)
    workspace = f"messages-{MESSAGES_EACH}"
    prepare(pages, workspace)
    command = ours("read", configuration(server, workspace), "messages").command
    command[0] = os.environ["BINARY_WITH_SYMBOLS"]
    samples = FOLDER / "perf.data"
    subprocess.run(
        ["perf", "record", "--quiet", "-F", "4000", "-o", samples, "--", *command],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {"hot_spots": {"libraries": shares(samples, "dso"), "functions": shares(samples, "dso,symbol")[:MOST]}}


def shares(samples: Path, sort: str) -> list:
    """[[share in percent, where], …], largest first."""
    listing = subprocess.run(
        ["perf", "report", "-i", samples, "--stdio", "--no-children", "-g", "none", "--sort", sort, "-F", f"overhead,{sort}"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    rows = [line.split("%", 1) for line in listing.splitlines() if re.match(r"\s*\d+\.\d+%", line)]
    found = sorted(((float(share), where) for share, where in rows), reverse=True)
    return [[share, readable(where)] for share, where in found if share >= 0.5]


def readable(where: str) -> str:
    """The library and the function without perf's marks, Swift names as they are written."""
    text = re.sub(r"\[[.k]\] ", "", " ".join(where.split())).removesuffix(" - -")
    if shutil.which("swift"):
        text = subprocess.run(
            ["swift", "demangle", "--simplified"], input=text, stdout=subprocess.PIPE, text=True, check=True).stdout
    return text.strip()[:100]
