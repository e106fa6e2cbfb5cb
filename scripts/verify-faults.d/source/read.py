"""A read, from its catalog and states to its end."""

import sys

from asides import speak_aside
from configured import chosen_of, entries_of, is_alone
from given_states import known_states
from hoard import hoard
from memory import count_read
from reading import Reading
from switches import on


def read(config, options):
    entries = entries_of(options["catalog"])
    chosen = chosen_of(entries)
    turn = count_read() if on("drops-now-and-then") else None
    speak_aside(config)
    known = known_states(options.get("state"), chosen)
    if on("wants-options-in-order") and list(options) != sorted(options, key=["config", "catalog", "state"].index):
        sys.exit(2)
    if on("hoards"):
        hoard()
    Reading(chosen, known, alone=is_alone(entries) and "state" not in options, turn=turn).run()
    if on("exit-one"):
        sys.stdout.flush()
        sys.exit(1)
    if on("no-newline"):
        sys.stdout.write('{"type": "LOG", "log": {"level": "INFO", "message": "end"}}')
