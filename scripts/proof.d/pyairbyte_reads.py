"""Reads into a DuckDB file each time a line comes in, and writes every table out as JSON lines; runs in PyAirbyte's environment.

Arguments: the configuration file, a folder, the streams, and those among them that are read anew each time.
"""

import json
import os
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import airbyte as ab
import duckdb
from airbyte.caches import DuckDBCache

config, folder = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
streams = sys.argv[3].split(",")
anew = [name for name in sys.argv[4].split(",") if name]
logs = Path(os.environ["AIRBYTE_LOGGING_ROOT"])
counted = {}


def read():
    """One read of everything."""
    cache = DuckDBCache(db_path=folder / "proof.duckdb", schema_name="rocket_chat")
    source = ab.get_source("source-rocket-chat", config=config)
    source.read(cache=cache, streams=[name for name in streams if name not in anew])
    if anew:
        source.read(cache=cache, streams=anew, force_full_refresh=True, write_strategy="replace")
    # Lets go of the file, which a DuckDB process holds alone.
    cache.processor.sql_config.dispose_engine()


def written(value):
    """A value that JSON has no form for: dates and exact numbers."""
    return value.isoformat() if hasattr(value, "isoformat") else float(value)


def dump(began):
    """Every table as JSON lines; returns the streams that kept rows of an earlier read.

    A table that is replaced stays as it was when the read brings no row of its stream. Here it counts as empty.
    """
    kept = []
    database = duckdb.connect(str(folder / "proof.duckdb"), read_only=True)
    for name in streams:
        try:
            found = database.execute(f'SELECT * FROM rocket_chat."{name}"')
        except duckdb.CatalogException:
            continue
        names = [part[0] for part in found.description]
        (folder / f"{name}.columns").write_text(" ".join(names))
        with open(folder / f"{name}.jsonl", "w") as out:
            for values in found.fetchall():
                row = dict(zip(names, values))
                if name in anew and utc(row["_airbyte_extracted_at"]) < began:
                    kept += [name] if name not in kept else []
                    continue
                print(json.dumps(row, default=written), file=out)
    database.close()
    return kept


def utc(stamp):
    """A time with its zone; DuckDB keeps some without."""
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=timezone.utc)


def new_words():
    """What the connector's logs have said of its requests since the last time."""
    found = []
    for path in logs.rglob("*.log"):
        said = re.findall(r"\d+ requests, \d+ refused by the rate limit; \d+ s spent waiting", path.read_text(errors="replace"))
        found += said[counted.get(path, 0):]
        counted[path] = len(said)
    return found


for _ in sys.stdin:
    # The connector stamps rows when it writes them.
    began = datetime.now(timezone.utc) - timedelta(seconds=1)
    read()
    kept = dump(began)
    print("read " + " | ".join(new_words()) + " kept " + ",".join(kept), flush=True)
