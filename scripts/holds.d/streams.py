"""HTTP/2 over TLS: a server that takes its leave in the midst of work, in the ways that the protocol has for it."""

import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

from way import Way


def certificate(folder):
    """A key and a certificate of its own for localhost."""
    key, authority = Path(folder, "key.pem"), Path(folder, "authority.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", authority, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )
    return key, authority


class StreamConnection:
    """One connection of the connector; answers each stream, unless the way's fault does."""

    def __init__(self, way, client):
        self.way, self.client = way, client
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        self.is_over = False
        self.served = 0
        self.waiting = {}

    def serve(self):
        """Answers until one side leaves."""
        try:
            self.h2.initiate_connection()
            self.flush()
            self.client.settimeout(30)
            while not self.is_over:
                data = self.client.recv(65536)
                if not data:
                    return
                for event in self.h2.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        self.answer(event)
                    elif isinstance(event, h2.events.WindowUpdated):
                        self.pump()
                self.flush()
        except (OSError, h2.exceptions.ProtocolError):
            pass
        finally:
            self.client.close()

    def answer(self, event):
        """Answers one request."""
        headers = dict(event.headers)
        self.path, self.headers = headers[":path"], {name: value for name, value in headers.items() if not name.startswith(":")}
        self.served += 1
        fault = self.way.strikes(self.path)
        (fault or StreamConnection.well)(self, event.stream_id)

    def well(self, stream):
        """The true answer."""
        truth = self.way.ask(self.path, self.headers)
        left_out = {"connection", "transfer-encoding", "content-length"}
        fields = [(name.lower(), value) for name, value in truth.headers if name.lower() not in left_out]
        self.h2.send_headers(stream, [(":status", str(truth.status)), ("content-length", str(len(truth.body))), *fields])
        self.waiting[stream] = truth.body
        self.pump()

    def pump(self):
        """Sends what the windows let through."""
        for stream, body in list(self.waiting.items()):
            while True:
                size = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size, len(body))
                if size == 0 and body:
                    break
                piece, body = body[:size], body[size:]
                self.h2.send_data(stream, piece, end_stream=not body)
                if not body:
                    break
            if body:
                self.waiting[stream] = body
            else:
                del self.waiting[stream]
        self.flush()

    def flush(self):
        """Sends what is due."""
        data = self.h2.data_to_send()
        if data:
            self.client.sendall(data)

    def leave(self):
        """Ends the connection."""
        self.flush()
        self.is_over = True
        self.client.close()


def goaway_behind_answer(connection, stream):
    """Answers, and takes leave as a server does that is to be replaced."""
    connection.well(stream)
    connection.h2.close_connection(h2.errors.ErrorCodes.NO_ERROR, last_stream_id=stream)
    connection.leave()


def goaway_before_answer(connection, stream):
    """Takes leave, and says that this request was not looked at."""
    connection.h2.close_connection(h2.errors.ErrorCodes.NO_ERROR, last_stream_id=max(0, stream - 2))
    connection.leave()


def goaway_in_anger(connection, stream):
    """Takes leave of a client that is too eager."""
    connection.h2.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM, last_stream_id=stream)
    connection.leave()


def goaway_in_answer(connection, stream):
    """Takes leave between the headers and the body."""
    connection.h2.send_headers(stream, [(":status", "200"), ("content-type", "application/json")])
    connection.h2.send_data(stream, b'{"success":true,')
    connection.h2.close_connection(h2.errors.ErrorCodes.INTERNAL_ERROR, last_stream_id=stream)
    connection.leave()


def refused_stream(connection, stream):
    """Refuses the stream."""
    connection.h2.reset_stream(stream, h2.errors.ErrorCodes.REFUSED_STREAM)


def reset_in_answer(connection, stream):
    """Resets the stream within the body."""
    connection.h2.send_headers(stream, [(":status", "200"), ("content-type", "application/json")])
    connection.h2.send_data(stream, b'{"success":true,')
    connection.h2.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)


def gone(connection, stream):
    """Leaves without a word."""
    connection.leave()


def garbage(connection, stream):
    """A frame that is none."""
    connection.flush()
    connection.client.sendall(b"\x00\xff\xff\x63\xff\x00\x00\x00\x01" + b"z" * 4000)
    connection.leave()


def mute(connection, stream):
    """Headers, and nothing more."""
    connection.h2.send_headers(stream, [(":status", "200"), ("content-type", "application/json")])
    connection.flush()
    time.sleep(0.1)


class StreamWay(Way):
    """The way over HTTP/2."""

    def __init__(self, upstream, folder):
        self.key, self.authority = certificate(folder)
        super().__init__(upstream)

    def open(self, port=0):
        """Takes connections."""
        super().open(port)
        self.url = f"https://localhost:{self.port}"

    def _accept(self, listener):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.authority, self.key)
        context.set_alpn_protocols(["h2"])

        def begin(client):
            try:
                client.settimeout(10)
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                StreamConnection(self, context.wrap_socket(client, server_side=True)).serve()
            except OSError:
                client.close()

        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=begin, args=(client,), daemon=True).start()
