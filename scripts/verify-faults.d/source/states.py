"""The states that it tells."""

from messages import emit
from rows import PAGE
from streams import descriptor
from switches import on


class States:
    """The newest state of each stream: one for all streams tells them all again."""

    def __init__(self):
        self.newest = {}

    def tell(self, stream, reached, count):
        body = body_of(stream, reached)
        self.newest[stream] = body
        if on("global-state") or on("states-mixed") and stream == "events":
            states = [{"stream_descriptor": descriptor(name), "stream_state": each} for name, each in self.newest.items()]
            payload = {"type": "GLOBAL", "global": {"shared_state": {"a": 1}, "stream_states": states}}
        elif on("legacy-state"):
            payload = {"data": dict(self.newest)}
        else:
            payload = {"type": "STREAM", "stream": {"stream_descriptor": descriptor(stream), "stream_state": body}}
        if on("state-of-a-stranger") and reached == PAGE:
            payload["stream"]["stream_descriptor"] = {"name": "nobody"}
        if on("state-type-unknown"):
            payload["type"] = "TABLE"
        if not on("uncounted", "global-state", "legacy-state") and payload["type"] != "GLOBAL":
            wrong = (1 if on("miscount") else -1 if on("undercounts") else 0) if reached == 2 * PAGE else 0
            payload["sourceStats"] = {"recordCount": float(count + wrong)}
        if on("state-id"):
            payload["id"] = 1
        emit({"type": "STATE", "state": payload})


def body_of(stream, reached):
    if on("state-ahead"):
        return {"reached": reached + 3}
    if on("state-null"):
        return None
    if on("state-as-text"):
        return str(reached)
    if on("state-huge") and stream == "users" and reached == PAGE:
        return {"reached": reached, "padding": "x" * 1_100_000}
    if on("state-stuck") and stream == "users" and reached == 2 * PAGE:
        return {"reached": PAGE}
    if on("empty-state") and stream == "settings":
        return {}
    return {"reached": reached}
