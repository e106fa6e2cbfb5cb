"""A live chat of a visitor with the friend as its agent."""

import secrets

from ledger import FALSE, NOTHING, SOMETHING


class Livechat:
    """Opened in the first act, closed in the second, removed in the third."""

    def __init__(self, play):
        self.play, self.server, self.ledger, self.cast = play, play.server, play.ledger, play.cast
        self.token = secrets.token_hex(16)
        self.room = None
        self.is_agent = False

    def open(self):
        """The friend becomes an agent, a visitor comes, both write."""
        friend, server, ledger = self.cast.friend, self.server, self.ledger
        server.post(self.cast.admin, "livechat/users/agent", username=friend.username)
        self.is_agent = True
        # An agent that nobody sees online gets no chats.
        server.post(friend.account, "users.setStatus", status="online", message="")
        server.post(friend.account, "livechat/agent.status", status="available", agentId=friend.user_id)
        ledger.did("the administrator", "agents made", f"made {friend.username} an agent")
        name = f"{self.play.name} visitor"
        self.visitor = server.post(None, "livechat/visitor", visitor={
            "token": self.token, "name": name, "email": f"{self.play.name}-visitor@example.invalid"})["visitor"]["_id"]
        self.room = server.get(None, "livechat/room", token=self.token, agentId=friend.user_id)["room"]["_id"]
        deed = ledger.did("the visitor", "live chats opened", "opened a live chat")
        self.play.place(self)
        ledger.expect("livechat_rooms", self.room, deed, "the live chat", t="l", open=True, closedAt=NOTHING,
                      servedBy={"_id": friend.user_id})
        self.write("I have a question")
        self.answer("Which one?")

    # What a room of the proof has, as the other rooms have it.
    kind, label, family, name = "l", "live chat", "livechat", "live chat"

    @property
    def id(self):
        """The room's id."""
        return self.room

    def write(self, text):
        """The visitor writes."""
        message = self.server.post(None, "livechat/message", token=self.token, rid=self.room, msg=text)["message"]
        self.expect(message, text, "the visitor")

    def answer(self, text):
        """The agent writes."""
        message = self.server.post(
            self.cast.friend.account, "chat.sendMessage", message={"rid": self.room, "msg": text})["message"]
        self.expect(message, text, "the friend")

    def expect(self, message, text, who):
        """A message of the chat is there."""
        deed = self.ledger.did(who, "live chat messages", f"wrote {text!r} in the live chat")
        self.ledger.expect("livechat_messages", message["_id"], deed, f"message {text!r} of the live chat", place=self.room,
                           rid=self.room, msg=text)

    def close(self):
        """The visitor writes once more and closes the chat."""
        self.write("It is answered")
        self.server.post(None, "livechat/room.close", rid=self.room, token=self.token)
        deed = self.ledger.did("the visitor", "live chats closed", "closed the live chat")
        self.ledger.expect("livechat_rooms", self.room, deed, open=FALSE, closedAt=SOMETHING)

    def remove(self):
        """Removes the visitor with its chat, and the agent."""
        if self.room and self.room in self.play.rooms:
            if not any(deed.kind == "live chats closed" for deed in self.ledger.deeds):
                self.server.post(None, "livechat/room.close", rid=self.room, token=self.token)
            self.server.delete(None, f"livechat/visitor/{self.token}", "livechat/visitor/:token")
            deed = self.ledger.did("the visitor", "visitors removed", "was removed with the live chat")
            self.ledger.all_gone(deed, lambda fact: fact.place == self.room)
            self.play.rooms.pop(self.room, None)
        if self.is_agent:
            agent = self.cast.friend.user_id
            self.server.delete(self.cast.admin, f"livechat/users/agent/{agent}", "livechat/users/agent/:_id")
            self.is_agent = False
