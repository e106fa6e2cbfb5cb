"""What can go wrong on the wire: each fault, what it does to one request, and what a sync is to make of it."""

import gzip
import json
import time
import zlib
from dataclasses import dataclass
from typing import Callable

import streams

# How a sync ends that is struck for a moment, and to its end.
WELL = ("complete", "complete")
TRIED = ("complete", "transient")


@dataclass
class WireFault:
    """A fault by the name that people know it by."""

    group: str
    name: str
    strike: Callable
    ends: tuple = TRIED
    # What one of the errors says, when it lasts.
    words: tuple = ("got no answer",)
    # What a warning says, where the sync is complete and the copy is not the truth.
    warning: str = ""
    # Text that struck paths hold; empty strikes all.
    only: str = ""
    # Seconds that the way refuses connections.
    down: float = 0
    # Seconds that the connector waits for an answer.
    timeout: int = 5
    # Text that struck paths hold when it lasts: a limiter is obeyed ten times, for a minute each, at every request.
    lasting_only: str = ""
    # Whether the way speaks HTTP/2 over TLS.
    is_streams: bool = False


def raw(data):
    """Answers with these bytes and hangs up."""

    def strike(connection):
        connection.send(data)
        connection.end()

    return strike


def said(status, body="", type="text/plain", **headers):
    """Answers in these words."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}"]
    lines += [f"Content-Type: {type}"] if type else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    data = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
    return lambda connection: connection.send(data)


def body(change, **more):
    """Answers with the true answer's body changed, its length told truly."""

    def strike(connection):
        truth = connection.truth()
        connection.send(truth.raw(change(truth.body), **more))

    return strike


def reset_at_once(connection):
    connection.reset()


def reset_within(connection):
    truth = connection.truth().raw()
    connection.send(truth[: len(truth) - 20])
    time.sleep(0.05)
    connection.reset()


