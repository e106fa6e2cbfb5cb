"""Writes workspaces as folders of ready answers, so that the server costs next to nothing and every reader gets the
same bytes."""

import gzip
import hashlib
import json
import random
import shutil
from pathlib import Path

import people

PAGE = 100
ROOMS = 500


def write(path: Path, answer: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer | {"success": True}, ensure_ascii=False, separators=(",", ":")), "utf-8")


def write_access(folder: Path) -> None:
    """What a reader asks before it begins: a server without a limit, a user who may list users."""
    write(folder / "info.json", {"version": "8.6"})
    write(folder / "me.json", {"_id": "bench", "username": "bench", "roles": ["user"]})
    write(folder / "permissions.listAll.json", {"update": [{"_id": "view-d-room", "roles": ["user"]}], "remove": []})
    team = {"_id": "team", "_updatedAt": people.instant(people.FIRST_INSTANT), "name": "team", "type": 0}
    write(folder / "teams.listRooms.json", {"rooms": [], "count": 0, "offset": 0, "total": 0})
    for count in (1, PAGE):
        write_slices(folder / "teams.list", "teams", [team], count, step=count)


def write_slices(folder: Path, name: str, rows: list[dict], count: int, step: int) -> None:
    """A list endpoint's pages of `count` rows, one at every `step`th offset, and the empty one at the end."""
    for offset in [*range(0, len(rows), step), len(rows)]:
        page = rows[offset : offset + count]
        write(
            folder / str(count) / f"{offset}.json",
            {name: page, "count": len(page), "offset": offset, "total": len(rows)},
        )


def write_users(folder: Path, users: int, counts: list[int]) -> None:
    """A workspace for the stream `users`, for readers whose pages follow each other and for those that overlap by a row."""
    chance = random.Random(users)
    rows = [people.make_user(chance, number) for number in range(users)]
    write_access(folder)
    for count in counts:
        for step in {count, max(1, count - 1)}:
            write_slices(folder / "users.list", "users", rows, count, step)


def write_messages(folder: Path, each: int, distinct: int) -> None:
    """A workspace of 500 rooms of `each` messages in pages of 100; the rooms share `distinct` different contents."""
    chance = random.Random(each)
    users = [{"_id": people.make_id(chance), "username": f"user.{n}", "name": f"User {n}"} for n in range(50)]
    rooms = [people.make_id(chance) for _ in range(ROOMS)]
    write_access(folder)
    sync = folder / "chat.syncMessages"
    for number, room in enumerate(rooms):
        if number < distinct:
            write_room(sync / room, chance, room, users, each)
        else:
            (sync / room).symlink_to(rooms[number % distinct])
    listing = [
        {"_id": room, "t": "c", "name": f"room-{room}", "msgs": each, "usersCount": 5, "u": users[0],
         "ts": people.instant(people.FIRST_INSTANT), "_updatedAt": people.instant(people.FIRST_INSTANT)}
        for room in rooms
    ]
    write(folder / "rooms.get.json", {"update": listing, "remove": []})


def write_room(folder: Path, chance: random.Random, room: str, users: list[dict], each: int) -> None:
    """One room's pages by the cursor that asks for them: the first by -1, the next ones by the instant just before the
    last message of the page before, which they therefore begin with."""
    instants = [people.FIRST_INSTANT]
    while len(instants) < each:
        instants.append(instants[-1] + chance.randrange(1000, 60_000))
    messages = [people.make_message(chance, room, users, at) for at in instants]
    start, cursor = 0, -1
    while True:
        page = messages[start : start + PAGE]
        end = start + len(page)
        last = instants[end - 1] + 40
        more = str(last) if end < each else None
        result = {"updated": page, "deleted": [], "cursor": {"next": more, "previous": None}}
        write(folder / f"{cursor}.json", {"result": result})
        if more is None:
            return
        start, cursor = end - 1, last - 1


def pack(folder: Path) -> None:
    """Lays the packed form beside every page."""
    for path in sorted(folder.rglob("*.json")):
        Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 6, mtime=0))


def prepare(pages: Path, name: str) -> Path:
    """The folder of one workspace, written now unless these very scripts have written it before."""
    folder, stamp = pages / name, pages / f"{name}.stamp"
    version = hashlib.sha256(Path(__file__).read_bytes() + Path(people.__file__).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == version:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    kind, _, size = name.partition("-")
    if name == "messages-100":
        write_messages(folder, each=100, distinct=ROOMS)
        pack(folder)
    elif kind == "distinct":
        write_messages(folder, each=int(size), distinct=ROOMS)
    elif kind == "messages":
        write_messages(folder, each=int(size), distinct=25)
    elif name == "users-20000":
        write_users(folder, 20_000, counts=[1, PAGE])
    else:
        write_users(folder, int(size), counts=[PAGE])
    stamp.write_text(version)
    return folder
