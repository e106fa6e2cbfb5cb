"""Packs the binary as a wheel: `wheel.py BINARY VERSION LICENSE FOLDER` prints the path of the file it wrote.

A wheel is a zip file with three texts. What lies under `….data/scripts/` is copied to the environment's bin folder, so
`pip install` puts `source-rocket-chat` exactly where PyAirbyte looks for it, with no Python of ours in between.

libcurl is not packed: it comes with its TLS library and certificates from the system, which also updates them.
"""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

from platform_tag import platform_tag

NAME = "airbyte_source_rocket_chat_swift"
COMMAND = "source-rocket-chat"
# A fixed date makes equal inputs give equal files; zip knows no earlier one.
DATE = (1980, 1, 1, 0, 0, 0)

METADATA = """\
Metadata-Version: 2.1
Name: airbyte-source-rocket-chat-swift
Version: {version}
Summary: Airbyte source for Rocket.Chat: a native binary for PyAirbyte
License: MIT
License-File: LICENSE
Requires-Python: >=3.8
Requires-External: libcurl (>=7.88)
Description-Content-Type: text/plain

Installs the command `source-rocket-chat`, an Airbyte source connector for Rocket.Chat.
It needs libcurl.so.4 from the system (`apt-get install libcurl4` on Debian and Ubuntu).
"""

WHEEL = """\
Wheel-Version: 1.0
Generator: source-rocket-chat
Root-Is-Purelib: false
Tag: py3-none-{tag}
"""


def pack(binary, version, licence, folder):
    """Writes the wheel into `folder` and returns its path."""
    tag = platform_tag(binary)
    info = f"{NAME}-{version}.dist-info"
    contents = {
        f"{NAME}-{version}.data/scripts/{COMMAND}": Path(binary).read_bytes(),
        f"{info}/METADATA": METADATA.format(version=version).encode(),
        f"{info}/WHEEL": WHEEL.format(tag=tag).encode(),
        f"{info}/LICENSE": Path(licence).read_bytes(),
    }
    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in contents.items())
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()

    path = Path(folder, f"{NAME}-{version}-py3-none-{tag}.whl")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if ".data/scripts/" in name else 0o100644) << 16
            wheel.writestr(entry, data)
    return path


def digest(data):
    """As RECORD wants it: url-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    print(pack(*sys.argv[1:]))
