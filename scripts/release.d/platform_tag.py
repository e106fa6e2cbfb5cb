"""Names the platform a binary runs on: `manylinux_2_34_x86_64` or `macosx_15_0_arm64`."""

import platform
import re
import sys
from pathlib import Path


def platform_tag(binary):
    """On Linux the C library's version counts: the newest symbol version the binary asks for."""
    machine = platform.machine()
    if sys.platform == "darwin":
        # The deployment target of Package.swift.
        return f"macosx_15_0_{machine}"
    versions = {tuple(map(int, found)) for found in re.findall(rb"GLIBC_(\d+)\.(\d+)", Path(binary).read_bytes())}
    if not versions:
        raise SystemExit(f"error: {binary} asks for no glibc symbol; is it a binary for Linux with glibc?")
    major, minor = max(versions)
    return f"manylinux_{major}_{minor}_{machine}"


if __name__ == "__main__":
    print(platform_tag(sys.argv[1]))
