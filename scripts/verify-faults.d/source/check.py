"""The check of a configuration."""

import sys

from memory import newest_token
from messages import emit, fail
from switches import on


def check(config):
    if on("check-prints"):
        print("connecting ...")
    if on("takes-an-empty-config") and not config:
        return connected("SUCCEEDED")
    if config.get("token") != newest_token():
        if on("takes-any-token") and "token" in config:
            return connected("SUCCEEDED")
        if on("leaks-token"):
            return connected("FAILED", f"the token {config.get('token')} is wrong")
        if on("bad-config-exit"):
            connected("FAILED", "the token is wrong")
            sys.exit(1)
        if on("bad-config-trace"):
            fail("the token is wrong")
        return connected("FAILED", None if on("failed-without-message") else "the token is wrong")
    if on("check-fails"):
        return connected("FAILED", "no")
    connected("GOOD" if on("check-status-unknown") else "SUCCEEDED")
    if on("two-statuses"):
        connected("SUCCEEDED")
    if on("check-exit"):
        sys.exit(1)


def connected(word, message=None):
    answer = {"status": word}
    if message:
        answer["message"] = message
    emit({"type": "CONNECTION_STATUS", "connectionStatus": answer})
