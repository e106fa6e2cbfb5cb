"""Messages of the protocol, and standard output, which carries them."""

import json
import sys
import time

from switches import on

# The moment that all messages of a run tell.
NOW = int(time.time() * 1000)


class Output:
    """Standard output, and how long it had to wait for its reader."""

    def __init__(self):
        self.lines = 0
        self.longest_wait = 0

    def line(self, text):
        started = time.monotonic()
        sys.stdout.write(text + ("\r\n" if on("carriage-returns") else "\n"))
        self.lines += 1
        self.longest_wait = max(self.longest_wait, time.monotonic() - started)

    def line_of_bytes(self, data):
        """What no text can be encoded to."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data + b"\n")
        sys.stdout.buffer.flush()

    def has_a_slow_reader(self):
        return self.lines > 5 and self.longest_wait > 2


OUTPUT = Output()


def emit(message):
    OUTPUT.line(json.dumps(message))


def log(level, text):
    emit({"type": "LOG", "log": {"level": level, "message": text}})


def trace(kind, **payload):
    emit({"type": "TRACE", "trace": {"type": kind, "emitted_at": NOW, **payload}})


def control(config):
    emit({"type": "CONTROL", "control": {"type": "CONNECTOR_CONFIG", "emitted_at": NOW, "connectorConfig": {"config": config}}})


def fail(text, kind="config_error"):
    trace("ERROR", error={"message": text, "internal_message": text, "failure_type": kind})
    sys.stdout.flush()
    sys.exit(1)
