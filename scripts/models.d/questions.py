"""Runs the SQL of docs/queries.md on the landings and compares each block's rows with the answers from the server's truth."""

import datetime
import os
import re
import sqlite3
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg2

from answers import Answers


def blocks():
    """`(number of the question, databases, SQL)` for every block of the page."""
    page = Path(os.environ["PROJECT"], "docs/queries.md").read_text()
    number, found = 0, []
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        number += 1
        assert part.startswith(f"{number}. "), f"question {number} is not where it should be: {part[:40]}"
        spelled = re.findall(r"^```sql\n-- ([^\n]*)\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL)
        found += [(number, names.split(", "), sql) for names, sql in spelled]
        named = sorted(name for names, _ in spelled for name in names.split(", "))
        assert named == ["DuckDB", "PostgreSQL", "SQLite"], f"question {number} is spelled for {named}"
    assert number == 20
    return found


def plain(value):
    """A value as Python has it, whichever database it comes from."""
    if isinstance(value, (float, Decimal)):
        return round(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03}Z"
    return value.isoformat() if isinstance(value, datetime.date) else value


def ask(runner, duckdb_path, port):
    """A function for each database from SQL to rows."""
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    on_sqlite = sqlite3.connect(runner)
    on_duckdb = duckdb.connect(str(duckdb_path))
    on_duckdb.execute("set search_path = 'rocket_chat'")
    on_postgres = psycopg2.connect(host="127.0.0.1", port=port, user="airbyte", dbname="airbyte").cursor()
    on_postgres.execute("set search_path = rocket_chat")

    def from_postgres(sql):
        on_postgres.execute(sql)
        return on_postgres.fetchall()

    return {
        "SQLite": lambda sql: on_sqlite.execute(sql).fetchall(),
        "DuckDB": lambda sql: on_duckdb.execute(sql).fetchall(),
        "PostgreSQL": from_postgres,
    }


def check_questions(sandbox, rooms_left, runner, duckdb_path, port):
    """Every block on every database it is spelled for. Of rooms that the token's user has lost the truth knows nothing."""
    answers, databases, ran = Answers(sandbox.documents), ask(runner, duckdb_path, port), 0
    for room in rooms_left:
        for delete in databases.values():
            delete(f"DELETE FROM messages WHERE rid = '{room}' RETURNING _id")
    for number, names, sql in blocks():
        expected = answers.question(number)
        assert expected, f"question {number}: the answer is empty, so nothing was shown"
        for name in names:
            found = Counter(tuple(map(plain, row)) for row in databases[name](sql))
            differs = dict(found - expected), dict(expected - found)
            assert found == expected, f"question {number} on {name}: too many {differs[0]}, missing {differs[1]}"
            ran += 1
    print(f"20 questions, {ran} runs on SQLite, DuckDB and PostgreSQL: as the server has it")
