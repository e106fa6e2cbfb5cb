"""For every user: what retrieval tells is exactly what that user's own token reads of what is in the copy.

Held before and after joins, leaves, deletions and rooms made private. One kind of room is told to fewer people than could read
it: one whose members the token of the sync may not know. Such pairs are counted, and may only be missing, never too many.
"""

import json
import os
from pathlib import Path

from conversation_index import ConversationIndex, load_embedding
from conversation_retriever import ConversationRetriever
from document_shapes import check_documents
from landings import RunnerFile
from models import Models, install_sqlite_reader
from workspace import Workspace

QUESTIONS = ["disk is full", "who owns this service?", "customer invoice wrong"]


def read_by(workspace, user, rooms):
    """Ids of all messages that the user's token reads in those rooms (`{id: is a channel}`), by room.

    Of channels that one is not in, `chat.syncMessages` tells more than the server's clients show to somebody without
    `preview-c-room`; `channels.history` holds that line, and so does the package.
    """
    reading = {}
    for room, is_channel in rooms.items():
        answer = workspace.ask("chat.syncMessages", user=user, roomId=room, lastUpdate="1970-01-01T00:00:00.000Z")
        if answer and is_channel and not workspace.ask("channels.history", user=user, roomId=room, count=1):
            answer = None
        reading[room] = {message["_id"] for message in answer["result"]["updated"]} if answer else set()
    return reading


def told_to(index, user):
    """Ids of all messages in what retrieval may tell the user, by room."""
    told = {}
    for _, _, details in index.readable(user):
        told.setdefault(details["room_id"], set()).update(json.loads(details["message_ids"]))
    return told


class Leaks:
    """The comparison, sync after sync."""

    def __init__(self, workspace, models, index):
        self.workspace, self.models, self.index = workspace, models, index
        self.read = self.withheld = 0

    def check(self):
        """Every user against the server."""
        copied = {}
        for room, message in self.models.rows(
            "select room_id, message_id from conversation_lines where room_id not in"
            " (select room_id from dim_rooms where is_encrypted) and line is not null"
        ):
            copied.setdefault(room, set()).add(message)
        types = dict(self.models.rows("select room_id, type from stg_rooms"))
        known = {room for room, in self.models.rows("select room_id from stg_rooms where type = 'c' or is_joined")}
        users = [user for user, in self.models.rows("select user_id from dim_users order by user_id")]
        assert len(users) >= 60
        for user in users:
            read = read_by(self.workspace, user, {room: types.get(room) == "c" for room in copied})
            told = told_to(self.index, user)
            for room in copied.keys() | told.keys():
                may = read.get(room, set()) & copied.get(room, set())
                does = told.get(room, set()) & copied.get(room, set())
                assert told.get(room, set()) <= read.get(room, set()), f"a leak: {user} is told of {room}"
                if room in known:
                    assert does == may, f"{user} may read {len(may)} messages of {room}, and is told {len(does)}"
                self.read += len(does)
                self.withheld += len(may - does)
            self.check_answers(user, read)
        return len(users)

    def check_answers(self, user, read):
        """The retriever's own answers."""
        for by in ("words", "meaning"):
            retriever = ConversationRetriever(index=self.index, user_id=user, by=by)
            for question in QUESTIONS:
                for document in retriever.invoke(question):
                    ids = set(json.loads(document.metadata["message_ids"]))
                    assert ids <= read[document.metadata["room_id"]], f"a leak: {user} is told {ids}"


options = {"users": 60, "rooms": 20, "messages": 1500, "time-step": 60_000, "limit": "off"}
with Workspace(**options) as workspace:
    install_sqlite_reader()
    folder = os.getcwd()
    runner = RunnerFile(folder, workspace.config())
    models = Models("sqlite", folder, ROCKET_CHAT_DUCKDB=f"{folder}/models.duckdb", ROCKET_CHAT_SQLITE=runner.path)
    index = ConversationIndex(Path("index.db"), load_embedding())
    leaks = Leaks(workspace, models, index)
    seen = {"joins": 0, "leaves": 0, "deletions": 0, "made private": 0}
    before = None
    for number in range(12):
        if number:
            workspace.live(steps=300)
        runner.sync()
        models.build("--indirect-selection", "cautious", "--select", "+conversations", "+access_groups")
        embedded, removed = index.update(models.rows)
        users = leaks.check()
        now = (
            {tuple(row) for row in models.rows("select room_id, user_id from dim_memberships")},
            {row[0] for row in models.rows("select message_id from fct_messages")},
            dict(models.rows("select room_id, type from dim_rooms")),
        )
        if before:
            seen["joins"] += len(now[0] - before[0])
            seen["leaves"] += len(before[0] - now[0])
            seen["deletions"] += len(before[1] - now[1])
            seen["made private"] += sum(before[2].get(room) == "c" and kind == "p" for room, kind in now[2].items())
        before = now
        print(f"sync {number + 1}: {users} users as the server has it; {embedded} texts embedded, {removed} removed", flush=True)
        if number >= 3 and all(seen.values()):
            break
    check_documents(models.rows, index)
    assert all(seen.values()), f"not all of it happened: {seen}"
    print(f"{seen}; {leaks.read} readings compared, {leaks.withheld} withheld where the copy does not know the members")
