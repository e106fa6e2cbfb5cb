"""A program on a terminal, whose screen can be read."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path

import pyte

ROWS = 50


class Terminal:
    """Runs `words` in `folder` on a terminal of `columns`."""

    def __init__(self, words: list[str], columns: int, folder: Path, environment: dict[str, str]):
        self.screen = pyte.Screen(columns, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        ready, go = os.pipe()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            # The size first, or the program could look before there is one.
            os.close(go)
            os.read(ready, 1)
            os.chdir(folder)
            os.execvpe(words[0], words, environment)
        os.close(ready)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        os.close(go)

    def feed(self, seconds: float) -> None:
        """Shows what the program writes, for so long or until its end."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    data = os.read(self.descriptor, 65536)
                except OSError:
                    data = b""
                if not data:
                    return
                self.stream.feed(data)

    def text(self) -> str:
        """The lines of the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def interrupt(self) -> None:
        """What Control-C does."""
        os.kill(self.process, signal.SIGINT)
        self.feed(30)
