"""What the server answers about the rows that the proof knows of, asked through routes that the connector does not copy from where
there are such. One `Views` is one look: what it has fetched it does not fetch again."""

from server import Refused
from values import row

FAMILY = {"c": "channels", "p": "groups", "d": "im"}

# Streams whose rows belong to a room.
INSIDE = {"messages", "livechat_messages", "room_members", "subscriptions", "files"}


class Views:
    """One look at the server through one account."""

    def __init__(self, server, account, kinds, rooms):
        """`kinds` are the types of all rooms that the proof ever had, `rooms` those that are there."""
        self.server, self.account, self.kinds, self.living = server, account, kinds, rooms
        self.seen = {}

    def document(self, fact):
        """The row of a fact as the server has it; None when it has none."""
        rows = self.rows(fact.stream, fact.place)
        return rows.get(fact.key)

    def rows(self, stream, place):
        """All rows that one place has of a stream, by key."""
        if (stream, place) not in self.seen:
            # What is in a room goes with it; the server need not be asked about each.
            if stream in INSIDE and not self.rows("rooms_info", place):
                return {}
            try:
                self.seen[stream, place] = getattr(self, stream)(place)
            except Refused as refusal:
                # The server says so when there is no such thing (any more); anything else is no answer to build on.
                if refusal.status not in (400, 403, 404):
                    raise
                self.seen[stream, place] = {}
        return self.seen[stream, place]

    def ask(self, path, route=None, **query):
        """One reading call."""
        return self.server.get(self.account, path, route, **query)

    def pages(self, path, name, route=None, **query):
        """All elements of a paged list."""
        found, offset = [], 0
        while True:
            page = self.ask(path, route, count=100, offset=offset, **query)
            found += page[name]
            offset += len(page[name])
            if not page[name] or offset >= page.get("total", 0):
                return found

    def family(self, room):
        """The routes of a room's type."""
        return FAMILY[self.kinds[room]]

    def messages(self, room):
        """Messages of a room without placeholders of removed ones; of an archived room by the route that still tells them."""
        try:
            found = self.pages(f"{self.family(room)}.messages", "messages", roomId=room)
        except Refused as refusal:
            if refusal.code != "error-room-archived":
                raise
            found = self.ask(f"{self.family(room)}.history", roomId=room, count=1000, showThreadMessages="true")["messages"]
        return {(message["_id"],): row(message) for message in found if message.get("t") != "rm" and not message.get("_hidden")}

    def livechat_messages(self, room):
        """Messages of a live chat."""
        found = self.pages(f"livechat/{room}/messages", "messages", route="livechat/:rid/messages")
        return {(message["_id"],): row(message) for message in found}

    def rooms_info(self, room):
        """The document of a room."""
        return {(room,): row(self.ask("rooms.info", roomId=room)["room"])}

    def rooms(self, room):
        """A room that the account has joined."""
        return self.rows("rooms_info", room)

    def channels(self, room):
        """A channel."""
        return self.rows("rooms_info", room)

    def groups(self, room):
        """A private group."""
        return self.rows("rooms_info", room)

    def direct_messages(self, room):
        """A room of direct messages."""
        return self.rows("rooms_info", room)

    def livechat_rooms(self, room):
        """A live chat."""
        found = self.rows("rooms_info", room)
        return {key: value for key, value in found.items() if value.get("t") == "l"}

    def users(self, user):
        """A user."""
        return {(user,): row(self.ask("users.info", userId=user)["user"])}

    def teams(self, team):
        """A team."""
        return {(team,): row(self.ask("teams.info", teamId=team)["teamInfo"])}

    def team_members(self, team):
        """Members of a team."""
        found = self.pages("teams.members", "members", teamId=team)
        return {(team, member["user"]["_id"]): row(member) for member in found}

    def team_rooms(self, team):
        """Rooms of a team."""
        return {(team, room["_id"]): row(room) for room in self.pages("teams.listRooms", "rooms", teamId=team)}

    def room_members(self, room):
        """Members of a room."""
        found = self.pages(f"{self.family(room)}.members", "members", roomId=room)
        return {(room, member["_id"]): row(member) for member in found}

    def subscriptions(self, room):
        """The account's membership of a room."""
        found = self.ask("subscriptions.getOne", roomId=room).get("subscription")
        return {(found["_id"],): row(found)} if found else {}

    def files(self, room):
        """Uploads to a room."""
        return {(file["_id"],): row(file) for file in self.pages(f"{self.family(room)}.files", "files", roomId=room)}
