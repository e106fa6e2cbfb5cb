"""`pyairbyte validate`: without a configuration the spec alone, with one also discover and check."""

import json
import shutil
import subprocess
from pathlib import Path

from sandbox import Sandbox

# The command takes a path for a connector that is not in Airbyte's registry only if it is absolute.
connector = f"--connector={shutil.which('source-rocket-chat')}"


def validate(*arguments):
    """Runs the command and returns its exit code; what it prints matters only if that is the wrong one."""
    done = subprocess.run(["pyairbyte", "validate", connector, *arguments], capture_output=True, text=True, timeout=300)
    print(f"pyairbyte validate {' '.join(arguments)}: {done.returncode}")
    return done.returncode, done.stdout + done.stderr


with Sandbox(messages=100) as sandbox:
    Path("config.json").write_text(json.dumps(sandbox.config()))
    Path("wrong.json").write_text(json.dumps(sandbox.config(token="wrong")))
    for arguments, accepted in (((), True), (("--config=config.json",), True), (("--config=wrong.json",), False)):
        code, output = validate(*arguments)
        assert (code == 0) == accepted, output
