"""Holds the newest symbol versions that a program may ask of the system: `oldest_system.py BINARY`.

They are those of RHEL, Rocky and Alma 9 and of Amazon Linux 2023: glibc 2.34 and the libstdc++ of GCC 11. Debian from 12 and Ubuntu
from 22.04 on are newer. A symbol above them keeps the programs, and the wheel, off all of the former.
"""

import sys

from symbol_versions import needed_versions

NEWEST = {"GLIBC": (2, 34), "GLIBCXX": (3, 4, 29), "CXXABI": (1, 3, 13), "GCC": (7, 0, 0)}


def check(binary):
    """Prints what the program asks for; ends with a sentence when that is too new."""
    found = needed_versions(binary)
    if "GLIBC" not in found:
        raise SystemExit(f"error: {binary} asks for no glibc symbol; is it a program for Linux with glibc?")
    for prefix, version in found.items():
        if version > NEWEST.get(prefix, ()):
            allowed = f"{prefix}_{dotted(NEWEST[prefix])}" if prefix in NEWEST else f"no {prefix} symbol at all"
            raise SystemExit(
                f"error: {binary} asks for {prefix}_{dotted(version)}, and RHEL 9 and Amazon Linux 2023 have {allowed} at most. "
                f"`objdump -T {binary} | grep -F {prefix}_{dotted(version)}` names the symbol; Sources/CGlibcFloor shows how "
                "to put one of our own in its place."
            )
    return ", ".join(f"{prefix} {dotted(version)}" for prefix, version in sorted(found.items()))


def dotted(version):
    """`(2, 34)` as `2.34`."""
    return ".".join(map(str, version))


if __name__ == "__main__":
    print(f"{sys.argv[1].rsplit('/', 1)[-1]} asks for {check(sys.argv[1])}")
