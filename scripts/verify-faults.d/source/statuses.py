"""Statuses of streams."""

from messages import NOW, trace
from streams import descriptor
from switches import on


def status(stream, word):
    if on("no-statuses") or on("no-running") and word == "RUNNING" or on("no-complete") and word == "COMPLETE":
        return
    if on("status-forgotten") and stream == "settings":
        return
    if on("running-often") and word == "RUNNING":
        for reasons in ({}, {"reasons": [{"type": "RATE_LIMITED", "rate_limited": {"quota_reset": NOW}}]}):
            trace("STREAM_STATUS", stream_status={"stream_descriptor": descriptor(stream), "status": word, **reasons})
    for name in [stream, "nobody"] if on("status-of-a-stranger") and word == "RUNNING" else [stream]:
        trace("STREAM_STATUS", stream_status={"stream_descriptor": descriptor(name), "status": word})
