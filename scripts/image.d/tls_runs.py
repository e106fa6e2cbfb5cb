"""TLS inside the image, which has only the libraries that were picked for it: a server behind a private authority."""

import http.client
import json
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


def check_tls(image, sandbox, folder):
    """Refused with the image's own authorities, accepted once the configuration brings the right one."""
    folder = folder / "tls"
    folder.mkdir()
    front = TLSFront(sandbox.url, folder)
    how = {"mounts": [(folder, "/mnt/tls")]}
    command = ("check", "--config", "/mnt/tls/config.json")
    config = sandbox.config(endpoint=front.url)
    try:
        refused = status(image, command, how, folder, config)
        assert refused["status"] == "FAILED" and "certificate" in refused["message"].lower(), refused
        for certificate in ("/mnt/tls/authority.pem", (folder / "authority.pem").read_text()):
            accepted = status(image, command, how, folder, config | {"ca_certificate": certificate})
            assert accepted["status"] == "SUCCEEDED", accepted
    finally:
        front.server.shutdown()
    print("TLS: an unknown authority is refused, the configured one accepted, as a path and as text")


def status(image, command, how, folder, config):
    """The connection status of one check."""
    (folder / "config.json").write_text(json.dumps(config))
    done = image.run(*command, **how)
    found = [m for m in map(json.loads, done.stdout.splitlines()) if m["type"] == "CONNECTION_STATUS"]
    assert done.returncode == 0 and len(found) == 1, (done.returncode, done.stdout, done.stderr)
    return found[0]["connectionStatus"]


class TLSFront:
    """Hands what it gets over TLS on to a plain server, and the answer back."""

    def __init__(self, plain, folder):
        """Makes an authority in `folder` that lasts a day."""
        key, certificate = folder / "key.pem", folder / "authority.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
            + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        Handler.plain = urlsplit(plain).netloc
        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class QuietServer(ThreadingHTTPServer):
    """Says nothing of the handshake that a client breaks off: that is what is tested."""

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    """One request at a time, headers included."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        connection = http.client.HTTPConnection(self.plain)
        connection.request("GET", self.path, headers={k: v for k, v in self.headers.items() if k.lower() != "host"})
        answer = connection.getresponse()
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
