"""Single deeds: each asks the server to do something and notes what must be true after it."""

from dataclasses import dataclass

from ledger import FALSE, NOTHING, SOMETHING

CONTENT = b"What a proof writes.\nA second line.\n"


@dataclass
class Room:
    """A room of the proof."""

    id: str
    kind: str
    name: str

    @property
    def family(self):
        """The routes of its type."""
        return {"c": "channels", "p": "groups", "d": "im"}[self.kind]

    @property
    def stream(self):
        """The stream of its type."""
        return {"c": "channels", "p": "groups", "d": "direct_messages"}[self.kind]

    @property
    def label(self):
        """Its words."""
        return {"c": "channel", "p": "group", "d": "direct message room"}[self.kind] + f" {self.name}"


class Deeds:
    """What can be done; `cast.lead` is the account whose token syncs."""

    def __init__(self, server, ledger, cast, name, version):
        self.server, self.ledger, self.cast, self.name, self.version = server, ledger, cast, name, version
        # Rooms that are there, and the type of every room that ever was.
        self.rooms = {}
        self.kinds = {}
        self.team = None

    # -- rooms

    def create(self, part, kind, members=(), team=None):
        """Makes a channel or a private group."""
        name = f"{self.name}-{part}"
        family = {"c": "channels", "p": "groups"}[kind]
        body = {"name": name, "members": [person.username for person in members]}
        if team:
            body["extraData"] = {"teamId": team}
        made = self.server.post(self.cast.lead, f"{family}.create", **body)[family[:-1]]
        room = Room(made["_id"], kind, name)
        where = " in the team" if team else ""
        deed = self.ledger.did("the reader", f"{family} made", f"made the {room.label}{where}")
        self.remember(room, deed, teamId=team or NOTHING)
        for person in members:
            self.member(room, person, deed)
        self.member(room, None, deed)
        return room

    def place(self, room):
        """A room is among those of the proof from now on."""
        self.rooms[room.id] = room
        self.kinds[room.id] = room.kind

    def remember(self, room, deed, **fields):
        """A room is there from now on."""
        self.place(room)
        facts = {"t": room.kind, **fields}
        if room.kind != "d":
            facts |= {"name": room.name, "archived": FALSE}
        for stream in (room.stream, "rooms"):
            self.ledger.expect(stream, room.id, deed, f"the {room.label}", **facts)
        subscription = self.server.get(self.cast.lead, "subscriptions.getOne", roomId=room.id)["subscription"]
        self.ledger.expect(
            "subscriptions", subscription["_id"], deed, f"the reader's membership of the {room.label}", place=room.id, rid=room.id)

    def member(self, room, person, deed):
        """A user belongs to a room; None is the lead. Deactivated users and robots do as well."""
        user = person.user_id if person else self.cast.lead_id
        name = person.username if person else "the reader"
        if room.kind == "d":
            return
        self.ledger.expect("room_members", (room.id, user), deed, f"{name}'s membership of the {room.label}", place=room.id)

    def changed(self, room, deed, **fields):
        """What is expected of a room from now on."""
        for stream in (room.stream, "rooms"):
            self.ledger.expect(stream, room.id, deed, f"the {room.label}", **fields)

    # -- messages

    def post(self, who, room, text, kind="messages posted", **more):
        """Posts through either of the two routes: one answers to programs, the other to clients."""
        account = self.account(who)
        if more.pop("as_client", True):
            message = self.server.post(account, "chat.sendMessage", message={"rid": room.id, "msg": text, **more})["message"]
        else:
            message = self.server.post(account, "chat.postMessage", roomId=room.id, text=text, **more)["message"]
        short = text if len(text) <= 30 else text[:27] + "..."
        deed = self.ledger.did(who, kind, f"posted {short!r} in the {room.label}")
        author = account.user_id
        self.ledger.expect(
            "messages", message["_id"], deed, f"message {short!r} of the {room.label}", place=room.id, rid=room.id, msg=text,
            u={"_id": author}, editedAt=NOTHING, reactions=NOTHING, tmid=more.get("tmid") or NOTHING)
        return message["_id"]

    def account(self, who):
        """The account of a part."""
        return self.cast.friend.account if who == "the friend" and not self.cast.is_alone else self.cast.lead

    def other(self):
        """Who acts next to the reader: the friend, or the reader where it is alone."""
        return "the reader" if self.cast.is_alone else "the friend"

    def username(self, who):
        """The name of a part."""
        return self.cast.lead.username if who == "the reader" else self.cast.friend.username

    def touch(self, who, message, kind, what, **fields):
        """Notes what was done to a message."""
        fact = self.ledger.facts["messages", (message,)]
        deed = self.ledger.did(who, kind, f"{what} {fact.label}")
        self.ledger.expect("messages", message, deed, place=fact.place, **fields)

    def edit(self, who, message, text):
        """Edits a text."""
        room = self.ledger.facts["messages", (message,)].place
        self.server.post(self.account(who), "chat.update", roomId=room, msgId=message, text=text)
        self.touch(who, message, "messages edited", "edited", msg=text, editedAt=SOMETHING,
                   editedBy={"_id": self.account(who).user_id})

    def react(self, who, message, emoji, expected, should=True):
        """Sets a reaction or takes it back; `expected` are the reactions after it."""
        self.server.post(self.account(who), "chat.react", messageId=message, emoji=emoji, shouldReact=should)
        words = f"reacted with {emoji} to" if should else f"took the reaction {emoji} back from"
        self.touch(who, message, "reactions" if should else "reactions taken back", words, reactions=expected)

    def mark(self, who, message, route, kind, what, **fields):
        """Pins, stars, or takes that back."""
        self.server.post(self.account(who), route, messageId=message)
        self.touch(who, message, kind, what, **fields)

    def delete(self, who, message):
        """Deletes a message."""
        fact = self.ledger.facts["messages", (message,)]
        self.server.post(self.account(who), "chat.delete", roomId=fact.place, msgId=message)
        self.ledger.gone("messages", message, self.ledger.did(who, "messages deleted", f"deleted {fact.label}"))

    def upload(self, who, room, name, text, at_once):
        """Sends a file, at once or confirmed afterwards. Returns the ids of message and file."""
        account = self.account(who)
        if not at_once:
            path = f"rooms.media/{room.id}"
            file = self.server.upload(account, path, "rooms.media/:rid", name, CONTENT, "text/plain")["file"]["_id"]
            message = self.server.post(
                account, f"rooms.mediaConfirm/{room.id}/{file}", "rooms.mediaConfirm/:rid/:fileId", msg=text)["message"]
        else:
            path = f"rooms.upload/{room.id}"
            message = self.server.upload(account, path, "rooms.upload/:rid", name, CONTENT, "text/plain", msg=text)["message"]
            file = message["file"]["_id"]
        deed = self.ledger.did(who, "files uploaded", f"uploaded {name} to the {room.label}")
        self.ledger.expect("messages", message["_id"], deed, f"the message of the file {name}", place=room.id, rid=room.id,
                           file={"_id": file})
        self.ledger.expect("files", file, deed, f"the file {name}", place=room.id, name=name, size=len(CONTENT), rid=room.id)
        return message["_id"], file
