"""A search index over the models `conversations` and `access_groups`: full text and meaning, in one SQLite file.

Each search is somebody's: what that person may not read is left out before anything is ranked.
"""

import json
import sqlite3
from pathlib import Path

import numpy
import wordllama

TABLES = """
create table if not exists conversation (
    id text primary key, hash text, access_group text, text text, permalink text, details text, vector blob);
create table if not exists reader (access_group text, user_id text, primary key (access_group, user_id)) without rowid;
create virtual table if not exists words using fts5 (text, content = '');
"""
DETAILS = ["kind", "room_id", "room_name", "room_kind", "started_at", "last_changed_at", "participants", "message_ids"]
READ = f"""
    select conversation_id, content_hash, access_group, text, permalink, {', '.join(DETAILS)}
    from conversations where text is not null
"""
ALLOWED = "access_group in (select access_group from reader where user_id = :user)"


def load_embedding():
    """The model that comes inside the package `wordllama`: 256 numbers for a text, in well under a millisecond."""
    # The package looks for its own tokenizer in the wrong folder and would ask a hub for it.
    inside = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=inside, disable_download=True)


class ConversationIndex:
    """An index file. `embedding` has `embed(texts)`, an array with a row for each."""

    def __init__(self, path, embedding):
        self.database = sqlite3.connect(path)
        self.database.executescript(TABLES)
        self.embedding = embedding

    def update(self, models):
        """Takes over what the models say now; `models(sql)` brings rows. Returns how many texts were embedded and removed.

        Only texts whose hash changed are embedded. Texts, readers and removals change in one step.
        """
        rows = {row[0]: row for row in models(READ)}
        readers = models("select access_group, user_id from access_groups")
        with self.database as database:
            known = dict(database.execute("select id, hash from conversation"))
            changed = [row for key, row in rows.items() if known.get(key) != row[1]]
            gone = known.keys() - rows.keys()
            for key in [*gone, *(row[0] for row in changed)]:
                self._forget(key)
            vectors = self.embedding.embed([row[3] for row in changed]) if changed else []
            for row, vector in zip(changed, vectors):
                place = database.execute(
                    "insert into conversation (id, hash, text, vector) values (?, ?, ?, ?)",
                    (row[0], row[1], row[3], numpy.float32(vector).tobytes()),
                ).lastrowid
                database.execute("insert into words (rowid, text) values (?, ?)", (place, row[3]))
            database.executemany(
                "update conversation set access_group = ?, permalink = ?, details = ? where id = ?",
                [(row[2], row[4], json.dumps(dict(zip(DETAILS, row[5:])), default=str), key) for key, row in rows.items()],
            )
            database.execute("delete from reader")
            database.executemany("insert into reader values (?, ?)", readers)
        return len(changed), len(gone)

    def _forget(self, key):
        for place, text in self.database.execute("select rowid, text from conversation where id = ?", (key,)).fetchall():
            self.database.execute("insert into words (words, rowid, text) values ('delete', ?, ?)", (place, text))
            self.database.execute("delete from conversation where rowid = ?", (place,))

    def readable(self, user):
        """All conversations that a user may read, as (text, permalink, details)."""
        return self._told(f"select text, permalink, details from conversation where {ALLOWED}", user=user)

    def search_words(self, question, user, count):
        """The conversations that fit the question's words best."""
        words = " or ".join('"' + word.replace('"', '""') + '"' for word in question.split())
        return self._told(
            "select conversation.text, permalink, details from words join conversation on conversation.rowid = words.rowid"
            f" where words match :words and {ALLOWED} order by bm25(words) limit :count",
            user=user, words=words.replace(" or ", " OR "), count=count,
        )

    def search_meaning(self, question, user, count):
        """The conversations that lie closest to the question's meaning."""
        allowed = self.database.execute(f"select rowid, vector from conversation where {ALLOWED}", {"user": user}).fetchall()
        if not allowed:
            return []
        vectors = numpy.stack([numpy.frombuffer(vector, numpy.float32) for _, vector in allowed])
        asked = numpy.asarray(self.embedding.embed([question])[0])
        lengths = numpy.linalg.norm(vectors, axis=1) * numpy.linalg.norm(asked)
        likeness = vectors @ asked / numpy.maximum(lengths, 1e-9)
        best = numpy.argsort(-likeness)[:count]
        return [
            found
            for place in best
            for found in self._told(
                "select text, permalink, details from conversation where rowid = :place", place=allowed[place][0]
            )
        ]

    def _told(self, query, **values):
        return [(text, link, json.loads(details)) for text, link, details in self.database.execute(query, values)]
