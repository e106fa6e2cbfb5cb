"""The answers to the questions of docs/queries.md, worked out in Python from the server's truth; each a Counter of rows."""

from collections import Counter, defaultdict
from datetime import datetime, timezone
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


class Answers:
    """`question(n)` is the answer to the n-th; `of` a function from stream to documents by `_id`."""

    def __init__(self, of):
        self.messages, self.users, self.chats = of("messages"), of("users"), of("livechat_rooms")
        self.channels, self.groups, self.directs = of("channels"), of("groups"), of("direct_messages")
        self.said = [message for message in self.messages.values() if "t" not in message]

    def question(self, number):
        """Rows as tuples, counted."""
        return Counter(getattr(self, f"_{number}")())

    def _name(self, room):
        return (self.channels.get(room) or self.groups.get(room) or {}).get("name")

    def _each(self, field):
        return ((message, item) for message in self.messages.values() for item in message.get(field) or [])

    def _1(self):
        rooms = Counter(message["rid"] for message in self.messages.values())
        return [(self._name(room) or room, count) for room, count in rooms.items()]

    def _2(self):
        return Counter(moment(message["ts"]).date().isoformat() for message in self.said).items()

    def _3(self):
        return Counter(moment(message["ts"]).astimezone(ZoneInfo("Europe/Berlin")).hour for message in self.said).items()

    def _4(self):
        written = Counter(message["u"]["_id"] for message in self.said)
        return [(self.users[key]["username"], count) for key, count in written.items() if key in self.users]

    def _5(self):
        months = defaultdict(set)
        for message in self.said:
            months[message["ts"][:7]].add(message["u"]["_id"])
        return [(month, len(people)) for month, people in months.items()]

    def _6(self):
        times = Counter()
        for message in self.messages.values():
            times.update({emoji: len(used["usernames"]) for emoji, used in message.get("reactions", {}).items()})
        return times.items()

    def _7(self):
        counts = {key: message.get("reactions", {}).values() for key, message in self.messages.items()}
        return [(key, sum(len(used["usernames"]) for used in all_used)) for key, all_used in counts.items() if all_used]

    def _8(self):
        people = (who["username"] for _, who in self._each("mentions") if who["_id"] not in ("all", "here"))
        return Counter(people).items()

    def _9(self):
        return Counter(urlsplit(link["url"]).netloc for _, link in self._each("urls")).items()

    def _10(self):
        kinds = defaultdict(list)
        for _, file in self._each("files"):
            if file.get("typeGroup") != "thumb":
                kinds[file["type"]].append(file["size"])
        return [(kind, len(sizes), sum(sizes)) for kind, sizes in kinds.items()]

    def _threads(self):
        threads = defaultdict(list)
        for message in self.said:
            if "tmid" in message:
                threads[message["tmid"]].append(message)
        return threads

    def _11(self):
        return [(key, len(replies), self.messages.get(key, {}).get("msg")) for key, replies in self._threads().items()]

    def _12(self):
        for key, replies in self._threads().items():
            if head := self.messages.get(key):
                others = [moment(reply["ts"]) for reply in replies if reply["u"]["_id"] != head["u"]["_id"]]
                if others:
                    yield key, round((min(others) - moment(head["ts"])).total_seconds())

    def _13(self):
        found = (message for message in self.messages.values() if "invoice" in message.get("msg", "").lower())
        return [(message["_id"], message["rid"], message["u"]["username"]) for message in found]

    def _14(self):
        return Counter(message["t"] for message in self.messages.values() if "t" in message).items()

    def _15(self):
        return Counter(message["editedBy"]["username"] for message in self.messages.values() if "editedAt" in message).items()

    def _16(self):
        last = {}
        for message in self.said:
            last[message["rid"]] = max(last.get(message["rid"], ""), message["ts"])
        return [(room["name"], last.get(key)) for key, room in self.channels.items() if not room.get("archived")]

    def _17(self):
        writers = {message["u"]["_id"] for message in self.said}
        people = (user for key, user in self.users.items() if user["active"] and user["type"] == "user" and key not in writers)
        return [(user["username"],) for user in people]

    def _18(self):
        agents = defaultdict(list)
        for chat in self.chats.values():
            if "closedAt" in chat:
                waited = moment(chat["closedAt"]) - moment(chat["ts"])
                agents[chat.get("servedBy", {}).get("username")].append(waited.total_seconds())
        return [(agent, len(waits), round(sum(waits) / len(waits) / 60)) for agent, waits in agents.items()]

    def _19(self):
        counts = Counter(message["rid"] for message in self.said)
        rooms = (self.groups | self.channels).values()
        return [(room["fname"], self._name(room["prid"]), counts[room["_id"]]) for room in rooms if "prid" in room]

    def _20(self):
        counts = Counter(message["rid"] for message in self.messages.values())
        return [(", ".join(room["usernames"]), counts[key]) for key, room in self.directs.items()]


def moment(text):
    """An instant."""
    return datetime.fromisoformat(text).astimezone(timezone.utc)
