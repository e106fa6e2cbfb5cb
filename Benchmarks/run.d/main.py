"""Runs the named parts and puts their figures into results.json, beside those of the other parts."""

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

import comparisons
from footprint import footprint
from hot_spots import hot_spots
from landing import landing
from readers import CDK_PYTHON, FOLDER, PYAIRBYTE_PYTHON
from scaling import scaling
from server import Server

RESULTS = Path(__file__).resolve().parents[1] / "results.json"
PARTS = {
    "messages": comparisons.messages,
    "users": comparisons.users,
    "pyairbyte": comparisons.through_pyairbyte,
    "latency": comparisons.latency,
    "transport": comparisons.transport,
    "scaling": scaling,
    "landing": landing,
    "profile": hot_spots,
}


def machine() -> dict:
    cpu = Path("/proc/cpuinfo").read_text().splitlines()
    memory = Path("/proc/meminfo").read_text().splitlines()[0].split()[1]
    system = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return {
        "processor": next((line.split(":", 1)[1].strip() for line in cpu if line.startswith("model name")), "unknown"),
        "architecture": platform.machine(),
        "cores": sum(line.startswith("processor") for line in cpu),
        "memory_gb": round(int(memory) / 1_000_000),
        "system": system["PRETTY_NAME"].strip('"'),
    }


def versions() -> dict:
    def version(*command) -> str:
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return re.search(r"\d+(\.\d+)+", result.stdout).group()

    def package(python: Path, name: str) -> str:
        return version(python, "-c", f"import importlib.metadata as m; print(m.version('{name}'))")

    return {
        "Swift": version("swift", "--version"),
        "Python": version(CDK_PYTHON, "--version"),
        "airbyte-cdk": package(CDK_PYTHON, "airbyte-cdk"),
        "airbyte (PyAirbyte)": package(PYAIRBYTE_PYTHON, "airbyte"),
        "curl": version("curl", "--version"),
        "sqlite3": version("sqlite3", "--version"),
        "nginx": version("/usr/sbin/nginx", "-v"),
    }


def keep(figures: dict) -> None:
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(results | figures, indent=1, ensure_ascii=False) + "\n")


pages = FOLDER / "pages"
keep({"machine": machine(), "versions": versions()})
with Server(FOLDER / "server", pages) as server:
    for part in sys.argv[1:]:
        print(f"== {part}", flush=True)
        if part == "build":
            keep(footprint())
        elif part != "report":
            keep(PARTS[part](server, pages))
