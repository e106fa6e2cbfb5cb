"""Prints the bill of materials of the two programs as SPDX 2.3: `sbom.py VERSION PLATFORM ADDRESS BUILT TOOLCHAIN`.

What is linked in is not believed but looked up: a part is listed for a program when its symbols are in it, and a library of the system
when the program names it. BUILT holds both programs as they are released and, as NAME.named, with their symbols.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

PROGRAMS = ("source-rocket-chat", "airbyte-run")
SUPPLIER = "Organization: source-rocket-chat maintainers"
COPYRIGHT = "Copyright (c) 2026 source-rocket-chat maintainers"
SWIFT_TAG = "swift-{swift}-RELEASE"
# Name, a symbol that only it has, licence, copyright, and where it comes from.
LINKED_IN = [
    ("swift-stdlib", "swift_allocObject", "Apache-2.0 WITH Swift-exception", "Apple Inc. and the Swift project authors", "swiftlang/swift"),
    ("swift-concurrency", "swift_task_create", "Apache-2.0 WITH Swift-exception", "Apple Inc. and the Swift project authors", "swiftlang/swift"),
    ("libdispatch", "dispatch_async_f", "Apache-2.0", "Apple Inc.", "swiftlang/swift-corelibs-libdispatch"),
    ("BlocksRuntime", "_Block_copy", "Apache-2.0 WITH Swift-exception", "Apple Inc. and the Swift project authors", "swiftlang/swift-corelibs-libdispatch"),
    ("llvm-support", "_ZN7__swift9__runtime4llvm", "Apache-2.0 WITH LLVM-exception", "The LLVM project", "swiftlang/swift"),
    ("unicode-character-database", "_swift_stdlib_getGeneralCategory", "Unicode-3.0", "Unicode, Inc.", "swiftlang/swift"),
]
# Libraries of the system, by the beginning of the file's name: name and licence.
FROM_THE_SYSTEM = {
    "libc.so": ("glibc", "LGPL-2.1-or-later"),
    "libm.so": ("glibc", "LGPL-2.1-or-later"),
    "ld-linux": ("glibc", "LGPL-2.1-or-later"),
    "libstdc++": ("libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "libgcc_s": ("libgcc", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "libsqlite3": ("sqlite", "blessing"),
    "libcurl": ("libcurl", "curl"),
}


class Bill:
    """The document while it grows."""

    def __init__(self, version, platform, address, swift):
        """`address` is empty as long as the project is not published, `swift` the toolchain's version."""
        self.version, self.platform, self.address, self.swift = version, platform, address, swift
        self.packages, self.files, self.relations = {}, [], []

    def add_program(self, built, name):
        """One program: its file, what is linked into it, what it needs of the system."""
        content = (built / name).read_bytes()
        this = f"SPDXRef-File-{name}"
        self.files.append(
            {
                "SPDXID": this,
                "fileName": f"./bin/{name}",
                "fileTypes": ["BINARY"],
                "checksums": [
                    {"algorithm": "SHA1", "checksumValue": hashlib.sha1(content).hexdigest()},
                    {"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()},
                ],
                "licenseConcluded": "MIT",
                "licenseInfoInFiles": ["MIT"],
                "copyrightText": COPYRIGHT,
            }
        )
        self.relations.append(("SPDXRef-Package-source-rocket-chat", "CONTAINS", this))
        symbols = run("nm", built / f"{name}.named")
        for part, symbol, licence, holder, repository in LINKED_IN:
            if symbol in symbols:
                tag = SWIFT_TAG.format(swift=self.swift)
                where = f"git+https://github.com/{repository}@{tag}"
                purl = f"pkg:github/{repository}@{tag}"
                identifier = self.add_package(part, self.swift, licence, f"Copyright (c) {holder}", where, purl)
                self.relations.append((this, "STATIC_LINK", identifier))
        for library in sorted(libraries(built / name)):
            name_of_it, licence = next(value for start, value in FROM_THE_SYSTEM.items() if library.startswith(start))
            identifier = self.add_package(name_of_it, None, licence)
            if (this, "DYNAMIC_LINK", identifier) not in self.relations:
                self.relations.append((this, "DYNAMIC_LINK", identifier))
        if name == "source-rocket-chat":
            # Loaded when the first request is made, so the file does not name it.
            identifier = self.add_package("libcurl", None, "curl")
            self.relations.append((identifier, "RUNTIME_DEPENDENCY_OF", this))

    def add_package(self, name, version, licence, copyright_text="NOASSERTION", where="NOASSERTION", purl=None):
        """Adds a package unless it is there; returns its identifier."""
        identifier = "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.]", "-", name)
        package = {
            "SPDXID": identifier,
            "name": name,
            "downloadLocation": where,
            "filesAnalyzed": False,
            "licenseConcluded": licence,
            "licenseDeclared": licence,
            "copyrightText": copyright_text,
            "supplier": "Organization: Apple Inc." if purl else "NOASSERTION",
        }
        if version:
            package["versionInfo"] = version
        if purl:
            package["externalRefs"] = [reference(purl)]
        self.packages.setdefault(identifier, package)
        return identifier

    def document(self):
        """The whole, with an identity that only its contents decide."""
        name = f"source-rocket-chat-{self.version}-{self.platform}"
        contents = "".join(checksum["checksumValue"] for file in self.files for checksum in file["checksums"])
        this = {
            "SPDXID": "SPDXRef-Package-source-rocket-chat",
            "name": "source-rocket-chat",
            "versionInfo": self.version,
            "supplier": SUPPLIER,
            "downloadLocation": f"git+{self.address}@v{self.version}" if self.address else "NOASSERTION",
            "filesAnalyzed": True,
            "packageVerificationCode": {"packageVerificationCodeValue": verification_code(self.files)},
            "licenseConcluded": "MIT",
            "licenseDeclared": "MIT",
            "licenseInfoFromFiles": ["MIT"],
            "copyrightText": COPYRIGHT,
            "primaryPackagePurpose": "APPLICATION",
            "externalRefs": [reference(f"pkg:generic/source-rocket-chat@{self.version}")],
        }
        return {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": name,
            "documentNamespace": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name + contents)}",
            "creationInfo": {
                "created": datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "creators": [SUPPLIER, "Tool: source-rocket-chat-scripts-release"],
            },
            "packages": [this, *self.packages.values()],
            "files": self.files,
            "relationships": [
                {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                for one, kind, other in [("SPDXRef-DOCUMENT", "DESCRIBES", this["SPDXID"]), *self.relations]
            ],
        }


def verification_code(files):
    """SPDX 2.3, 7.9: the digest over the sorted digests of all files."""
    digests = sorted(checksum["checksumValue"] for file in files for checksum in file["checksums"] if checksum["algorithm"] == "SHA1")
    return hashlib.sha1("".join(digests).encode()).hexdigest()


def reference(purl):
    """A package URL as SPDX wants it."""
    return {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}


def libraries(binary):
    """The libraries that the loader is told to bring."""
    if sys.platform == "darwin":
        return set()
    return set(re.findall(r"NEEDED +(\S+)", run("objdump", "-p", binary)))


def run(*command):
    """What a command prints."""
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def main(version, platform, address, built, toolchain):
    """Prints the document."""
    said = run(Path(toolchain, "usr/bin/swift"), "--version")
    bill = Bill(version, platform, address, re.search(r"Swift version (\S+)", said)[1])
    for name in PROGRAMS:
        bill.add_program(Path(built), name)
    print(json.dumps(bill.document(), indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
