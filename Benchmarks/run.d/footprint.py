"""What it takes to build and to install."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def folder_bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def footprint() -> dict:
    """A cold build of the committed sources in a new clone with empty caches, and sizes on disk in bytes."""
    print("  cold build", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        clone, binary = Path(folder) / "clone", Path(folder) / "source-rocket-chat"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        build = ["swift", "build", "--package-path", clone, "--cache-path", Path(folder) / "cache", "-c", "release",
                 "--static-swift-stdlib", "--product", "source-rocket-chat"]
        began = time.perf_counter()
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
        path = subprocess.run([*build, "--show-bin-path"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        subprocess.run(["strip", "-o", binary, Path(path) / "source-rocket-chat"], check=True)
        size = binary.stat().st_size
    return {
        "footprint": {
            "cold_build_seconds": round(seconds, 1),
            "binary_bytes": size,
            "cdk_bytes": folder_bytes(Path(os.environ["CDK_ENVIRONMENT"])),
            "pyairbyte_bytes": folder_bytes(Path(os.environ["PYAIRBYTE_ENVIRONMENT"])),
        }
    }
