"""Holds what was done against what the server answers, and both copies against the server."""

from dataclasses import dataclass

from values import column, empty, meets, same, shown

# What may differ between two answers without anything having happened, or never leaves through the connector.
UNSTEADY = {
    "status", "statusconnection", "statustext", "statusdefault", "lastlogin", "nameinsensitive", "utcoffset",
    "freeswitchextension",
    # Visitors' tokens, which the connector cuts out.
    "token", "v",
    # The users' route gives more than the list that the stream is read from, and the other way round.
    "createdat", "settings", "services", "customfields", "avataretag", "requirepasswordchange",
}
# Streams whose rows are compared with the server's in every field that it answers with...
WHOLE = {"messages", "livechat_messages", "files", "teams"}
# ...and those in every field that both have: lists of rooms leave out what the route of one room tells.
SHARED = {"channels", "groups", "direct_messages", "rooms"}


@dataclass
class Finding:
    """Something that is not as it must be."""

    # Where the fault lies: `server`, or the name of a copy.
    where: str
    stream: str
    text: str


class Judge:
    """One verdict over a ledger."""

    def __init__(self, ledger, views, copies):
        self.ledger, self.views, self.copies = ledger, views, copies
        self.findings = []
        self.rows = self.values = 0

    def all(self):
        """Every fact, then every message of the proof's rooms whether or not a fact is about it."""
        for fact in self.ledger.facts.values():
            self.fact(fact)
        for room in self.views.living:
            self.whole_room("livechat_messages" if self.views.kinds[room] == "l" else "messages", room)
        return self.findings

    def fact(self, fact):
        """One row."""
        self.rows += 1
        answered = self.views.document(fact)
        if fact.gone:
            if answered is not None:
                self.say("server", fact, f"the server still answers with {fact.label}, although {fact.gone}")
            for copy in self.copies_with(fact):
                if copy.row(fact.stream, fact.key) is not None:
                    self.say(copy.name, fact, f"{copy.name} still has {fact.label}, although {fact.gone}")
            return
        if answered is None:
            self.say("server", fact, f"the server does not answer with {fact.label}, although {fact.made}")
        else:
            self.hold("server", "the server answers", fact, answered, answered)
        for copy in self.copies_with(fact):
            held = copy.row(fact.stream, fact.key)
            if held is None:
                self.say(copy.name, fact, f"{copy.name} lacks {fact.label}, although {fact.made}")
                continue
            self.hold(copy.name, f"{copy.name} has", fact, held, answered)
            if answered is not None and fact.stream in WHOLE | SHARED:
                self.compare(copy, fact.stream, fact.label, held, answered, {column(name) for name in fact.fields})

    def copies_with(self, fact):
        """The copies that have the stream at all."""
        return [copy for copy in self.copies if copy.has(fact.stream)]

    def hold(self, where, words, fact, held, answered):
        """What was done, against one document. A copy that repeats the server's mistake is not blamed for it."""
        for name, expected in fact.fields.items():
            self.values += 1
            value = held.get(column(name))
            if meets(value, expected):
                continue
            if where != "server" and answered is not None and same(value, answered.get(column(name))):
                continue
            told = ""
            if where != "server" and answered is not None:
                told = f"; the server answers {shown(answered.get(column(name)))}"
            self.say(
                where, fact,
                f"{words} {name} = {shown(value)} in {fact.label}{told}; expected was {shown(expected)}, "
                f"because {fact.because[name]}")

    def compare(self, copy, stream, label, held, answered, but=frozenset()):
        """A copy's row against the server's, in every field that the server answers with and the copy has room for; `but` are
        fields that have been held against the deeds already."""
        columns = copy.columns(stream)
        for name, value in answered.items():
            if name in UNSTEADY or name in but or name not in columns:
                continue
            if stream in SHARED and (name == "lastmessage" or empty(held.get(name))):
                continue
            self.values += 1
            if not same(held.get(name), value):
                self.findings.append(Finding(
                    copy.name, stream,
                    f"{copy.name} has {name} = {shown(held.get(name))} in {label}; the server answers {shown(value)}"))

    def whole_room(self, stream, room):
        """The messages of a room: no more and no fewer than the server answers with, and the same."""
        answered = self.views.rows(stream, room)
        known = {fact.key: fact for fact in self.ledger.of(stream)}
        for copy in self.copies:
            if not copy.has(stream):
                continue
            held = copy.of_room(stream, room)
            for key in sorted(set(answered) | set(held)):
                if key in known:
                    continue
                self.rows += 1
                label = self.label((answered.get(key) or held.get(key)), room)
                if key not in held:
                    self.findings.append(Finding(copy.name, stream, f"{copy.name} lacks {label}, which the server answers with"))
                elif key not in answered:
                    self.findings.append(Finding(
                        copy.name, stream, f"{copy.name} has {label}, which the server does not answer with"))
                else:
                    self.compare(copy, stream, label, held[key], answered[key])

    def label(self, message, room):
        """A message that no deed is about, in words."""
        kind = message.get("t")
        return f"the system message {kind!r} of room {room}" if not empty(kind) else f"message {message['_id']} of room {room}"

    def say(self, where, fact, text):
        """Notes a finding."""
        self.findings.append(Finding(where, fact.stream, text))
