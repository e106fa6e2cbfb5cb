"""Reads one stream into a new DuckDB file with PyAirbyte: EXECUTABLE CONFIG STREAM EXPECTED-RECORDS."""

import json
import sys
import tempfile
from pathlib import Path

import airbyte
from airbyte.caches import DuckDBCache

executable, config, stream, expected = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    source = airbyte.get_source(
        "source-rocket-chat", local_executable=executable, config=json.loads(Path(config).read_text()))
    source.select_streams([stream])
    result = source.read(cache=DuckDBCache(db_path=Path(folder) / "cache.duckdb"))
    read = len(result[stream].to_pandas())
if read != int(expected):
    sys.exit(f"{read} rows instead of {expected}")
