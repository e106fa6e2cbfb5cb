"""Asks the conversations of a workspace as one of its people: `ask.py MODELS.duckdb INDEX.db USERNAME QUESTION…`.

Before it answers it brings the index up to date with the models, so run it after `dbt build`.
"""

import sys

import duckdb
from conversation_index import ConversationIndex, load_embedding
from conversation_retriever import ConversationRetriever

models_path, index_path, username, *words = sys.argv[1:]
models = duckdb.connect(models_path, read_only=True)
models.execute("set search_path = 'chat_models'")


def rows(query, *values):
    """What a query brings."""
    return models.execute(query, values).fetchall()


people = rows("select user_id from dim_users where username = ?", username)
if not people:
    sys.exit(f"nobody is called {username}; see `select username from dim_users`")
index = ConversationIndex(index_path, load_embedding())
embedded, removed = index.update(rows)
print(f"{embedded} conversations embedded, {removed} removed, {len(index.readable(people[0][0]))} may be read by {username}")
for by in ("words", "meaning"):
    retriever = ConversationRetriever(index=index, user_id=people[0][0], by=by, count=3)
    print(f"\n== by {by}")
    for document in retriever.invoke(" ".join(words)):
        first = document.page_content.splitlines()[0] if document.page_content else ""
        print(f"{document.metadata['room_name']}: {first[:100]}\n  {document.metadata['source']}")
