"""Plays every fault on the wire against the built connector, and holds what comes of it against the stand-in's truth."""

import argparse
import concurrent.futures
import json
import sys
import tempfile
import time
from pathlib import Path
from threading import Timer

sys.path.append(str(Path(__file__).resolve().parent.parent / "interop.d"))

from faults import FAULTS
from landing import STREAMS, Copy
from sandbox import Sandbox
from streams import StreamWay
from table import write
from way import Way

# Seconds from its first strike that a fault of a moment lasts: it strikes every request, whatever its route.
MOMENT = 5


class Scene:
    """One workspace for all cells: none of them changes it."""

    def __init__(self, program, sandbox):
        self.program, self.sandbox = program, sandbox
        with Way(sandbox.url) as way:
            self.prepared = Copy(program)
            run = self.prepared.sync(self.config(way))
            assert run.code == 0, run
            self.address = way.url
        sandbox.live(steps=300)
        # Rows of the last second wait for the next sync.
        time.sleep(3)
        self.alive = {name: set(sandbox.truth(name)) for name in STREAMS if name not in ("room_members", "files")}
        self.truth = Copy(program)
        with Way(sandbox.url) as way:
            run = self.truth.sync(self.config(way))
        assert run.code == 0, run
        for name, ids in self.alive.items():
            missing = ids - set(self.truth.rows[name])
            assert not missing, f"a sync without faults lacks {len(missing)} of {name}"

    def config(self, way, timeout=5):
        """The configuration of one cell."""
        more = {"ca_certificate": str(way.authority)} if isinstance(way, StreamWay) else {}
        return self.sandbox.config() | {"endpoint": way.url, "request_timeout_seconds": timeout, "overlap_seconds": 30} | more

    def copy(self, stage, way):
        """What the destination holds when the fault strikes."""
        if stage == "first":
            return Copy(self.program)
        copy = self.prepared.twin()
        copy.states = json.loads(json.dumps(copy.states).replace(self.address, way.url))
        return copy


def play(scene, fault, stage, lasts):
    """One cell: what it came to, and everything that was wrong with it."""
    found = []
    with tempfile.TemporaryDirectory() as folder, (
        StreamWay(scene.sandbox.url, folder) if fault.is_streams else Way(scene.sandbox.url)
    ) as way:
        copy = scene.copy(stage, way)
        # A fault that lasts spares what a sync asks first, so that it reaches the streams; and before a first sync nothing shows that the
        # address is right, so that some faults would pass for a wrong one (docs/faults.md, `/api/info`).
        spares = Way.BEGINNING if lasts or stage == "first" else ()
        strike = fault.strike
        only = fault.only or (fault.lasting_only if lasts else "")
        if only:
            strike = lambda connection: (fault.strike if only in connection.path else honest)(connection)
        way.strike(strike, None if lasts or fault.only else MOMENT, spares)
        if fault.down:
            port = way.port
            way.shut()
            Timer(fault.down if lasts else 8, lambda: way.open(port)).start() if fault.down < 1e8 or not lasts else None
        try:
            run = copy.sync(scene.config(way, fault.timeout))
        except Exception as error:
            found.append(f"the connector did not end: {error}")
            return {"fault": fault.name, "stage": stage, "lasts": lasts, "found": found, "seconds": 0, "ended": "never"}
        way.heal()
        ended = "complete" if run.code == 0 else (run.errors[0][1].removesuffix("_error") if run.errors else "without a word")
        expected = fault.ends[1 if lasts else 0]
        if ended != expected or run.code not in (0, 1):
            found.append(f"ended {ended} with {run.code} instead of {expected}: {run.errors[:2]} {run.output_of_errors[:300]}")
        if run.code and not run.errors:
            found.append("failed without a word")
        if run.code and lasts and not fault.down and not any(word in error[2] for word in fault.words for error in run.errors):
            found.append(f"says other words: {[error[2] for error in run.errors][:3]}")
        if not fault.down and not way.struck:
            found.append("never struck")
        if run.broken:
            found.append(f"lines that are no JSON: {run.broken[:2]}")
        alive = {(name, key) for name in STREAMS for key in scene.truth.rows[name]}
        buried = run.buried & alive
        if buried:
            found.append(f"{len(buried)} rows buried alive: {sorted(buried)[:3]}")
        if run.code == 0 and not fault.warning:
            found += differences(scene, copy, "COMPLETE, but ")
        if fault.warning and not any(fault.warning in text for text in run.warnings):
            found.append(f"no warning that says '{fault.warning}'")
        lost = 0
        if way.listener is None:
            way.open(port)
        elif fault.down:
            while way.listener is None:
                time.sleep(0.1)
        if not fault.warning:
            # On a busy machine a true answer takes its time, too.
            well = copy.sync(scene.config(way, timeout=60))
            if well.code:
                found.append(f"the well sync ended with {well.code}: {well.errors[:2]}")
            buried |= well.buried & alive
            after = differences(scene, copy, "after the well sync ")
            lost = sum("missing" in text for text in after) if well.code == 0 else 0
            found += after
        return {
            "fault": fault.name, "stage": stage, "lasts": lasts, "found": found, "code": run.code, "ended": ended,
            "buried": len(buried), "lost": lost, "seconds": run.seconds, "peak": run.peak, "struck": way.struck,
            "sentence": run.errors[0][2] if run.errors else (run.warnings[0] if run.warnings and fault.warning else ""),
        }


