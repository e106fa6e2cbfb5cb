"""The way to the stand-in, over raw sockets: it hands requests on, and spoils what comes back while a fault strikes."""

import http.client
import socket
import struct
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What the stand-in answered."""

    status: int
    headers: list
    body: bytes

    def raw(self, body=None, drop=(), add=()):
        """The answer as it goes over the wire, with its length."""
        body = self.body if body is None else body
        return self.head([*add, ("Content-Length", str(len(body)))], drop) + body

    def head(self, add=(), drop=()):
        """Status line and headers, without any that tells of the body's length."""
        left_out = {"content-length", "transfer-encoding", "connection", *drop}
        lines = [f"HTTP/1.1 {self.status} Fine"]
        lines += [f"{name}: {value}" for name, value in [*self.headers, *add] if name.lower() not in left_out or (name, value) in add]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Connection:
    """One connection of the connector, with the request that is to be answered."""

    def __init__(self, way, client):
        self.way, self.client, self.path = way, client, ""
        self.is_over = False

    def truth(self):
        """What the stand-in answers to the request."""
        return self.way.ask(self.path, self.headers)

    def send(self, data):
        """Sends bytes; the connector may be gone."""
        self.client.sendall(data)

    def reset(self):
        """Ends the connection with a reset."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.end()

    def end(self):
        """Ends the connection."""
        self.is_over = True
        self.client.close()

    def wait(self, seconds):
        """Waits, but not for a connector that has left."""
        until = time.monotonic() + seconds
        self.client.settimeout(0.2)
        while time.monotonic() < until:
            try:
                if self.client.recv(1, socket.MSG_PEEK) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def serve(self):
        """Answers one request after the other."""
        self.client.settimeout(30)
        buffer = b""
        try:
            while not self.is_over:
                while b"\r\n\r\n" not in buffer:
                    piece = self.client.recv(65536)
                    if not piece:
                        return
                    buffer += piece
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                self.path = lines[0].split(" ")[1]
                self.headers = dict(line.split(": ", 1) for line in lines[1:])
                fault = self.way.strikes(self.path)
                if fault:
                    fault(self)
                else:
                    self.send(self.truth().raw())
        except OSError:
            pass
        finally:
            self.client.close()


class Way:
    """Listens on 127.0.0.1 before `upstream`; use it in a `with` block."""

    # What a sync asks before it reads streams.
    BEGINNING = ("/api/info", "/api/v1/me", "/api/v1/permissions.listAll")

    def __init__(self, upstream):
        self.upstream = urlsplit(upstream).netloc
        self.fault, self.seconds, self.spares, self.struck, self.until = None, None, (), 0, None
        self.lock = threading.Lock()
        self.listener = None
        self.open()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shut()

    def open(self, port=0):
        """Takes connections."""
        self.listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def shut(self):
        """Refuses connections."""
        if self.listener:
            # Wakes the thread that accepts, which `close` alone does not.
            self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None

    def strike(self, fault, seconds=None, spares=()):
        """Lets `fault` strike for so long from the first time on, or for ever; requests of `spares` never."""
        with self.lock:
            self.fault, self.seconds, self.spares, self.struck, self.until = fault, seconds, spares, 0, None

    def heal(self):
        """Lets nothing strike any more."""
        with self.lock:
            self.fault = None

    def strikes(self, path):
        """The fault that strikes a request for `path`."""
        with self.lock:
            route = path.partition("?")[0]
            if not self.fault or route in self.spares:
                return None
            if self.seconds is not None:
                self.until = self.until or time.monotonic() + self.seconds
                if time.monotonic() > self.until:
                    return None
            self.struck += 1
            return self.fault

    def ask(self, path, headers):
        """The stand-in's own answer."""
        upstream = http.client.HTTPConnection(self.upstream, timeout=30)
        try:
            upstream.request("GET", path, headers={**headers, "Connection": "close"})
            answer = upstream.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            upstream.close()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Connection(self, client).serve, daemon=True).start()
