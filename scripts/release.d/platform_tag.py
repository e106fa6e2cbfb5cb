"""Names the platform a binary runs on: `manylinux_2_34_x86_64` or `macosx_15_0_arm64`."""

import platform
import sys

from symbol_versions import needed_versions


def platform_tag(binary):
    """On Linux the C library's version counts: the newest symbol version the binary asks for."""
    machine = platform.machine()
    if sys.platform == "darwin":
        # The deployment target of Package.swift.
        return f"macosx_15_0_{machine}"
    version = needed_versions(binary).get("GLIBC")
    if not version:
        raise SystemExit(f"error: {binary} asks for no glibc symbol; is it a binary for Linux with glibc?")
    return f"manylinux_{version[0]}_{version[1]}_{machine}"


if __name__ == "__main__":
    print(platform_tag(sys.argv[1]))
