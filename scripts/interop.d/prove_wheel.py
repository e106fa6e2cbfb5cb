"""The wheel: PyAirbyte installs it into an environment of its own and the tutorial runs unchanged."""

import os
import subprocess
from pathlib import Path

import airbyte as ab

from copy_check import check_copy
from sandbox import Sandbox

project = Path(os.environ["PROJECT"])
wheel = subprocess.run([project / "scripts/wheel", Path.cwd()], stdout=subprocess.PIPE, text=True, check=True)
path = wheel.stdout.strip().splitlines()[-1]
print(f"{Path(path).name}: {os.path.getsize(path) / 1e6:.1f} MB")

with Sandbox(messages=500) as sandbox:
    # PyAirbyte prefers a connector on PATH to installing one.
    folders = os.environ["PATH"].split(":")
    os.environ["PATH"] = ":".join(folder for folder in folders if not Path(folder, "source-rocket-chat").exists())
    source = ab.get_source(
        "source-rocket-chat", pip_url=path, install_if_missing=True, install_root=Path.cwd(), config=sandbox.config()
    )
    source.check()
    source.select_all_streams()
    cache = ab.new_local_cache("wheel", cache_dir=Path("cache"))
    source.read(cache=cache)
    check_copy("messages", cache["messages"].to_pandas(), sandbox.truth("messages"))
    assert Path(".venv-source-rocket-chat/bin/source-rocket-chat").exists()
