"""The sections of a program for Linux, as far as a release needs them."""

import struct
from collections import namedtuple

Section = namedtuple("Section", "name kind offset size link entries")


def sections(data):
    """All sections of a 64-bit ELF file, in order."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("error: not a little-endian 64-bit ELF program")
    start, size, count, names = struct.unpack_from("<Q", data, 40)[0], *struct.unpack_from("<HHH", data, 58)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, start + size * index) for index in range(count)]
    return [
        Section(text(data, headers[names][4] + name), kind, offset, length, link, entries)
        for name, kind, _, _, offset, length, link, entries, _, _ in headers
    ]


def text(data, at):
    """The text that begins there and ends with a zero."""
    return data[at : data.index(b"\0", at)].decode()
