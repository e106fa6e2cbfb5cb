"""Runs `airbyte-run verify` on the small source in source/ with each switch, and holds its verdicts against faults.py.

    prove_faults.py RUNNER [quick | SWITCH ...]
"""

import json
import os
import py_compile
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from faults import FAULTS, ODDITIES, QUICK

HERE = Path(__file__).parent
SOURCE = "source"


def broken_rules(runner, folder, switch):
    """The names of the rules that are broken, and the exit code."""
    words = [runner, "verify", "--source", f"{sys.executable} -I -S -B '{folder.parent / SOURCE / '__main__.pyc'}' {switch}", "--json",
             "--config", folder / "good.json", "--bad-config", folder / "bad.json", "--state", folder / "state.json",
             "--silence", "5" if switch == "hangs" else "60"]
    run = subprocess.run(words, capture_output=True, text=True, env=os.environ | {"FAKE_FOLDER": str(folder)})
    if run.returncode not in (0, 1):
        return [f"exit code {run.returncode}: {run.stderr}"], run.returncode, {}
    document = json.loads(run.stdout)
    broken = {rule["rule"]: rule for rule in document["rules"] if rule["result"] in ("failed", "warned")}
    failed = any(rule["result"] == "failed" for rule in broken.values())
    assert (run.returncode, document["verdict"]) == ((1, "failed") if failed else (0, "passed")), run.returncode
    return sorted(broken), run.returncode, broken


def main():
    runner, *switches = sys.argv[1:]
    switches = [name for word in switches for name in (QUICK if word == "quick" else [word])]
    unknown = [name for name in switches if name not in FAULTS and name not in ODDITIES]
    assert not unknown, unknown
    switches = switches or [*ODDITIES, *FAULTS]
    wrong = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        # It is started some fifty times for each switch.
        for module in (HERE / SOURCE).glob("*.py"):
            py_compile.compile(str(module), cfile=str(Path(name) / SOURCE / f"{module.stem}.pyc"), doraise=True)

        def judge(switch):
            folder = Path(name) / switch
            folder.mkdir()
            (folder / "good.json").write_text('{"token": "good-token-4711", "account": "me"}')
            (folder / "bad.json").write_text('{"token": "bad-token-0815", "account": "me"}')
            (folder / "state.json").write_text('[{"type": "STREAM", "stream": {"stream_descriptor": {"name": "users"},'
                                               ' "stream_state": {"reached": 24, "given": true}}}]')
            found, _, broken = broken_rules(runner, folder, switch)
            expected = sorted(FAULTS.get(switch, []))
            if found != expected:
                wrong.append(switch)
            evidence = "; ".join(broken[rule]["evidence"][0] for rule in found if broken.get(rule))
            print(f"{'ok   ' if found == expected else 'WRONG'} {switch}: {', '.join(found) or 'nothing'}"
                  + (f" ({evidence[:160]})" if found else "")
                  + ("" if found == expected else f"; expected {', '.join(expected) or 'nothing'}"), flush=True)

        with ThreadPoolExecutor(int(os.environ.get("JOBS", "4"))) as pool:
            list(pool.map(judge, switches))
    faults = [switch for switch in switches if switch in FAULTS]
    seen = len(faults) - len(set(wrong) & set(faults))
    odd = [switch for switch in switches if switch not in FAULTS]
    print(f"{seen} of {len(faults)} faults told by their rules and no other, {len(odd) - len(set(wrong) & set(odd))} of {len(odd)}"
          f" good or odd sources judged faultless, in {(time.monotonic() - started) / 60:.1f} minutes"
          + (f"; judged wrongly: {', '.join(sorted(wrong))}" if wrong else ""))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
