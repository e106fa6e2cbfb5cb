"""Holds the verdicts of `airbyte-run verify --json` on one source against expected.json.

    compare.py SOURCE VERDICTS EXPECTED

With WRITE in the environment what was told becomes what is expected.
"""

import json
import os
import sys
from pathlib import Path


def main():
    source, verdicts, expected = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    rules = json.loads(verdicts.read_text())["rules"]
    broken = {rule["rule"]: rule for rule in rules if rule["result"] in ("failed", "warned")}
    for rule in broken.values():
        print(f"{rule['result']}: {rule['rule']} ({rule['level']}, {rule['count']} times): {rule['evidence'][0][:300]}")
    known = json.loads(expected.read_text()) if expected.exists() else {}
    if os.environ.get("WRITE"):
        known[source] = sorted(broken)
        expected.write_text(json.dumps(known, indent=2) + "\n")
        return
    if source not in known:
        sys.exit(f"{source}: nobody has looked yet at what is told of it; run with WRITE=1, look, and add it to docs/verify.md")
    more, fewer = sorted(set(broken) - set(known[source])), sorted(set(known[source]) - set(broken))
    if more or fewer:
        sys.exit(f"{source}: told and not expected: {more}; expected and not told: {fewer}")
    print(f"{source}: {len(broken)} defects, as expected")


if __name__ == "__main__":
    main()
