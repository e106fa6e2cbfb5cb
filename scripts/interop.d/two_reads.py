"""The tutorial's flow into a cache, twice, with people at work in between; pandas must show what is true."""

import airbyte as ab

from copy_check import DELETED, check_copy
from sandbox import Sandbox

STREAMS = ["messages", "channels", "rooms", "users"]


def prove(cache):
    """Reads, compares, lets the workspace live, reads again with the cache's state, compares again."""
    with Sandbox(users=40, rooms=15, messages=3000) as sandbox:
        before = {stream: sandbox.truth(stream) for stream in STREAMS}

        source = ab.get_source("source-rocket-chat", config=sandbox.config())
        source.check()
        source.select_all_streams()
        result = source.read(cache=cache)

        for stream in STREAMS:
            # With fewer fields, the copy has channels of teams that the administrator is not in, too.
            more = sandbox.channels() if stream == "channels" else frozenset()
            check_copy(stream, cache[stream].to_pandas(), before[stream], more)
        first = result.processed_records

        sandbox.live(steps=400)
        after = {stream: sandbox.truth(stream) for stream in STREAMS}
        again = ab.get_source("source-rocket-chat", config=sandbox.config(), streams=["messages", "rooms"])
        second = again.read(cache=cache).processed_records

        messages = cache["messages"].to_pandas()
        check_copy("messages", messages, after["messages"])
        check_copy("rooms", cache["rooms"].to_pandas(), after["rooms"])
        check_what_happened(before["messages"], after["messages"], messages)
        assert second < first, f"the second read brought {second} records, the first {first}"
        print(f"{first} records first, {second} after people had been at work")


def check_what_happened(before, after, messages):
    """The comparison above proves little unless messages were posted, edited and deleted: they were."""
    posted, deleted = set(after) - set(before), set(before) - set(after)
    edited = {key for key in set(before) & set(after) if before[key].get("msg") != after[key].get("msg")}
    assert posted and edited and deleted, f"{len(posted)} posted, {len(edited)} edited, {len(deleted)} deleted"

    tombstones = set(messages[messages[DELETED].notna()]["_id"])
    assert deleted <= tombstones, f"deleted without a tombstone: {sorted(deleted - tombstones)[:3]}"
    print(f"{len(posted)} posted, {len(edited)} edited, {len(deleted)} deleted: all arrived")
