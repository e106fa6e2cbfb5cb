"""What is done to the server, in three acts."""

from deeds import Deeds, Room
from ledger import FALSE, NOTHING
from livechat import Livechat
from server import Refused


class Play(Deeds):
    """The acts, and the cleaning up."""

    def __init__(self, server, ledger, cast, name, version, bulk, with_livechat):
        super().__init__(server, ledger, cast, name, version)
        self.bulk = bulk
        self.left = []
        self.undriven = []
        self.livechat = Livechat(self) if with_livechat else None

    def first_act(self):
        """Everything that can be made is made."""
        friend = self.cast.friend
        guests = [friend] + ([self.cast.extra] if self.cast.extra else [])
        self.channel = self.create("channel", "c", [friend])
        self.group = self.create("group", "p", guests)
        self.doomed = self.create("doomed", "c")
        self.attic = self.create("attic", "c")
        made = self.server.post(self.cast.lead, "im.create", username=friend.username)["room"]
        self.direct = Room(made["_id"], "d", f"with {friend.username}")
        self.remember(self.direct, self.ledger.did("the reader", "direct messages opened", f"opened the {self.direct.label}"))

        self.hello = self.post("the reader", self.channel, f"Hello @{friend.username}", as_client=False)
        self.answer = self.post(self.other(), self.channel, "Grüße 👋 from ‹there›\nand a second \"line\"")
        self.parent = self.post("the reader", self.channel, "Shall we talk about it?")
        self.reply = self.post(self.other(), self.channel, "Yes, in this thread", "thread replies", tmid=self.parent)
        self.shown = self.post("the reader", self.channel, "And in the room, too", "thread replies", tmid=self.parent, tshow=True)
        self.touch("the reader", self.parent, "threads begun", "began a thread under", tcount=2)
        self.post("the reader", self.group, "Among us")
        self.post(self.other(), self.group, "Among us, too")
        self.whisper = self.post("the reader", self.direct, "Only you")
        self.post("the reader", self.doomed, "Soon gone with its room", as_client=False)
        self.post("the reader", self.attic, "Soon archived", as_client=False)
        self.lines = [
            self.post("the reader", self.channel, f"line {number:03}", as_client=number % 2 == 0) for number in range(self.bulk)]

        self.aside = self.where_allowed("discussions", self.begin_aside)
        self.file_message, self.file = self.where_allowed("files", lambda: self.upload(
            "the reader", self.channel, f"{self.name}.txt", "with a file", at_once=self.version < (6, 13))) or (None, None)
        self.make_team()

        self.react(self.other(), self.hello, ":thumbsup:", {":thumbsup:": {"usernames": [self.username(self.other())]}})
        self.react("the reader", self.answer, ":heart:", {":heart:": {"usernames": [self.username("the reader")]}})
        self.has_pins = self.where_allowed("pins", lambda: self.pin(self.answer, pinnedBy={"_id": self.cast.lead_id}))
        self.has_stars = self.where_allowed("stars", lambda: self.star(self.hello))
        if self.livechat:
            self.livechat.open()

    def where_allowed(self, what, deed):
        """Does what a server's settings may forbid; a refusal is told in the report, and what builds on it is left out."""
        try:
            return deed() or True
        except Refused as refusal:
            if refusal.status not in (400, 403):
                raise
            self.undriven.append(f"{what}: {refusal}")
            return None

    def pin(self, message, **more):
        """Pins a message."""
        self.mark("the reader", message, "chat.pinMessage", "messages pinned", "pinned", pinned=True, **more)

    def star(self, message):
        """Stars a message."""
        self.mark("the reader", message, "chat.starMessage", "messages starred", "starred", starred=[{"_id": self.cast.lead_id}])

    def begin_aside(self):
        """A discussion under the channel, with a message."""
        title = f"{self.name} aside"
        made = self.server.post(self.cast.lead, "rooms.createDiscussion", prid=self.channel.id, t_name=title)["discussion"]
        room = Room(made["_id"], made["t"], title)
        deed = self.ledger.did("the reader", "discussions begun", f"began the discussion {title!r}")
        self.place(room)
        self.ledger.expect(room.stream, room.id, deed, f"the discussion {title!r}", prid=self.channel.id, fname=title)
        self.post("the reader", room, "An aside")
        return room

    def make_team(self):
        """A team with its main room and a channel."""
        name = f"{self.name}-team"
        friend = self.cast.friend
        self.team = self.server.post(self.cast.lead, "teams.create", name=name, type=0, members=[friend.username])["team"]
        deed = self.ledger.did("the reader", "teams made", f"made the team {name}")
        self.ledger.expect("teams", self.team["_id"], deed, f"the team {name}", name=name, roomId=self.team["roomId"])
        main = Room(self.team["roomId"], "c", name)
        self.remember(main, deed, teamId=self.team["_id"], teamMain=True)
        for person in (friend.user_id, self.cast.lead_id):
            self.ledger.expect("team_members", (self.team["_id"], person), deed, f"{person}'s membership of the team {name}")
        self.lounge = self.create("lounge", "c", team=self.team["_id"])
        deed = self.ledger.facts["channels", (self.lounge.id,)].made
        self.ledger.expect("team_rooms", (self.team["_id"], self.lounge.id), deed, f"the {self.lounge.label} of the team")

    def second_act(self):
        """Everything that can be changed is changed."""
        friend, lead = self.cast.friend, self.cast.lead
        self.edit("the reader", self.hello, "Hello, edited")
        self.edit(self.other(), self.reply, "Yes, in this thread (edited)")
        self.edit("the reader", self.lines[0], "line 000, edited")
        self.react("the reader", self.answer, ":heart:", NOTHING, should=False)
        self.react("the reader", self.hello, ":tada:", {
            ":tada:": {"usernames": [self.username("the reader")]}, ":thumbsup:": {"usernames": [self.username(self.other())]}})
        if self.has_pins:
            self.mark("the reader", self.answer, "chat.unPinMessage", "pins taken back", "took the pin from", pinned=FALSE)
            self.pin(self.lines[2])
        if self.has_stars:
            self.mark("the reader", self.hello, "chat.unStarMessage", "stars taken back", "took the star from", starred=NOTHING)
            self.star(self.lines[1])

        self.delete("the reader", self.lines[3])
        self.delete(self.other(), self.answer)
        self.delete("the reader", self.shown)
        self.touch("the reader", self.parent, "threads shortened", "shortened the thread under", tcount=1)
        if self.file:
            self.delete("the reader", self.file_message)
            self.ledger.gone("files", self.file, self.ledger.facts["messages", (self.file_message,)].gone)
        late = self.post("the reader", self.channel, "A late reply", "thread replies", tmid=self.lines[4])
        self.touch("the reader", self.lines[4], "threads begun", "began a thread under", tcount=1)
        self.delete("the reader", late)
        self.touch("the reader", self.lines[4], "threads shortened", "emptied the thread under", tcount=FALSE)
        # The parent of a thread leaves a placeholder on the server, which counts as removed.
        self.delete("the reader", self.parent)
        if self.aside:
            self.post("the reader", self.aside, "The aside goes on")
        if self.file:
            # The route that sends at once is gone since 8.0.
            self.upload("the reader", self.group, f"{self.name}-2.txt", "with another file", at_once=self.version < (8, 0))

        self.server.post(lead, "channels.setTopic", roomId=self.channel.id, topic="What is proved here")
        self.changed(self.channel, self.ledger.did("the reader", "topics set", f"set the topic of the {self.channel.label}"),
                     topic="What is proved here")
        renamed = f"{self.group.name}-renamed"
        self.server.post(lead, "groups.rename", roomId=self.group.id, name=renamed)
        deed = self.ledger.did("the reader", "rooms renamed", f"renamed the {self.group.label} to {renamed}")
        self.group.name = renamed
        self.changed(self.group, deed, name=renamed)
        self.move_people()

        self.server.post(lead, "channels.archive", roomId=self.attic.id)
        deed = self.ledger.did("the reader", "rooms archived", f"archived the {self.attic.label}")
        self.changed(self.attic, deed, archived=True)
        self.erase(self.doomed)

        self.late = self.create("late", "c")
        self.post("the reader", self.late, "A room that came later")
        self.server.post(lead, "teams.addRooms", teamId=self.team["_id"], rooms=[self.late.id])
        deed = self.ledger.did("the reader", "rooms moved into a team", f"moved the {self.late.label} into the team")
        self.changed(self.late, deed, teamId=self.team["_id"])
        self.ledger.expect("team_rooms", (self.team["_id"], self.late.id), deed, f"the {self.late.label} of the team")
        self.server.post(lead, "teams.removeMember", teamId=self.team["_id"], userId=friend.user_id)
        deed = self.ledger.did("the reader", "team members removed", f"removed {friend.username} from the team")
        self.ledger.gone("team_members", (self.team["_id"], friend.user_id), deed)
        if self.livechat:
            self.livechat.close()

    def move_people(self):
        """Members come, leave and are removed."""
        friend, extra, lead = self.cast.friend, self.cast.extra, self.cast.lead
        if extra:
            self.server.post(lead, "channels.invite", roomId=self.channel.id, userId=extra.user_id)
            self.member(self.channel, extra, self.ledger.did(
                "the reader", "members invited", f"invited {extra.username} into the {self.channel.label}"))
        kicked = extra or friend
        self.server.post(lead, "groups.kick", roomId=self.group.id, userId=kicked.user_id)
        deed = self.ledger.did("the reader", "members removed", f"removed {kicked.username} from the {self.group.label}")
        self.ledger.gone("room_members", (self.group.id, kicked.user_id), deed)
        if self.cast.is_alone:
            self.undriven.append("leaving a room: the reader owns all its rooms and there is nobody else to leave one")
            return
        self.server.post(friend.account, "channels.leave", roomId=self.channel.id)
        deed = self.ledger.did("the friend", "rooms left", f"left the {self.channel.label}")
        self.ledger.gone("room_members", (self.channel.id, friend.user_id), deed)

    def erase(self, room):
        """Deletes a room, with its discussions."""
        self.server.post(self.cast.lead, f"{room.family}.delete", roomId=room.id)
        self.forget(room, self.ledger.did("the reader", "rooms deleted", f"deleted the {room.label}"))

    def forget(self, room, deed):
        """A room and everything in it is gone."""
        doomed = {room.id} | ({self.aside.id} if room is self.channel and self.aside else set())
        self.ledger.all_gone(deed, lambda fact: fact.place in doomed or fact.key[0] in doomed or fact.key[-1] in doomed)
        for one in doomed:
            self.rooms.pop(one, None)

    def third_act(self):
        """Everything that was made is removed again."""
        if self.livechat:
            self.livechat.remove()
        self.server.post(self.cast.lead, "teams.delete", teamId=self.team["_id"], roomsToRemove=[self.lounge.id, self.late.id])
        deed = self.ledger.did("the reader", "teams deleted", f"deleted the team {self.team['name']} with its rooms")
        main = self.rooms[self.team["roomId"]]
        for room in (self.lounge, self.late, main):
            self.forget(room, deed)
        self.ledger.all_gone(deed, lambda fact: fact.place == self.team["_id"])
        self.team = None
        for room in (self.channel, self.group, self.attic):
            self.erase(room)
        if self.cast.admin:
            self.server.post(self.cast.admin, "im.delete", roomId=self.direct.id)
            self.forget(self.direct, self.ledger.did("the administrator", "rooms deleted", f"deleted the {self.direct.label}"))
        else:
            self.delete("the reader", self.whisper)
            self.left.append(f"the {self.direct.label}, without the proof's messages: only administrators may delete it")
        for person in [person for person in self.cast.made if person.user_id != self.cast.lead_id]:
            self.remove(person)

    def remove(self, person):
        """Deletes a user of the proof."""
        self.server.post(self.cast.admin, "users.delete", userId=person.user_id, confirmRelinquish=True)
        deed = self.ledger.did("the administrator", "users deleted", f"deleted the user {person.username}")
        self.ledger.gone("users", person.user_id, deed)
        self.cast.made.remove(person)

    def sweep(self):
        """Removes what is left after a failure or at the end; says what could not be removed."""
        if self.livechat:
            self.attempt("the live chat", self.livechat.remove)
        if self.team:
            team = self.team
            self.attempt(f"the team {team['name']}", lambda: self.server.post(
                self.cast.lead, "teams.delete", teamId=team["_id"],
                roomsToRemove=[room.id for room in self.rooms.values() if room.id != team["roomId"] and room in (
                    getattr(self, "lounge", None), getattr(self, "late", None))]))
        for room in [room for room in self.rooms.values() if room.kind != "l"]:
            account = self.cast.admin if room.kind == "d" else self.cast.lead
            if account and room.id != (self.team or {}).get("roomId"):
                self.attempt(f"the {room.label}", lambda: self.server.post(account, f"{room.family}.delete", roomId=room.id))
        # The one whose token has synced goes last.
        for person in sorted(self.cast.made, key=lambda person: person.user_id == self.cast.lead_id):
            self.attempt(f"the user {person.username}", lambda: self.server.post(
                self.cast.admin, "users.delete", userId=person.user_id, confirmRelinquish=True))
        self.rooms, self.cast.made, self.team = {}, [], None

    def attempt(self, what, removal):
        """Tries to remove something; what is gone already is as good as removed."""
        try:
            removal()
        except Refused as refusal:
            gone = ("not-found", "not found", "does not match", "does-not-exist", "invalid-token", "Invalid room")
            if not any(word in str(refusal) for word in gone):
                self.left.append(f"{what}: {refusal}")
        except OSError as error:
            self.left.append(f"{what}: {error}")
