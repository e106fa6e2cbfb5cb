"""Reads into memory while nobody takes what was read."""

import time


def hoard():
    # Imported above it would cost every read some milliseconds.
    import threading

    pages = []

    def fetch():
        while len(pages) < 100 and threading.main_thread().is_alive():
            pages.append(b"x" * (4 << 20))
            time.sleep(0.01)

    threading.Thread(target=fetch, daemon=True).start()
