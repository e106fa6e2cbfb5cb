"""What discover and read say to a token that is worth nothing."""

import sys

from configured import chosen_of, entries_of
from messages import fail
from statuses import status
from switches import on


def refuse_token(verb, options):
    if on("discover-fails-quietly") and verb == "discover" or on("read-fails-quietly") and verb == "read":
        return
    if on("read-fails-without-trace") and verb == "read":
        sys.exit(1)
    if on("fails-complete") and verb == "read":
        for stream, _ in chosen_of(entries_of(options["catalog"])):
            status(stream, "STARTED")
            status(stream, "COMPLETE")
    fail("the token is wrong", "transient_error" if on("blames-the-network") else "config_error")
