"""The address of the project: read, checked and written where a format demands it. See scripts/address.

Unpublished is an address in `.invalid`, which names nothing by standard (RFC 2606): specification and metadata must have absolute URLs,
and an invented one would be anybody's to register.
"""

import re
import subprocess
import sys
from pathlib import Path

ADDRESS = re.compile(r"https://[a-z0-9.-]+(:\d+)?(/[\w.-]+)*")
# What must name the address: the file, what stands before the address there, and what follows it.
USES = [
    ("spec.json", '"documentationUrl": "', "/blob/main/docs/configuration.md"),
    ("spec.json", '"changelogUrl": "', "/blob/main/CHANGELOG.md"),
    ("metadata.yaml", "\n  documentationUrl: ", "/blob/main/docs/configuration.md"),
    ("Dockerfile", 'org.opencontainers.image.source="', ""),
]


def address(project):
    """What ADDRESS says."""
    text = Path(project, "ADDRESS").read_text().strip()
    if not ADDRESS.fullmatch(text):
        raise SystemExit(f"error: ADDRESS holds {text!r}, which is no https address without a slash at its end")
    return text


def published(project):
    """The address, or an empty text while it is the placeholder."""
    text = address(project)
    return "" if text.split("/")[2].endswith(".invalid") else text


def check(project):
    """Compares every file that names the address, and looks for files that should not."""
    expected = address(project)
    for name, before, after in USES:
        if f"{before}{expected}{after}" not in Path(project, name).read_text():
            raise SystemExit(
                f"error: {name} should say {before.strip()}{expected}{after}, by the file ADDRESS: `scripts/address {expected}` writes it"
            )
    host_and_path = expected.removeprefix("https://")
    named = subprocess.run(["git", "-C", project, "grep", "-lFI", "-e", host_and_path], capture_output=True, text=True).stdout.split()
    others = set(named) - {name for name, _, _ in USES} - {"ADDRESS"}
    # spec.json is a link into the folder that is embedded, or the other way round.
    others -= {name for name in others if name.endswith("/spec.json")}
    if others:
        raise SystemExit(f"error: the address of the project is ADDRESS's to name, but it stands in {sorted(others)}")
    print(f"{expected}: the same in ADDRESS and {len(USES)} places")


def write(project, new):
    """Puts a new address into ADDRESS and everywhere it must stand."""
    if not ADDRESS.fullmatch(new):
        raise SystemExit(f"error: {new!r} is no https address without a slash at its end, such as https://github.com/OWNER/NAME")
    old = address(project)
    for name, before, after in USES:
        path = Path(project, name)
        path.write_text(path.read_text().replace(f"{before}{old}{after}", f"{before}{new}{after}"))
    Path(project, "ADDRESS").write_text(new + "\n")
    check(project)


if __name__ == "__main__":
    folder, *words = sys.argv[1:]
    if not words:
        print(published(folder), end="\n" if published(folder) else "")
    elif words == ["check"]:
        check(folder)
    elif len(words) == 1:
        write(folder, words[0])
    else:
        raise SystemExit("error: scripts/address takes `check`, an address, or nothing")
