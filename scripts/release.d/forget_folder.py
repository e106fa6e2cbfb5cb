"""Zeroes what in a program differs by the folder that it was built in: `forget_folder.py PROGRAM`.

That is the linker's hash over everything, paths for debuggers included, and Swift's hashes of how each module was compiled. Both are
of no use in a released program. (strip can take the sections away, but then it loses the header that has relocated data protected.)
"""

import sys
from pathlib import Path

from elf import sections

HASHES = {".note.gnu.build-id": 16, ".swift_modhash": 0}


def forget(program):
    """Overwrites the hashes; a note keeps the header that says what it is."""
    data = bytearray(Path(program).read_bytes())
    for section in sections(bytes(data)):
        if section.name in HASHES:
            start = section.offset + HASHES[section.name]
            data[start : section.offset + section.size] = bytes(section.size - HASHES[section.name])
    Path(program).write_bytes(data)


if __name__ == "__main__":
    forget(sys.argv[1])
