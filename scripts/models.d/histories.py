"""Random histories of rooms, kept as the landed tables of the runner's file: people post, reply, quote, edit and delete."""

import json
import random
import sqlite3
from datetime import datetime, timedelta, timezone

COLUMNS = {
    "messages": ["_id", "rid", "msg", "ts", "_updatedAt", "u", "t", "tmid", "tshow", "mentions", "attachments", "files", "alias"],
    "channels": ["_id", "t", "name", "fname", "prid", "encrypted", "_updatedAt"],
    "users": ["_id", "username", "name", "active"],
    "workspace": ["url"],
}
PEOPLE = [("u1", "tom", "Tom Brandt"), ("u2", "tom.b", "Toma B"), ("u3", "zoë", None), ("u4", "ann_lee-2", "Ann Lee")]


class Histories:
    """Rooms with histories; every text has a word of its own, so that it can be looked for."""

    def __init__(self, seed, rooms):
        self.random = random.Random(seed)
        kinds = ["plain"] * 6 + ["discussion", "encrypted"]
        self.rooms = {f"room{index}": kinds[index % len(kinds)] for index in range(rooms)}
        self.clock = {room: datetime(2026, 1, 5, 8, tzinfo=timezone.utc) for room in self.rooms}
        self.messages = {}
        self.gone = []
        self.made = 0

    def grow(self, steps):
        """Only what people add at the end: messages and replies."""
        for _ in range(steps):
            self._post(self.random.choice(list(self.rooms)))

    def live(self, steps):
        """Anything: imports with older dates, edits and deletions, too."""
        for _ in range(steps):
            room = self.random.choice(list(self.rooms))
            told = [message for message in self.messages.values() if message["rid"] == room]
            dice = self.random.random()
            if dice < 0.55 or not told:
                self._post(room, late=dice < 0.05)
            elif dice < 0.8:
                message = self.random.choice(told)
                if message["t"] is None:
                    self.gone.append(message["word"])
                    message["msg"] = self._text(message)
            else:
                message = self.random.choice(told)
                self.gone.append(message["word"])
                del self.messages[message["_id"]]

    def _post(self, room, late=False):
        self.made += 1
        # Pauses of exactly half an hour are the ones to get wrong; every third room hardly pauses.
        pause = self.random.choice([1, 20, 60, 600, 1799, 1800, 1801, 5000])
        rests = self.random.random() < (0.01 if int(room[4:]) % 3 == 0 else 0.3)
        self.clock[room] += timedelta(seconds=pause if rests else 15)
        sent = self.clock[room] - timedelta(seconds=self.random.randrange(40_000) if late else 0)
        earlier = [message for message in self.messages.values() if message["rid"] == room]
        key, username, name = self.random.choice(PEOPLE)
        message = {
            "_id": f"m{self.made:05}", "rid": room, "ts": sent, "t": None, "tmid": None, "tshow": None, "files": None,
            "u": {"_id": key, "username": username, "name": name}, "mentions": [], "attachments": [], "alias": None,
        }
        message["msg"] = self._text(message)
        dice = self.random.random()
        heads = [one for one in earlier if one["tmid"] is None and one["t"] is None]
        if dice < 0.15 and heads:
            message["tmid"] = self.random.choice(heads)["_id"]
            message["tshow"] = self.random.random() < 0.2
        elif dice < 0.2:
            message["t"] = "uj"
        elif dice < 0.24:
            message["t"], message["alias"] = "e2e", None
        elif dice < 0.3:
            message["alias"] = "Build robot"
        self.messages[message["_id"]] = message

    def _text(self, message):
        """Sets what goes with the text, too: mentions, quotes, files."""
        self.made += 1
        message["word"] = f"word{self.made}x"
        # Some rooms are terse, so that forty messages fit into the bytes.
        sizes = [0, 1, 3] if int(message["rid"][4:]) % 6 == 0 else [0, 1, 3, 10, 60, 150]
        size = self.random.choice(sizes) if self.random.random() < 0.97 else 1500
        text = " ".join([message["word"]] + ["größer"] * size)
        message["mentions"], message["attachments"], message["files"] = [], [], None
        dice = self.random.random()
        if dice < 0.2:
            key, username, name = self.random.choice(PEOPLE)
            message["mentions"] = [{"_id": key, "username": username, "name": name, "type": "user"}]
            text = self.random.choice([f"@{username} {text}", f"{text} (@{username}).", f"x@{username}ny @{username}: {text}"])
        elif dice < 0.25:
            message["mentions"] = [{"_id": "all", "username": "all"}]
            text = f"@all {text}"
        elif dice < 0.4 and self.messages:
            quoted = self.random.choice(list(self.messages.values()))
            link = f"https://chat.example.com/channel/x?msg={quoted['_id']}"
            text = f"[ ]({link}) {text}"
            message["attachments"] = [{"message_link": link, "text": quoted["msg"], "author_name": quoted["u"]["username"]}]
        elif dice < 0.5:
            message["files"] = [
                {"_id": f"f{self.made}", "name": f"plan {self.made}.pdf", "type": "application/pdf", "size": 1},
                {"_id": f"t{self.made}", "name": "thumb-plan.png", "typeGroup": "thumb"},
            ]
            if dice < 0.45:
                text = message["msg"] = ""
                message["word"] = "no such word"
        return text

    def _tables(self):
        told = [
            {
                **message, "_updatedAt": stamp(message["ts"]), "ts": stamp(message["ts"]),
                "tshow": message["tshow"] and int(message["tshow"]),
                **{name: message[name] and json.dumps(message[name]) for name in ("u", "mentions", "attachments", "files")},
            }
            for message in self.messages.values()
        ]
        rooms = [
            {
                "_id": room, "t": "c", "name": room, "fname": None, "_updatedAt": "2026-01-01T00:00:00.000Z",
                "prid": "room0" if kind == "discussion" else None, "encrypted": int(kind == "encrypted"),
            }
            for room, kind in self.rooms.items()
        ]
        people = [{"_id": key, "username": username, "name": name, "active": 1} for key, username, name in PEOPLE]
        return {"messages": told, "channels": rooms, "users": people, "workspace": [{"url": "https://chat.example.com"}]}

    def land(self, path):
        """Writes the file that `airbyte-run sync` would."""
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as connection:
            self._fill(connection.cursor(), lambda table: f'"{table}"', "?", str)

    def land_postgres(self, connection):
        """The same into the schema where PyAirbyte puts tables."""
        with connection.cursor() as cursor:
            cursor.execute("drop schema if exists rocket_chat cascade; create schema rocket_chat")
            self._fill(cursor, lambda table: f'rocket_chat."{table}"', "%s", str.lower)
        connection.commit()

    def _fill(self, cursor, place, mark, spelled):
        for table, rows in self._tables().items():
            columns = COLUMNS[table]
            names = ", ".join(f'"{spelled(name)}" text' for name in columns)
            cursor.execute(f"create table {place(table)} ({names})")
            values = [[row[name] if row[name] is None else str(row[name]) for name in columns] for row in rows]
            cursor.executemany(f"insert into {place(table)} values ({', '.join([mark] * len(columns))})", values)


def stamp(instant):
    """As the connector writes it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03}Z"
