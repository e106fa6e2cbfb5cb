"""Times whole processes from outside, one against the other in turns."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Contender:
    """A command that is measured, and where it runs."""

    name: str
    command: list[str]
    directory: Path | None = None


def run(contender: Contender, output=subprocess.DEVNULL, prefix: tuple[str, ...] = ()) -> dict:
    """One run: CPU seconds (user and system, children that were waited for included) and wall seconds."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [*prefix, *map(str, contender.command)],
        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, cwd=contender.directory)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{contender.name} ended with {process.returncode}: {' '.join(map(str, contender.command))}")
    return {"cpu": round(usage.ru_utime + usage.ru_stime, 6), "wall": round(wall, 6)}


def run_with_peak(contender: Contender) -> dict:
    """One run, and the peak memory of its largest single process in KB.

    GNU time starts the command, because a process inherits the peak of the one that started it, and this one's could hide
    the connector's. The millisecond or two of CPU that it costs is in every figure.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        result = run(contender, prefix=("/usr/bin/time", "-o", report.name, "-f", "%M"))
        return result | {"peak_kb": int(report.read())}


def contest(contenders: list[Contender], rounds: int, run=run_with_peak) -> dict:
    """Runs the contenders in turn, so that a change in the machine's speed meets all of them; {name: [run, …]}."""
    rounds = int(os.environ.get("BENCHMARK_ROUNDS", rounds))
    runs: dict = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders:
            runs[contender.name].append(run(contender))
        print(f"    round {number + 1} of {rounds}: " + ", ".join(
            f"{name} {taken[-1]['cpu']:.3f} s" for name, taken in runs.items()), flush=True)
    return runs


def middle(runs: list[dict], figure: str) -> float:
    """The median of a figure over runs."""
    return median(run[figure] for run in runs)


def ratio(runs: list[dict], others: list[dict], figure: str) -> float:
    """How many times the figure of `others` `runs` has: the median of the ratios within each round."""
    return median(mine[figure] / theirs[figure] for mine, theirs in zip(runs, others))
