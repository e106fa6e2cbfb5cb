"""How it ends before it has done: on SIGTERM, and when nobody reads on."""

import os
import sys
import time

from switches import on


class Terminated(BaseException):
    """SIGTERM has come."""


def await_sigterm():
    if not on("ignores-sigterm", "swallows-sigterm", "sigterm-completes", "sigterm-runs-ahead", "sigterm-is-success"):
        return
    # Imported above it would cost every start a millisecond.
    import signal

    if on("ignores-sigterm"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    elif on("swallows-sigterm"):
        signal.signal(signal.SIGTERM, lambda *_: None)
    elif on("sigterm-is-success"):
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    else:
        signal.signal(signal.SIGTERM, terminate)


def terminate(*_):
    raise Terminated


def end_on_a_closed_pipe():
    if on("outlives-its-reader"):
        time.sleep(3600)
    # What is left unwritten would fail once more at the exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(141)
