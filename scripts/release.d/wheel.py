"""Packs the connector as a wheel: `wheel.py BINARY TREE VERSION ADDRESS FOLDER` prints the path of the file it wrote.

A wheel is a zip file with some texts. What lies under `….data/scripts/` is copied to the environment's bin folder, so `pip install`
puts `source-rocket-chat` exactly where PyAirbyte looks for it, with no Python of ours in between.

libcurl is not packed: it comes with its TLS library and certificates from the system, which also updates them.
"""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

from platform_tag import platform_tag

# The command that PyAirbyte looks for is the name of the package; `airbyte-source-…` are Airbyte's own.
NAME = "source_rocket_chat"
COMMAND = "source-rocket-chat"
# A fixed date makes equal inputs give equal files; zip knows no earlier one.
DATE = (1980, 1, 1, 0, 0, 0)

METADATA = """\
Metadata-Version: 2.4
Name: source-rocket-chat
Version: {version}
Summary: Airbyte source for Rocket.Chat: a native program for PyAirbyte
Author: source-rocket-chat maintainers
License-Expression: MIT AND Apache-2.0 AND Unicode-3.0
License-File: LICENSE
License-File: THIRD-PARTY-LICENSES
Keywords: rocket.chat,airbyte,elt,connector,pyairbyte
Classifier: Development Status :: 4 - Beta
Classifier: Environment :: Console
Classifier: Intended Audience :: Developers
Classifier: Operating System :: {system}
Classifier: Programming Language :: Other
Classifier: Topic :: Communications :: Chat
Classifier: Topic :: Database
Requires-Python: >=3.8
Requires-External: libcurl
{links}Description-Content-Type: text/markdown

# source-rocket-chat

Gets the messages, rooms, users, teams and files of a Rocket.Chat workspace out, completely and then incrementally, with edits and
removals. This package installs one native program, the command `source-rocket-chat`, an Airbyte source that PyAirbyte finds by its name:

```python
import airbyte as ab

source = ab.get_source("source-rocket-chat", config={{
    "endpoint": "https://chat.example.com", "token": "TOKEN", "user_id": "USER_ID"}})
```

It loads libcurl from the system (`apt-get install libcurl4` on Debian and Ubuntu, where slim images lack it). It is no product of
Airbyte or Rocket.Chat; both names are their owners' marks.
"""

WHEEL = """\
Wheel-Version: 1.0
Generator: source-rocket-chat
Root-Is-Purelib: false
Tag: py3-none-{tag}
"""


def pack(binary, tree, version, address, folder):
    """Writes the wheel into `folder` and returns its path."""
    tag = platform_tag(binary)
    info = f"{NAME}-{version}.dist-info"
    documents = Path(tree, "share/doc/source-rocket-chat")
    contents = {
        f"{NAME}-{version}.data/scripts/{COMMAND}": Path(binary).read_bytes(),
        f"{info}/METADATA": metadata(version, address, tag).encode(),
        f"{info}/WHEEL": WHEEL.format(tag=tag).encode(),
    }
    for name in ("LICENSE", "THIRD-PARTY-LICENSES"):
        contents[f"{info}/licenses/{name}"] = (documents / name).read_bytes()
    for bill in documents.glob("*.spdx.json"):
        contents[f"{info}/sboms/{bill.name}"] = bill.read_bytes()
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


def metadata(version, address, tag):
    """What package indexes show; links only once the project has an address."""
    pages = {"Homepage": "", "Source": "", "Documentation": "/blob/main/README.md", "Changelog": "/blob/main/CHANGELOG.md"}
    links = "".join(f"Project-URL: {name}, {address}{path}\n" for name, path in pages.items()) if address else ""
    system = "MacOS" if tag.startswith("macosx") else "POSIX :: Linux"
    return METADATA.format(version=version, system=system, links=links)


def digest(data):
    """As RECORD wants it: url-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    print(pack(*sys.argv[1:]))
