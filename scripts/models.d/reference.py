"""Conversations once more, one message after the other, as docs/models.md describes them and without a look at the SQL."""

import hashlib
import re
from collections import defaultdict
from datetime import timedelta

QUOTE = re.compile(r"\[ \]\([^)]*[?&]msg=([^)&#]*)[^)]*\)")


def spoken(message):
    """The text with people by name and without the links of quotes."""
    text = QUOTE.sub("", message["msg"]).strip(" ")
    for mention in sorted(message["mentions"], key=lambda mention: -len(mention["username"])):
        name = re.escape(mention["username"])
        text = re.sub(f"@{name}(?![._-]*[0-9A-Za-z])", f"@{mention.get('name') or mention['username']}", text)
    return text


def author(message):
    """Who spoke, as it was called then."""
    return message["alias"] or message["u"]["name"] or message["u"]["username"]


def line(message, messages):
    """What a message says in a conversation; None when nothing."""
    if message["t"] == "e2e":
        return None
    parts = []
    for attachment in message["attachments"]:
        quoted = messages.get(attachment["message_link"].split("msg=")[1])
        known = quoted and quoted["rid"] == message["rid"] and quoted["t"] is None and spoken(quoted)
        parts.append(f"[quote {author(quoted)}: {spoken(quoted)}]" if known else "[quote]")
    parts.append(spoken(message))
    parts += [f"[file {file['name']}]" for file in message["files"] or [] if file.get("typeGroup") != "thumb"]
    said = " ".join(part for part in parts if part).strip(" ")
    return f"{author(message)}: {said}" if said else None


def conversations(messages, rooms):
    """`{id: (kind, room, message ids, participants, text, encrypted)}`."""
    order = sorted((m for m in messages.values() if m["t"] in (None, "e2e")), key=lambda m: (m["ts"], m["_id"]))
    lines = {message["_id"]: line(message, messages) for message in order}
    found = {}
    threads = defaultdict(list)
    flow = defaultdict(list)
    for message in order:
        if message["tmid"]:
            threads[message["tmid"]].append(message)
        else:
            flow[message["rid"]].append(message)
    for key, replies in threads.items():
        head = [messages[key]] if key in messages and messages[key]["t"] in (None, "e2e") else []
        found[f"thread:{key}"] = ("thread", sorted(head + replies, key=lambda m: (m["ts"], m["_id"])))
    for room, told in flow.items():
        if rooms[room] == "discussion":
            found[f"discussion:{room}"] = ("discussion", told)
            continue
        part, size = [], 0
        for message in told:
            weight = len(lines[message["_id"]].encode()) + 1 if lines[message["_id"]] else 0
            pause = part and message["ts"] - part[-1]["ts"] >= timedelta(minutes=30)
            if part and (pause or len(part) == 40 or size + weight > 8193):
                found[f"flow:{part[0]['_id']}"] = ("flow", part)
                part, size = [], 0
            part = part + [message]
            size += weight
        found[f"flow:{part[0]['_id']}"] = ("flow", part)
    return {key: row(kind, told, lines, rooms) for key, (kind, told) in found.items()}


def row(kind, told, lines, rooms):
    """A conversation's columns."""
    encrypted = rooms[told[0]["rid"]] == "encrypted" or all(message["t"] == "e2e" for message in told)
    said = [lines[message["_id"]] for message in told if lines[message["_id"]] is not None]
    text = None if encrypted else "\n".join(said) if said else None
    people = list(dict.fromkeys(message["u"]["_id"] for message in told))
    digest = hashlib.md5((text or "").encode()).hexdigest()
    return kind, told[0]["rid"], [message["_id"] for message in told], people, text, encrypted, digest
