"""Reads into a DuckDB file each time a line comes in, and writes every table out as JSON lines; runs in PyAirbyte's environment.

Arguments: the configuration file, a folder, the streams, and those among them that are read anew each time.
"""

import json
import re
import sys
from pathlib import Path

import airbyte as ab
import duckdb
from airbyte.caches import DuckDBCache

config, folder = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
streams = sys.argv[3].split(",")
anew = [name for name in sys.argv[4].split(",") if name]
logs = Path(__import__("os").environ["AIRBYTE_LOGGING_ROOT"])
counted = {}


def read():
    """One read of everything."""
    cache = DuckDBCache(db_path=folder / "proof.duckdb", schema_name="proof")
    source = ab.get_source("source-rocket-chat", config=config)
    source.read(cache=cache, streams=[name for name in streams if name not in anew])
    if anew:
        source.read(cache=cache, streams=anew, force_full_refresh=True, write_strategy="replace")
    # Lets go of the file, which a DuckDB process holds alone.
    cache.processor.sql_config.dispose_engine()


def dump():
    """Every table as JSON lines."""
    database = duckdb.connect(str(folder / "proof.duckdb"), read_only=True)
    for name in streams:
        try:
            found = database.execute(f'SELECT * FROM proof."{name}"')
        except duckdb.CatalogException:
            continue
        names = [part[0] for part in found.description]
        (folder / f"{name}.columns").write_text(" ".join(names))
        with open(folder / f"{name}.jsonl", "w") as out:
            for values in found.fetchall():
                print(json.dumps(dict(zip(names, values)), default=lambda value: value.isoformat()), file=out)
    database.close()


def new_words():
    """What the connector's logs have said of its requests since the last time."""
    found = []
    for path in logs.rglob("*.log"):
        said = re.findall(r"\d+ requests, \d+ refused by the rate limit; \d+ s spent waiting", path.read_text(errors="replace"))
        found += said[counted.get(path, 0):]
        counted[path] = len(said)
    return found


for _ in sys.stdin:
    read()
    dump()
    print("read " + " | ".join(new_words()), flush=True)
