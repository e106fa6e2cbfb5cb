"""The reading of the chosen streams, record by record."""

import os
import sys

from endings import Terminated
from messages import trace
from records import record
from rows import PAGE, ROWS
from states import States
from statuses import status
from switches import on


class Reading:
    """One read: what is chosen, and how far it has come."""

    def __init__(self, chosen, known, alone, turn):
        self.chosen = chosen
        self.known = known
        self.alone = alone
        self.turn = turn
        self.reached = {}
        self.states = States()

    def run(self):
        reads = [self.stream(stream, incremental) for stream, incremental in self.chosen]
        try:
            while reads and on("interleaves"):
                reads = [each for each in reads if next(each, "end") != "end"]
            for each in reads:
                for _ in each:
                    pass
        except Terminated:
            self.finish_badly()

    def stream(self, stream, incremental):
        """Reads one stream; pauses after each record, so that others may be read between."""
        _, count = ROWS[stream]
        if on("alone-is-half") and self.alone:
            count //= 2
        reached = min(self.start(stream, incremental), count)
        unsaved = 0
        if on("records-before-started") and reached < count:
            record(stream, reached)
            reached += 1
            unsaved += 1
        status(stream, "STARTED")
        if on("started-twice"):
            status(stream, "STARTED")
        status(stream, "RUNNING")
        for number in range(reached, count):
            if on("incremental-lacks") and incremental and number == 7:
                continue
            if on("drops-now-and-then") and stream == "settings" and number == 7 and self.turn == 2:
                continue
            record(stream, number)
            unsaved += 1
            reached = number + 1
            self.reached[stream] = reached
            yield
            if reached % PAGE == 0 and reached < count and not on("one-state"):
                self.states.tell(stream, reached, unsaved)
                unsaved = 0
            if on("fails-quietly") and stream == "events" and number == 30:
                trace("ERROR", error={"message": "lost the connection", "failure_type": "transient_error",
                                      "stream_descriptor": {"name": stream}})
                status(stream, "INCOMPLETE")
                return
        self.finish(stream, incremental, reached, unsaved)

    def start(self, stream, incremental):
        """The number of the first record."""
        start = self.known.get(stream, {}).get("reached", 0) if incremental or on("resumable", "state-suppresses") else 0
        if on("repeats-after-state") and start:
            return max(0, start - 5)
        if on("loses-after-state") and incremental and start and stream == "events":
            return start + 1
        return 0 if on("ignores-state") else start

    def finish(self, stream, incremental, reached, unsaved):
        """Last state and status of a stream."""
        if on("error-and-zero") and stream == "users":
            trace("ERROR", error={"message": "page 7 failed", "failure_type": "transient_error"})
        final = reached - 5 if on("state-goes-back") else reached
        late = on("record-after-state") and stream == "users" and incremental
        if on("state-before-complete") or late:
            self.states.tell(stream, final, unsaved)
        if late:
            record(stream, reached)
        status(stream, "COMPLETE")
        if on("complete-twice"):
            status(stream, "COMPLETE")
        if on("record-after-complete") and stream == "users":
            record(stream, reached)
            unsaved += 1
        lacks = on("no-last-state") and stream == "events" and incremental or on("no-state-in-full-refresh") and not incremental
        if not on("state-before-complete") and not late and not lacks:
            self.states.tell(stream, final, unsaved)

    def finish_badly(self):
        """What a source says in its last breath, and should not."""
        for stream, _ in self.chosen:
            if on("sigterm-completes"):
                status(stream, "COMPLETE")
            if on("sigterm-runs-ahead") and 0 < self.reached.get(stream, 0) < ROWS[stream][1]:
                self.states.tell(stream, self.reached[stream] + 20, 0)
        sys.stdout.flush()
        os._exit(1)
