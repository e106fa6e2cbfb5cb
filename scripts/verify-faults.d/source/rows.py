"""The rows of each stream: always the same."""

import time

from switches import on


def moment(minute):
    if on("local-times"):
        return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.localtime(1_772_323_200 + 60 * minute))
    return f"2026-03-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00.000Z"


def user(number):
    return {"id": number, "name": f"User {number} " + "x" * 40, "active": number % 2 == 0, "updated_at": moment(number),
            "born": f"19{70 + number % 30}-02-28", "score": number / 4, "address": {"city": "Köln", "zip": f"{number:04}"},
            "tags": ["a", "b"]}


def event(number):
    return {"user": number % 7, "number": number, "updated_at": moment(number), "text": f"event {number} " + "y" * 40}


def setting(number):
    return {"name": f"setting {number}", "value": str(number)}


# How a row is made, and how many there are.
ROWS = {"users": (user, 240), "events": (event, 0 if on("empty-stream") else 60), "settings": (setting, 12)}
if on("no-records"):
    ROWS = {name: (make, 0) for name, (make, _) in ROWS.items()}
# How many records a state follows.
PAGE = 24
