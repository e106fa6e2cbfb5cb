"""What a read says and does before its first record."""

import os
import sys
import time

from memory import GOOD_TOKEN, remember_token
from messages import NOW, control, emit, log, trace
from switches import on


def speak_aside(config):
    if on("hangs"):
        time.sleep(3600)
    if on("rotates-token", "logs-the-new-token"):
        exchange_token(config)
    if on("control-unfit"):
        control(config | {"account": None})
    if on("leaves-a-child"):
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "3600"])
    if on("log-level"):
        log("WARNING", "reading")
    if on("log-error"):
        log("ERROR", "reading")
    if on("logs-token"):
        log("INFO", f"GET /users with X-Token: {config['token']}")
    if on("stderr-token"):
        print(f"token {config['token']}", file=sys.stderr)
    if on("stderr-floods"):
        print("reading " * 12_000, file=sys.stderr)
    if on("trace-without-stamp"):
        emit({"type": "TRACE", "trace": {"type": "ESTIMATE", "estimate": {"name": "users", "type": "STREAM"}}})
    if on("failure-type"):
        trace("ANALYTICS")
    if on("control-broken"):
        emit({"type": "CONTROL", "control": {"type": "CONNECTOR_CONFIG", "emitted_at": NOW}})
    if on("estimates-mixed"):
        trace("ESTIMATE", estimate={"name": "users", "type": "STREAM", "row_estimate": 240})
        trace("ESTIMATE", estimate={"name": "all", "type": "SYNC", "row_estimate": 500})


def exchange_token(config):
    if config["token"] != GOOD_TOKEN and on("logs-the-new-token"):
        log("INFO", f"GET /users with X-Token: {config['token']}")
    token = f"rotated-{os.getpid()}-{NOW}"
    remember_token(token)
    control(config | {"token": token})
