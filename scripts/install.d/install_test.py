"""Installs a release in every way on a bare system and syncs with it: `install_test.py ROOT DIST`.

The lines that install are README.md's own.
"""

import json
import re
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "interop.d"))

from bare_system import BareSystem
from sandbox import Sandbox

def readme_lines():
    """The lines of README.md that install, by the command that they call."""
    readme = Path(__file__).parents[2].joinpath("README.md").read_text()
    block = re.search(r"^```sh\n(scripts/release .*?)^```", readme, re.MULTILINE | re.DOTALL)[1]
    lines = [line.split(" # ")[0].removeprefix("sudo ").strip() for line in block.splitlines()]
    found = {line.split()[0]: line for line in lines}
    assert found.keys() == {"scripts/release", "apt-get", "sh", "pip"} and len(lines) == len(found), lines
    return found


README = readme_lines()
APT = "apt-get -qq"


def check_missing_libraries(system, archive):
    """Nothing installed: `spec` needs no libcurl, and `check` says in words what is missing."""
    system.run(f"mkdir /opt/rocket && tar -xzf /dist/{archive} -C /opt/rocket --strip-components 1")
    system.run("/opt/rocket/bin/source-rocket-chat spec | grep -q connectionSpecification")
    said = system.run("/opt/rocket/bin/source-rocket-chat check --config /tmp/config.json")
    status = [json.loads(line) for line in said.splitlines() if '"CONNECTION_STATUS"' in line][0]["connectionStatus"]
    assert status["status"] == "FAILED" and "libcurl4" in status["message"], status
    said = system.run("sh /dist/install.sh --into /opt/other && sh /dist/install.sh --into /opt/other --remove")
    assert "apt-get install libcurl4" in said and "apt-get install libsqlite3-0" in said, said
    system.run("rm -r /opt/rocket /opt/other")
    print("without libraries: spec works, check names libcurl4, install.sh names libcurl4 and libsqlite3-0")


def check_sync(system, sandbox, how, source="source-rocket-chat", runner="airbyte-run", **user):
    """Two syncs, with people at work in between; afterwards the file has exactly the messages that there are."""
    system.run("rm -f /tmp/workspace.db*")
    command = f"cd / && {runner} sync --source {source} --config /tmp/config.json --into /tmp/workspace.db"
    system.run(command, **user)
    sandbox.live(50)
    system.run(command, **user)
    with closing(sqlite3.connect(system.root / "tmp/workspace.db")) as database:
        rows = {row[0] for row in database.execute("SELECT _id FROM messages")}
    truth = sandbox.truth("messages").keys()
    assert rows == truth, f"{how}: {len(rows)} messages and not {len(truth)}"
    print(f"{how}: two syncs, {len(rows)} messages")


@contextmanager
def no_trace(system, how):
    """What is installed in the block is gone at its end."""
    before = system.files()
    yield
    after = system.files()
    assert after <= before, f"{how} left {sorted(after - before)[:10]}"
    assert before <= after, f"{how} took {sorted(before - after)[:10]} with it"


def check_debian_package(system, sandbox, package):
    """By dpkg with the GnuTLS build of libcurl, then by apt, which brings what the package depends on."""
    system.refuse(f"dpkg -i /dist/{package}", "depends on libsqlite3-0")
    system.run("dpkg --purge source-rocket-chat")
    with no_trace(system, "dpkg -i"):
        system.run(f"{APT} install libcurl3-gnutls libsqlite3-0")
        system.run(f"dpkg -i /dist/{package} && ! ls /usr/lib/*/libcurl.so.4 2>/dev/null")
        check_sync(system, sandbox, "dpkg -i, libcurl-gnutls.so.4")
        system.run("dpkg --purge source-rocket-chat && apt-get -qq --purge autoremove libcurl3-gnutls libsqlite3-0")
    with no_trace(system, "apt-get install"):
        system.run(f"cd / && {README['apt-get']}")
        assert not system.run("dpkg --verify source-rocket-chat").strip()
        system.run("test -s /usr/share/man/man1/airbyte-run.1.gz && test -s /usr/share/bash-completion/completions/airbyte-run")
        check_sync(system, sandbox, "apt-get install ./….deb, libcurl.so.4")
        system.run("apt-get -qq --purge autoremove source-rocket-chat")