def truncated(connection):
    truth = connection.truth()
    connection.send(truth.raw()[: -max(1, len(truth.body) // 2)])
    connection.end()


def cut_head(connection):
    connection.send(connection.truth().raw()[:40])
    connection.end()


def without_length(connection):
    truth = connection.truth()
    connection.send(truth.head([("Connection", "close")]) + truth.body)
    connection.end()


def without_length_cut(connection):
    truth = connection.truth()
    connection.send(truth.head([("Connection", "close")]) + truth.body[: len(truth.body) // 2])
    connection.end()


def chunks(size, end=b"0\r\n\r\n", spoil=lambda text: text):
    """Answers in chunks of `size` bytes."""

    def strike(connection):
        truth = connection.truth()
        data = bytearray(truth.head([("Transfer-Encoding", "chunked")]))
        for start in range(0, len(truth.body), size):
            piece = truth.body[start : start + size]
            data += spoil(b"%x\r\n" % len(piece)) + piece + b"\r\n"
        connection.send(bytes(data) + end)
        if end != b"0\r\n\r\n":
            connection.end()

    return strike


def drip(pause):
    """Answers byte by byte."""

    def strike(connection):
        for byte in connection.truth().raw():
            connection.send(bytes([byte]))
            time.sleep(pause)

    return strike


def slow(connection):
    data = connection.truth().raw()
    step = len(data) // 20 + 1
    for start in range(0, len(data), step):
        connection.send(data[start : start + step])
        time.sleep(0.02)


def silent(connection):
    connection.wait(20)
    connection.end()


def silent_behind_head(connection):
    connection.send(connection.truth().head([("Content-Length", "1000")]))
    connection.wait(20)
    connection.end()


def redirect(to):
    """Sends the connector elsewhere; `%s` is the path."""

    def strike(connection):
        place = to.replace("%p", str(connection.way.port)).replace("%s", connection.path)
        said("302 Found", Location=place)(connection)

    return strike


def lost_once(connection):
    """Sends the connector to the same place, where it is answered."""
    if connection.path.endswith("again=1"):
        connection.path = connection.path[: -len("?again=1")]
        connection.send(connection.truth().raw())
    else:
        mark = "&" if "?" in connection.path else "?"
        said("307 Moved", Location=f"{connection.path}{mark}again=1")(connection)


def bomb(connection):
    """Ten gigabytes in ten megabytes: one block of blanks, behind which nothing refers to what was before, over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    connection.send(connection.truth().head([("Content-Encoding", "gzip"), ("Connection", "close")]))
    connection.send(b"\x1f\x8b\x08\0\0\0\0\0\0\x03")
    for _ in range(600):
        connection.send(block)
    connection.end()


def packed(change):
    """Answers in gzip that is changed."""
    return body(lambda data: change(gzip.compress(data)), add=(("Content-Encoding", "gzip"),))


def deep(data):
    return data.replace(b'"success":true', b'"success":true,"deep":' + b"[" * 200_000 + b"]" * 200_000, 1)


def giant(data):
    """The first message grows to a hundred megabytes."""
    page = json.loads(data)
    rows = page.get("result", {}).get("updated") or []
    if not rows:
        return data
    rows[0]["msg"] = "GIANT"
    return json.dumps(page).encode().replace(b"GIANT", b"x" * 100_000_000, 1)


def spoiled_text(data):
    return data.replace(b'"success":true', b'"success":true,"note":"\xff\xfe\xc0\x80"', 1)


def two_answers(connection):
    truth = connection.truth().raw()
    connection.send(truth + truth)


def interim(connection):
    connection.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50 + connection.truth().raw())


def endless_head(connection):
    connection.send(b"HTTP/1.1 200 OK\r\n")
    line = b"X-Much: " + b"a" * 8000 + b"\r\n"
    for _ in range(2000):
        connection.send(line)
    connection.end()


def two_lengths(connection):
    truth = connection.truth()
    length = len(truth.body)
    connection.send(truth.head([("Content-Length", str(length)), ("Content-Length", str(length - 7))]) + truth.body)
    connection.end()


def unasked(connection):
    """The answer of another request."""
    truth = connection.way.ask("/api/v1/me", connection.headers)
    connection.send(truth.raw())


def part(connection):
    truth = connection.truth()
    half = truth.body[: len(truth.body) // 2]
    truth.status = 206
    connection.send(truth.raw(half, add=(("Content-Range", f"bytes 0-{len(half) - 1}/{len(truth.body)}"),)))


def nothing(connection):
    """For faults of the way itself."""


LIMIT = "may be using up the limit"
LATER = "was answered"
NO_LIMIT_WORDS = (LIMIT, LATER)
PLAIN = ("got no answer", LATER)

FAULTS = [
    WireFault("Connections", "refused", nothing, down=1e9),
    WireFault("Connections", "the server is away for two minutes", nothing, down=120),
    WireFault("Connections", "reset at once", reset_at_once),
    WireFault("Connections", "reset within the body", reset_within),
    WireFault("Connections", "silence", silent),
    WireFault("Connections", "silence behind the headers", silent_behind_head),
    WireFault("Connections", "a byte every 50 ms", drip(0.05)),
    WireFault("Connections", "a slow line", slow, WELL),
    WireFault("Framing", "cut in the headers", cut_head),
    WireFault("Framing", "cut in the body, its length declared", truncated),
    WireFault("Framing", "no length", without_length, WELL),
    WireFault("Framing", "no length, and cut", without_length_cut, words=PLAIN),
    WireFault("Framing", "chunks of one byte", chunks(1), WELL),
    WireFault("Framing", "chunks without an end", chunks(500, end=b"")),
    WireFault("Framing", "chunks of nonsense length", chunks(500, spoil=lambda text: b"zz\r\n")),
    WireFault("Framing", "chunks of a length beyond 64 bits", chunks(500, spoil=lambda text: b"ffffffffffffffffff\r\n")),
    WireFault("Framing", "two lengths that differ", two_lengths, words=PLAIN),
    WireFault("Framing", "two answers to one request", two_answers, WELL),
    WireFault("Framing", "fifty interim answers before the true one", interim, WELL),
    WireFault("Framing", "16 MB of headers", endless_head),
    WireFault("Framing", "no HTTP at all", raw(b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n")),
    WireFault("Framing", "206 with the first half", part, words=PLAIN),
    WireFault("Framing", "204", said("204 No Content"), words=PLAIN),
    WireFault("Framing", "304", said("304 Not Modified"), words=PLAIN),
    WireFault("Framing", "the answer to another request", unasked, words=(LATER,)),
    WireFault("Redirects", "to another host", redirect("https://login.example.com/sso"), words=("is redirected to",)),
    WireFault("Redirects", "in circles", redirect("%s"), words=("again and again",)),
    WireFault("Redirects", "to a file", redirect("file:///etc/passwd"), words=("is redirected to",)),
    WireFault("Redirects", "to another port", redirect("http://127.0.0.1:1%s"), words=("is redirected to",)),
    WireFault("Redirects", "within the server, once", lost_once, WELL),
    WireFault("Content", "gzip of garbage", packed(lambda data: b"\x1f\x8b" + data[::-1])),
    WireFault("Content", "gzip cut short", packed(lambda data: data[: len(data) // 2]), words=PLAIN),
    WireFault("Content", "gzip with a wrong checksum", packed(lambda data: data[:-8] + b"\0" * 8)),
    WireFault("Content", "gzip of ten gigabytes", bomb, ("transient", "transient"), ("larger than this request allows",)),
    WireFault("Content", "bytes that are no UTF-8", body(spoiled_text), words=("not valid JSON",)),
    WireFault("Content", "400 000 brackets, 200 000 deep", body(deep), words=("not valid JSON",)),
    WireFault("Content", "a byte order mark", body(lambda data: b"\xef\xbb\xbf" + data), words=("was answered 200.",)),
    WireFault("Content", "the document twice", body(lambda data: data * 2), words=("not valid JSON",)),
    WireFault("Content", "zeros behind the document", body(lambda data: data + b"\0" * 100), words=("not valid JSON",)),
    WireFault("Content", "a message of 100 MB", body(giant), WELL, warning="longer than 10 MiB", only="roomId=GENERAL", timeout=120),
    WireFault("The limiter in other words", "429, a page of nginx", said("429 Too Many Requests", "<html><title>429</title></html>", "text/html"), words=(LIMIT,), lasting_only="users.list"),
    WireFault("The limiter in other words", "429, Retry-After a date", said("429 Too Many Requests", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), words=(LIMIT,), lasting_only="users.list"),
    WireFault("The limiter in other words", "429, Retry-After: 1", said("429 Too Many Requests", '{"message":"API rate limit exceeded"}', "application/json", Retry_After="1"), words=(LIMIT,), lasting_only="users.list"),
    WireFault("The limiter in other words", "429 with RateLimit-Reset", said("429 Too Many Requests", "slow down", RateLimit_Reset="2", RateLimit_Limit="1"), words=(LIMIT,), lasting_only="users.list"),
    WireFault("The limiter in other words", "503 with Retry-After", said("503 Service Unavailable", "busy", Retry_After="1"), words=NO_LIMIT_WORDS),
    WireFault("The limiter in other words", "420", said("420 Enhance Your Calm"), words=NO_LIMIT_WORDS),
    WireFault(
        "The limiter in other words", "200 with the limiter's text",
        said("200 OK", '{"success":false,"error":"Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]"}', "application/json"),
        words=NO_LIMIT_WORDS,
    ),
    WireFault(
        "The limiter in other words", "400 with the limiter's text",
        said("400 Bad Request", '{"success":false,"error":"Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]","errorType":"error-too-many-requests"}', "application/json"),
        words=(LIMIT,), lasting_only="users.list",
    ),
    WireFault("The limiter in other words", "403 of Cloudflare, error 1015", said("403 Forbidden", "error code: 1015"), words=(LATER,)),
    *(
        WireFault("HTTP/2", name, strike, ends, is_streams=True)
        for name, strike, ends in (
            ("GOAWAY behind each answer", streams.goaway_behind_answer, WELL),
            ("GOAWAY before the answer, the request not looked at", streams.goaway_before_answer, TRIED),
            ("GOAWAY, enhance your calm", streams.goaway_in_anger, TRIED),
            ("GOAWAY within the answer", streams.goaway_in_answer, TRIED),
            ("a refused stream", streams.refused_stream, TRIED),
            ("a stream reset within the answer", streams.reset_in_answer, TRIED),
            ("the connection ends without GOAWAY", streams.gone, TRIED),
            ("a frame that is none", streams.garbage, TRIED),
            ("headers and nothing more", streams.mute, TRIED),
        )
    ),
]
