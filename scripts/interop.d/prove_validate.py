"""`pyairbyte validate`: without a configuration the spec alone, with one also discover and check."""

import json
import shutil
import subprocess
from pathlib import Path

from sandbox import Sandbox

# The command takes a path for a connector that is not in Airbyte's registry only if it is absolute.
connector = f"--connector={shutil.which('source-rocket-chat')}"


def validate(*arguments):
    """Runs the command and returns its exit code."""
    return subprocess.run(["pyairbyte", "validate", connector, *arguments], timeout=300).returncode


with Sandbox(messages=100) as sandbox:
    assert validate() == 0
    Path("config.json").write_text(json.dumps(sandbox.config()))
    assert validate("--config=config.json") == 0
    Path("wrong.json").write_text(json.dumps(sandbox.config(token="wrong")))
    assert validate("--config=wrong.json") != 0, "a wrong token was accepted"