def check_archive(system, sandbox, archive):
    """The tar.gz, unpacked anywhere."""
    with no_trace(system, "the archive"):
        system.run(f"mkdir /opt/rocket && tar -xzf /dist/{archive} -C /opt/rocket --strip-components 1")
        programs = {"source": "/opt/rocket/bin/source-rocket-chat", "runner": "/opt/rocket/bin/airbyte-run"}
        check_sync(system, sandbox, "tar.gz", **programs)
        system.run("rm -r /opt/rocket")


def check_install_script(system, sandbox, archive):
    """install.sh for somebody without root, twice over itself; then releases that are not what their sums say."""
    somebody = {"user": "1000:1000", "home": "/home/somebody"}
    with no_trace(system, "install.sh"):
        said = system.run(f"cd / && {README['sh']}", **somebody)
        assert "/home/somebody/.local/bin is not on your PATH" in said and "needs libcurl" not in said, said
        system.run("cd /tmp && sh /dist/install.sh --from ../dist", **somebody)
        programs = {f"{kind}": f"/home/somebody/.local/bin/{name}" for kind, name in PROGRAMS.items()}
        check_sync(system, sandbox, "install.sh", **programs, **somebody)
        system.run("sh /dist/install.sh --remove && rm -r /home/somebody/.local", **somebody)
        system.refuse("sh /dist/install.sh --remove", "holds nothing", **somebody)

        shutil.copytree(system.root / "dist", system.root / "tmp/dist")
        with open(system.root / "tmp/dist" / archive, "ab") as file:
            file.write(b"x")
        system.refuse("sh /tmp/dist/install.sh", archive, "is not the file that SHA256SUMS means", **somebody)
        (system.root / "tmp/dist/SHA256SUMS").write_text("")
        system.refuse("sh /tmp/dist/install.sh", "names no programs for linux", **somebody)
        (system.root / "tmp/dist/SHA256SUMS").unlink()
        system.refuse("sh /tmp/dist/install.sh", "nothing to install from", **somebody)
        system.refuse("sh /tmp/dist/install.sh --from /tmp/dist", "there is no file", **somebody)
        system.refuse("sh /dist/install.sh --from http://example.org", "not encrypted", **somebody)
        system.refuse("sh /dist/install.sh --into /opt/not-mine", "cannot be written", **somebody)
        system.run("rm -r /tmp/dist")
    print("install.sh: refuses a changed archive, sums without it, no origin, an open connection, a place that is not its own")


def check_wheel(system, sandbox, archive):
    """pip in a fresh environment, without an index; the runner comes from the archive."""
    system.run(f"{APT} install python3-venv")
    with no_trace(system, "the wheel"):
        system.run(f"cd / && python3 -m venv /opt/venv && . /opt/venv/bin/activate && PIP_NO_INDEX=1 {README['pip']}")
        system.run(f"tar -xzf /dist/{archive} -C /opt --strip-components 2 --wildcards '*/bin/airbyte-run'")
        check_sync(system, sandbox, "the wheel", source="/opt/venv/bin/source-rocket-chat", runner="/opt/airbyte-run")
        system.run("/opt/venv/bin/pip -q uninstall --yes source-rocket-chat && test ! -e /opt/venv/bin/source-rocket-chat")
        system.run("rm -r /opt/venv /opt/airbyte-run")


PROGRAMS = {"source": "source-rocket-chat", "runner": "airbyte-run"}


def main(root, dist):
    """Everything, in one bare system that is as it was after each part."""
    system = BareSystem(root)
    shutil.copytree(dist, system.root / "dist")
    named = {suffix: next(Path(dist).glob(pattern)).name for suffix, pattern in FILES.items()}
    with Sandbox(messages=500) as sandbox:
        (system.root / "tmp/config.json").write_text(json.dumps(sandbox.config()))
        assert not system.run("command -v swift || true").strip()
        check_missing_libraries(system, named["archive"])
        system.run("apt-get -qq update")
        check_debian_package(system, sandbox, named["deb"])
        system.run(f"{APT} install libcurl4 libsqlite3-0")
        check_archive(system, sandbox, named["archive"])
        check_install_script(system, sandbox, named["archive"])
        check_wheel(system, sandbox, named["archive"])


FILES = {"archive": "source-rocket-chat-*-linux-*.tar.gz", "deb": "*.deb"}

if __name__ == "__main__":
    main(*sys.argv[1:])
