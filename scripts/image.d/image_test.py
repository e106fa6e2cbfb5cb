"""Measures the built image and runs it: `image_test.py ROOT WORK`, ROOT unpacked, WORK holding inspect.json and oci/."""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "interop.d"))

from contents import check_contents, check_sizes
from image import Image
from platform_runs import check_platform
from pyairbyte_runs import check_pyairbyte
from sandbox import Sandbox
from signals import check_signals
from tls_runs import check_tls

root, work = map(Path, sys.argv[1:])
image = Image(root, json.loads(work.joinpath("inspect.json").read_text()))

check_sizes(root, work / "oci")
check_contents(image)
with Sandbox(messages=3000) as sandbox, tempfile.TemporaryDirectory(dir="/tmp") as folder:
    # Like a volume that an engine mounts: everyone may pass through.
    Path(folder).chmod(0o755)
    check_platform(image, sandbox, Path(folder))
    check_pyairbyte(image, sandbox, Path(folder))
    check_tls(image, sandbox, Path(folder))
    check_signals(image, sandbox, Path(folder))
print("not imitated: an engine's limits on memory, CPU and system calls, and arm64")
