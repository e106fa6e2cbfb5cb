"""PyAirbyte's tutorial on its default cache, DuckDB, with the connector found on PATH."""

import airbyte as ab

from two_reads import prove

prove(ab.get_default_cache())
