"""The versions of the system's libraries that a program asks for, from its ELF file and without other tools."""

import re
import struct
from pathlib import Path

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
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("error: not a little-endian 64-bit ELF program")
    start, size, count = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, start + size * index) for index in range(count)]
    for _, kind, _, _, offset, _, link, entries, _, _ in sections:
        if kind != SHT_GNU_VERNEED:
            continue
        strings = sections[link][4]
        for _ in range(entries):
            _, versions, _, first, following = struct.unpack_from("<HHIII", data, offset)
            entry = offset + first
            for _ in range(versions):
                _, _, _, name, next_entry = struct.unpack_from("<IHHII", data, entry)
                yield data[strings + name : data.index(b"\0", strings + name)].decode()
                entry += next_entry
            offset += following
