"""Who takes part: the account whose token syncs, and the people it writes with."""

import secrets
from dataclasses import dataclass, field

from server import Account, Refused


@dataclass
class Person:
    """A user that the proof writes with or about."""

    user_id: str
    username: str
    # None for users that it cannot act as.
    account: Account | None = None


@dataclass
class Cast:
    """Everybody. Without an administrator there is nobody to make users: `rocket.cat`, which every server has, is the partner."""

    lead: Account
    lead_id: str
    admin: Account | None
    friend: Person = None
    extra: Person | None = None
    made: list = field(default_factory=list)

    @property
    def is_alone(self):
        """Whether only the lead can act."""
        return self.friend.account is None


def log_in(server, username, password):
    """An account by its password."""
    data = server.post(None, "login", user=username, password=password)["data"]
    return Account(data["userId"], data["authToken"], username)


class Casting:
    """Makes the people that are needed."""

    def __init__(self, server, ledger, name):
        self.server, self.ledger, self.name = server, ledger, name
        self.made = []

    def cast(self, given, roles, plain):
        """With an administrator's token, users are made: a friend, a third, and with `plain` the one whose token syncs."""
        if "admin" not in roles:
            cat = self.server.get(given, "users.info", username="rocket.cat")["user"]
            return Cast(given, given.user_id, None, Person(cat["_id"], cat["username"]))
        cast = Cast(given, given.user_id, given, made=self.made)
        if plain:
            lead = self.make(cast, "reader")
            cast.lead, cast.lead_id = lead.account, lead.user_id
        cast.friend = self.make(cast, "friend")
        cast.extra = self.make(cast, "third", acts=False)
        return cast

    def make(self, cast, part, acts=True):
        """Makes a plain user with a password that nobody knows, outside the default channels."""
        username, password = f"{self.name}-{part}", secrets.token_urlsafe(24) + "aA1!"
        user = self.server.post(
            cast.admin, "users.create", username=username, name=f"{self.name} {part}", email=f"{username}@example.invalid",
            password=password, joinDefaultChannels=False, verified=False, roles=["user"])["user"]
        person = Person(user["_id"], username)
        cast.made.append(person)
        deed = self.ledger.did("the administrator", "users made", f"made the user {username}")
        self.ledger.expect("users", person.user_id, deed, f"user {username}", username=username, name=f"{self.name} {part}")
        if acts:
            try:
                person.account = log_in(self.server, username, password)
            except Refused as refusal:
                raise Refused("POST", "login", refusal.status, {
                    "error": f"the new user {username} cannot log in with its password ({refusal.error}); is logging in with "
                             "passwords switched off, or are e-mail addresses to be verified first?"}) from None
        return person

    def undo(self, admin):
        """Removes those that were made before something failed; says who stays."""
        stay = []
        for person in self.made:
            try:
                self.server.post(admin, "users.delete", userId=person.user_id, confirmRelinquish=True)
            except (Refused, OSError) as error:
                stay.append(f"{person.username} ({error})")
        return f"; these users were made and could not be removed: {', '.join(stay)}" if stay else ""
