"""views.sql on the runner's file, alone, gives what the dbt package's models give on it."""

import os
import sqlite3
from pathlib import Path

VIEWS = [
    "stg_messages", "stg_users", "stg_room_members", "stg_livechat_rooms", "stg_livechat_messages", "stg_rooms", "dim_rooms",
]


def plain(value):
    """Stamps, truth values and numbers as SQLite has them."""
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="milliseconds") + "Z"
    return float(value) if isinstance(value, (bool, int)) else value


def check_views(models, path):
    """Runs the file on a copy and compares every view, row by row."""
    copy = Path(path).with_name("views.db")
    with sqlite3.connect(path) as landed, sqlite3.connect(copy) as views:
        landed.backup(views)
        views.executescript(Path(os.environ["PROJECT"], "dbt/views.sql").read_text())
        for view in VIEWS:
            cursor = views.execute(f"select * from {view}")
            names = ", ".join(f'"{column[0]}"' for column in cursor.description)
            key = lambda row: tuple(map(str, row))
            found = sorted((tuple(map(plain, row)) for row in cursor), key=key)
            expected = sorted((tuple(map(plain, row)) for row in models.rows(f"select {names} from {view}")), key=key)
            assert found == expected, next(pair for pair in zip(found, expected) if pair[0] != pair[1])
            assert found, f"{view} is empty, so nothing was shown"
    print(f"views.sql: {len(VIEWS)} views as dbt's models")
