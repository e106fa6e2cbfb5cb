"""Packs a folder as OUT/NAME.tar.gz, NAME being the folder's: `archive.py OUT FOLDER` prints the path.

Owners, times and order are fixed, so equal inputs give equal files.
"""

import gzip
import os
import sys
import tarfile
from pathlib import Path


def plain(entry):
    """Forgets who built it and when; the time is that of the commit."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
    return entry


def pack(out, folder):
    """Writes the archive and returns its path."""
    folder = Path(folder)
    path = Path(out, f"{folder.name}.tar.gz")
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for item in [folder, *sorted(folder.rglob("*"))]:
                archive.add(item, f"{folder.name}/{item.relative_to(folder)}".removesuffix("/."), recursive=False, filter=plain)
    return path


if __name__ == "__main__":
    print(pack(*sys.argv[1:]))
