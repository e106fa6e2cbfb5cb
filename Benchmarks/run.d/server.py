"""nginx on free local ports."""

import os
import pwd
import socket
import subprocess
import time
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Serves a folder of pages while it is entered."""

    def __init__(self, folder: Path, pages: Path):
        self.folder, self.pages = folder, pages
        self.certificate = folder / "certificate.pem"
        self.ports = {kind: free_port() for kind in ("plain", "gzip", "tls", "tls_gzip")}

    def endpoint(self, workspace: str, kind: str = "plain") -> str:
        scheme = "https" if kind.startswith("tls") else "http"
        return f"{scheme}://127.0.0.1:{self.ports[kind]}/{workspace}"

    def requests(self) -> int:
        """Requests answered so far."""
        with open(self.folder / "access.log", "rb") as log:
            return sum(1 for _ in log)

    def __enter__(self) -> "Server":
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "30", "-subj", "/CN=benchmark", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.certificate],
            check=True, stderr=subprocess.DEVNULL)
        (self.folder / "access.log").write_bytes(b"")
        self._fill("routes.conf")
        configuration = self._fill("nginx.conf")
        nginx = "/usr/sbin/nginx"
        self.process = subprocess.Popen([nginx, "-p", self.folder, "-c", configuration], stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports["plain"])) == 0:
                    return self
            time.sleep(0.05)
        raise SystemExit(f"nginx did not start; see {self.folder}/error.log")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()

    def _fill(self, name: str) -> Path:
        text = (Path(__file__).parent / name).read_text()
        # As root, nginx would hand its work to a user who may not see the pages.
        user = f"user {pwd.getpwuid(0).pw_name};" if os.getuid() == 0 else ""
        words = {"USER": user, "FOLDER": str(self.folder), "PAGES": str(self.pages)}
        for word, value in (words | {kind.upper(): str(port) for kind, port in self.ports.items()}).items():
            text = text.replace(f"@{word}@", value)
        path = self.folder / name
        path.write_text(text)
        return path
