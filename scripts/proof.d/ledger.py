"""What the proof did, and what must therefore be true: of the server and of every copy."""

import time
from dataclasses import dataclass, field


class Something:
    """Expected where any value will do, but not none."""

    def __repr__(self):
        return "something"


class Nothing:
    """Expected where there must be no value, or an empty one."""

    def __repr__(self):
        return "nothing"


class Untrue:
    """Expected where a flag must not be set, whether it is false or absent."""

    def __repr__(self):
        return "false"


SOMETHING, NOTHING, FALSE = Something(), Nothing(), Untrue()

# What identifies a row of a stream.
KEYS = {
    "room_members": ("room_id", "_id"),
    "team_members": ("team_id", "user_id"),
    "team_rooms": ("team_id", "_id"),
}


@dataclass
class Deed:
    """One thing that was done."""

    at: str
    who: str
    kind: str
    what: str

    def __str__(self):
        return f"{self.who} {self.what} at {self.at}"


@dataclass
class Fact:
    """One row that must be there with these values, or must be gone."""

    stream: str
    key: tuple
    label: str
    # What brought the row about, and what removed it.
    made: Deed
    # The room, team or user that the server is asked about.
    place: str
    fields: dict = field(default_factory=dict)
    # Why each value is expected.
    because: dict = field(default_factory=dict)
    gone: Deed | None = None


class Ledger:
    """Deeds in their order, and the facts that stand after them."""

    def __init__(self, say):
        self.deeds = []
        self.facts = {}
        self.say = say

    def did(self, who, kind, what):
        """Notes a deed."""
        deed = Deed(time.strftime("%H:%M:%S", time.gmtime()), who, kind, what)
        self.deeds.append(deed)
        self.say(f"{who} {what}")
        return deed

    def expect(self, stream, key, deed, label=None, place=None, **fields):
        """A row is there; values given before stay expected unless they are given anew."""
        key = key if isinstance(key, tuple) else (key,)
        fact = self.facts.get((stream, key))
        if fact is None or fact.gone:
            fact = self.facts[stream, key] = Fact(stream, key, label or str(key), deed, place or key[0])
        fact.fields |= fields
        fact.because |= dict.fromkeys(fields, deed)
        if label:
            fact.label = label

    def gone(self, stream, key, deed):
        """A row is there no more."""
        key = key if isinstance(key, tuple) else (key,)
        fact = self.facts.get((stream, key))
        if fact is not None:
            fact.gone = deed

    def all_gone(self, deed, where):
        """Every row that a test picks is there no more."""
        for fact in self.facts.values():
            if not fact.gone and where(fact):
                fact.gone = deed

    def of(self, stream):
        """The facts of one stream."""
        return [fact for fact in self.facts.values() if fact.stream == stream]

    def streams(self):
        """The streams that facts are about."""
        return sorted({fact.stream for fact in self.facts.values()})

    def counts(self):
        """How many deeds there were of each kind, in the order of their first."""
        counts = {}
        for deed in self.deeds:
            counts[deed.kind] = counts.get(deed.kind, 0) + 1
        return counts
