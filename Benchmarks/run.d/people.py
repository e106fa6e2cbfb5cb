"""Made-up ids, names, instants and texts, the same on every machine."""

import random
from datetime import datetime, timezone

ALPHABET = "ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz23456789"
WORDS = (
    "the disk on db2 is full again could someone please look at the deployment of our release candidate before noon "
    "thanks größe 🙂 alert cleared who is on call tonight see the ticket “rollback” done naïve"
).split()
FIRST_INSTANT = 1_700_000_000_000


def make_id(chance: random.Random) -> str:
    """An id as Rocket.Chat makes them."""
    return "".join(chance.choices(ALPHABET, k=17))


def instant(milliseconds: int) -> str:
    """Unix milliseconds as the server writes them."""
    moment = datetime.fromtimestamp(milliseconds // 1000, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}Z"


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(4, 30)))


def make_user(chance: random.Random, number: int) -> dict:
    """A row of users.list as an administrator sees it."""
    name = f"{chance.choice(WORDS).title()} Nº {number}"
    return {
        "_id": make_id(chance),
        "username": f"user.{number}",
        "emails": [{"address": f"user.{number}@example.com", "verified": chance.random() < 0.8}],
        "type": "user",
        "status": chance.choice(["online", "away", "offline"]),
        "active": chance.random() < 0.95,
        "roles": ["user"],
        "name": name,
        "lastLogin": instant(FIRST_INSTANT + chance.randrange(10**10)),
        "nameInsensitive": name.lower(),
    }


def make_message(chance: random.Random, room: str, users: list[dict], milliseconds: int) -> dict:
    """A message, in the shape that current servers send."""
    author, text = chance.choice(users), sentence(chance)
    message = {
        "_id": make_id(chance),
        "rid": room,
        "msg": text,
        "ts": instant(milliseconds),
        "u": author,
        "_updatedAt": instant(milliseconds + 40),
        "urls": [],
        "mentions": [],
        "channels": [],
        "md": [{"type": "PARAGRAPH", "value": [{"type": "PLAIN_TEXT", "value": text}]}],
    }
    if chance.random() < 0.2:
        message["reactions"] = {":eyes:": {"usernames": [chance.choice(users)["username"]]}}
    if chance.random() < 0.2:
        message["mentions"] = [chance.choice(users)]
    if chance.random() < 0.1:
        message["urls"] = [{"url": "https://example.com/x", "meta": {"pageTitle": "Example"}}]
    return message