def honest(connection):
    """The true answer."""
    connection.send(connection.truth().raw())


def differences(scene, copy, when):
    """What of the copy is not the truth, in sentences."""
    found = []
    for name in STREAMS:
        true, rows = scene.truth.rows[name], copy.rows[name]
        missing, extra = set(true) - set(rows), set(rows) - set(true)
        other = [key for key in set(true) & set(rows) if true[key] != rows[key] and name == "messages"]
        if missing:
            found.append(f"{when}{len(missing)} of {name} missing, as {sorted(missing)[:2]}")
        if extra:
            found.append(f"{when}{len(extra)} of {name} should be gone, as {sorted(extra)[:2]}")
        if other:
            found.append(f"{when}{len(other)} of {name} are not the newest, as {sorted(other)[:2]}")
    return found


def tell(result):
    """One line for a cell, more where something is wrong."""
    length = "to the end" if result["lasts"] else "a moment"
    print(f"{result['fault']}, {result['stage']}, {length}: {result['seconds']:.0f} s, {result['ended']}", file=sys.stderr)
    for sentence in result["found"]:
        print(f"    {sentence}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default="source-rocket-chat")
    parser.add_argument("--quick", action="store_true", help="what lasts for a moment only, in an increment")
    parser.add_argument("--fault", default="", help="faults whose name contains this")
    parser.add_argument("--together", type=int, default=8)
    parser.add_argument("--into", help="where the results go, as JSON")
    parser.add_argument("--again", help="results of a run: only cells with something wrong are played, and take their place")
    parser.add_argument("--write", help="the document whose table is written")
    options = parser.parse_args()
    faults = [fault for fault in FAULTS if options.fault in fault.name]
    cells = [(fault, "increment", False) for fault in faults]
    if not options.quick:
        cells += [(fault, stage, True) for fault in faults for stage in ("increment", "first") if fault.down < 1e8 or stage == "first"]
        cells += [(fault, "first", False) for fault in faults]
    known = json.loads(Path(options.again).read_text()) if options.again else []
    well = {(result["fault"], result["stage"], result["lasts"]) for result in known if not result["found"]}
    cells = [cell for cell in cells if (cell[0].name, cell[1], cell[2]) not in well]
    with Sandbox(users=20, rooms=6, messages=200, limit="off") as sandbox:
        scene = Scene(options.program, sandbox)
        began = time.monotonic()
        # The longest first.
        cells.sort(key=lambda cell: not cell[2])
        with concurrent.futures.ThreadPoolExecutor(options.together) as pool:
            results = [result for result in known if not result["found"]]
            for done in concurrent.futures.as_completed([pool.submit(play, scene, *cell) for cell in cells]):
                results.append(done.result())
                tell(results[-1])
    wrong = [result for result in results if result["found"]]
    if options.into:
        Path(options.into).write_text(json.dumps(results, indent=1))
    if options.write and not wrong and not options.fault:
        write(faults, results, Path(options.write))
    seconds = time.monotonic() - began
    counts = {name: sum(result.get(name, 0) for result in results) for name in ("lost", "buried")}
    print(
        f"{len(faults)} faults on the wire, {len(results)} cells in {seconds:.0f} s: rows lost {counts['lost']}, rows buried alive "
        f"{counts['buried']}, cells with something wrong {len(wrong)}"
    )
    sys.exit(1 if wrong else 0)


main()
