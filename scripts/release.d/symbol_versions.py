"""The versions of the system's libraries that a program asks for, from its ELF file and without other tools."""

import re
import struct
from pathlib import Path

from elf import sections, text

SHT_GNU_VERNEED = 0x6FFFFFFE


def needed_versions(binary):
    """Maps a prefix, as `GLIBC`, to the newest version of it that the program needs, as `(2, 34)`."""
    newest = {}
    for name in version_names(Path(binary).read_bytes()):
        prefix, _, digits = name.partition("_")
        if re.fullmatch(r"\d+(\.\d+)*", digits):
            newest[prefix] = max(newest.get(prefix, ()), tuple(map(int, digits.split("."))))
    return newest


def version_names(data):
    """Names such as `GLIBC_2.34` in the section that lists which versions of which library must be there."""
    every = sections(data)
    for section in every:
        if section.kind != SHT_GNU_VERNEED:
            continue
        strings, offset = every[section.link].offset, section.offset
        for _ in range(section.entries):
            _, versions, _, first, following = struct.unpack_from("<HHIII", data, offset)
            entry = offset + first
            for _ in range(versions):
                _, _, _, name, next_entry = struct.unpack_from("<IHHII", data, entry)
                yield text(data, strings + name)
                entry += next_entry
            offset += following
