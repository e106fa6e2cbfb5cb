"""The marts, worked out in Python from what the stand-in server says is true; keyed by what names a row."""

from collections import Counter, defaultdict
from datetime import datetime, timezone


def stamp(text):
    """An instant of the server as DuckDB and PostgreSQL give it: without a zone, in UTC."""
    return text and datetime.fromisoformat(text).astimezone(timezone.utc).replace(tzinfo=None)


def seconds(start, end):
    """Seconds between two stamps, null when one is."""
    return start and end and round((end - start).total_seconds(), 3)


class TruthMarts:
    """Every mart as `{key: values}` or a Counter of rows."""

    def __init__(self, sandbox):
        self.messages = sandbox.truth("messages")
        self.users = sandbox.truth("users")
        self.user_ids = {user["username"]: key for key, user in self.users.items()}
        self.rooms = {}
        for stream in ["rooms", "direct_messages", "groups", "channels"]:
            self.rooms |= {key: room for key, room in sandbox.truth(stream).items() if room["t"] in "cpd"}
        self.members = sandbox.truth_lines("room_members")
        self.chats = sandbox.truth("livechat_rooms")
        self.chat_messages = sandbox.truth("livechat_messages")
        self.spoken = {key: message for key, message in self.messages.items() if message.get("t") in (None, "e2e")}
        self.replies = defaultdict(list)
        for message in self.spoken.values():
            if "tmid" in message:
                self.replies[message["tmid"]].append(message)

    def fct_messages(self):
        """Whose, where, when, what."""
        return {
            key: (
                message["rid"], message.get("tmid"), message["u"]["_id"], message["u"]["username"],
                message.get("alias") or message["u"].get("name") or message["u"]["username"],
                "message" if "t" not in message else "encrypted" if message["t"] == "e2e" else "system",
                message.get("msg"), stamp(message["ts"]), stamp(message.get("editedAt")), message.get("pinned", False),
                len(self.replies[key]), message.get("drid"),
            )
            for key, message in self.messages.items()
        }

    def dim_users(self):
        """Names, activity, address."""
        return {
            key: (
                user["username"], user.get("name") or user["username"], user["active"],
                user["emails"][0]["address"].lower() if user.get("emails") else None,
            )
            for key, user in self.users.items()
        }

    def dim_rooms(self):
        """Kinds and names."""
        return {key: (self.kind(room), self.name(room), room.get("topic"), room.get("prid")) for key, room in self.rooms.items()}

    @staticmethod
    def kind(room):
        """What people call a room of that type."""
        return "discussion" if "prid" in room else {"c": "channel", "p": "group", "d": "direct"}[room["t"]]

    def name(self, room):
        """What people call that room."""
        if room["t"] != "d":
            return room.get("fname") or room.get("name") or room["_id"]
        known = {key: user.get("name") or user["username"] for key, user in self.users.items()}
        return ", ".join(known.get(key, name) for key, name in zip(room["uids"], room["usernames"]))

    def dim_memberships(self):
        """Rooms and their members."""
        return Counter((one["room_id"], one["_id"]) for one in self.members if one["room_id"] not in self.chats)

    def fct_reactions(self):
        """Message, emoji, who."""
        return Counter(
            (key, emoji, username, self.user_ids.get(username))
            for key, message in self.messages.items()
            for emoji, reaction in message.get("reactions", {}).items()
            for username in reaction["usernames"]
        )

    def fct_mentions(self):
        """Message and who is mentioned, once."""
        return Counter(
            {
                (key, "everybody" if mention["_id"] in ("all", "here") else mention.get("type", "user"), mention["_id"])
                for key, message in self.messages.items()
                for mention in message.get("mentions", [])
            }
        )

    def fct_files(self):
        """Files, by message."""
        return Counter(
            (file["_id"], key, message["rid"], file["name"], file["type"], float(file["size"]))
            for key, message in self.messages.items()
            for file in message.get("files", [])
            if file.get("typeGroup") != "thumb"
        )

    def fct_threads(self):
        """Replies, participants, first reply and first answer."""
        return {key: self._thread(key, replies) for key, replies in self.replies.items() if replies}

    def _thread(self, key, replies):
        starter = self.messages.get(key)
        first = min(replies, key=lambda reply: (reply["ts"], reply["_id"]))
        people = {reply["u"]["_id"] for reply in replies} | ({starter["u"]["_id"]} if starter else set())
        answers = [stamp(reply["ts"]) for reply in replies if starter and reply["u"]["_id"] != starter["u"]["_id"]]
        began = stamp(starter["ts"]) if starter else None
        return (
            len(replies), len(people), began, stamp(first["ts"]), first["u"]["_id"], seconds(began, stamp(first["ts"])),
            min(answers, default=None), seconds(began, min(answers, default=None)),
        )

    def fct_room_days(self):
        """Messages, authors and replies of a room's day."""
        days = defaultdict(list)
        for message in self.spoken.values():
            days[message["rid"], stamp(message["ts"]).date()].append(message)
        return {
            key: (len(told), len({message["u"]["_id"] for message in told}), sum("tmid" in message for message in told))
            for key, told in days.items()
        }

    def fct_livechat(self):
        """Waiting times of conversations with visitors."""
        return {key: self._chat(key, room) for key, room in self.chats.items()}

    def _chat(self, key, room):
        told = [message for message in self.chat_messages.values() if message["rid"] == key and "t" not in message]
        answers = [stamp(message["ts"]) for message in told if message["u"]["_id"] != room["v"]["_id"]]
        opened, taken = stamp(room["ts"]), stamp(room.get("servedBy", {}).get("ts"))
        return (
            len(told) - len(answers), len(answers), seconds(opened, taken), seconds(opened, min(answers, default=None)),
            seconds(opened, stamp(room.get("closedAt"))),
        )
