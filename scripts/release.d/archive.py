"""Packs files as FOLDER/NAME.tar.gz, all under one folder NAME: `archive.py FOLDER NAME FILE…` prints the path.

Owners, times and order are fixed, so equal inputs give equal files.
"""

import gzip
import sys
import tarfile
from pathlib import Path


def plain(entry):
    """Forgets who built it and when."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


def pack(folder, name, *files):
    """Writes the archive and returns its path."""
    path = Path(folder, f"{name}.tar.gz")
    with open(path, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w") as archive:
            for file in sorted(map(Path, files)):
                archive.add(file, f"{name}/{file.name}", filter=plain)
    return path


if __name__ == "__main__":
    print(pack(*sys.argv[1:]))
