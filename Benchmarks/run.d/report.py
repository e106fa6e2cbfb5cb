"""Writes results.md and plot.svg from results.json."""

import json
from pathlib import Path

import plot
from tables import footprint_table, hot_spot_tables, landing_table, latency_table, pair_table, scaling_table
from targets import target_table

FOLDER = Path(__file__).resolve().parents[1]


def write() -> None:
    results = json.loads((FOLDER / "results.json").read_text())
    machine, versions = results["machine"], results["versions"]
    parts = [
        "# Results",
        "Written by `Benchmarks/run` from [results.json](results.json), which holds every single run. "
        "What is measured and how stands in [README.md](README.md).",
        f"Machine: {machine['cores']} cores ({machine['processor']}, {machine['architecture']}, a virtual machine), "
        f"{machine['memory_gb']} GB, {machine['system']}. "
        + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".",
        "![CPU per record, time of spec, peak memory](plot.svg)",
        "## Targets", target_table(results),
        "## On the same pages",
        "Medians. *CPU* is user and system time of the whole process and its children. *Ratio* compares CPU within each "
        "round, and is the median of the rounds; above 1 means that the row costs more than ours did in the same rounds.",
        pair_table(results, ["messages_curl", "messages_cdk", "users_curl", "users_cdk_100", "users_cdk_1", "pyairbyte"]),
        "## Packed and encrypted", pair_table(results, ["gzip", "tls", "tls_gzip"]),
        "## Verbs that read nothing", latency_table(results),
        "## As the workspace grows",
        "500 rooms, pages of 100 messages.", scaling_table(results),
        "## A million messages into a file",
        "The runners alone. *Ratio* is to `airbyte-run`, by message where the numbers differ; for `.import` within each round.",
        landing_table(results),
        "## Build and installation", footprint_table(results),
        "## Where the time goes", hot_spot_tables(results),
    ]
    (FOLDER / "results.md").write_text("\n\n".join(parts) + "\n", "utf-8")
    (FOLDER / "plot.svg").write_text(plot.draw(results), "utf-8")
    print(target_table(results))


write()
