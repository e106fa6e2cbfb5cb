"""A PostgreSQL server of Debian's package for as long as a `with` block lasts: own data folder, own port, no root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class PostgresServer:
    """A throw-away server on 127.0.0.1 with one user and one database, both named `airbyte`."""

    def __enter__(self):
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        # /tmp itself: the server's own user must be able to enter, and socket paths must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="interop-pg-", dir="/tmp"))
        self.owner = None
        if os.getuid() == 0:
            # The server refuses to run as root; the package brings a user for it.
            self.owner = pwd.getpwnam("postgres")
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        try:
            self._run("initdb", "--auth=trust", "--username=airbyte", "--encoding=UTF8", "--no-sync", "-D", self.data)
            options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -F"
            self._run("pg_ctl", "-D", self.data, "-l", f"{self.folder}/log", "-w", "-o", options, "start")
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "airbyte", "airbyte")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if Path(self.data, "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)

    @property
    def data(self):
        """The data folder."""
        return f"{self.folder}/data"

    def _run(self, program, *arguments):
        identity = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []} if self.owner else {}
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **identity,
        )
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr.strip()}")
