"""Reads the messages of the runner's file into a data frame: pandas|duckdb FILE EXPECTED-ROWS.

DuckDB reads SQLite through an extension that it fetches once from its own server. Where it cannot, its client for Python reads the
file through pandas, which is not what is measured here, so that this ends with an error.
"""

import sqlite3
import sys

how, path, expected = sys.argv[1:]
COLUMNS = "_id, rid, msg, ts, u"
if how == "pandas":
    import pandas

    rows = len(pandas.read_sql(f"SELECT {COLUMNS} FROM messages", sqlite3.connect(path)))
else:
    import duckdb

    connection = duckdb.connect()
    connection.execute("INSTALL sqlite; LOAD sqlite")
    connection.execute(f"ATTACH '{path}' AS chat (TYPE sqlite, READ_ONLY)")
    rows = len(connection.execute(f"SELECT {COLUMNS} FROM chat.messages").df())
if rows != int(expected):
    sys.exit(f"{rows} rows instead of {expected}")
