"""The same flow into a real PostgreSQL."""

from airbyte.caches import PostgresCache

from postgres_server import PostgresServer
from two_reads import prove

with PostgresServer() as server:
    prove(PostgresCache(host="127.0.0.1", port=server.port, username="airbyte", password="none", database="airbyte"))
