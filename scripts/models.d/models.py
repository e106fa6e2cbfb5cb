"""The dbt package of this project, built on landed tables, and its tables asked."""

import os
import subprocess
from pathlib import Path

import duckdb

PACKAGE = Path(os.environ["PROJECT"], "dbt")


class Models:
    """The package on one target; `places` are the environment variables that dbt/profiles.yml reads."""

    def __init__(self, target, folder, **places):
        self.target = target
        self.folder = Path(folder)
        self.places = {name: str(value) for name, value in places.items()}

    def build(self, *arguments, **variables):
        """Builds and tests everything, or what dbt's `arguments` select; raises with dbt's own words when something fails."""
        written = ", ".join(f"{name}: {value}" for name, value in variables.items())
        done = subprocess.run(
            ["dbt", "--no-use-colors", "build", "--target", self.target, "--vars", f"{{{written}}}", *arguments],
            env=os.environ | self.places | {
                "DBT_PROFILES_DIR": str(PACKAGE), "DBT_PROJECT_DIR": str(PACKAGE),
                "DBT_TARGET_PATH": str(self.folder / f"target-{self.target}"),
                "DBT_LOG_PATH": str(self.folder / f"logs-{self.target}"), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            },
            capture_output=True, text=True,
        )
        if done.returncode:
            raise RuntimeError(f"dbt build on {self.target} ended with {done.returncode}:\n{done.stdout[-6000:]}")
        return next(line for line in reversed(done.stdout.splitlines()) if "PASS=" in line).split("Done. ")[-1]

    def rows(self, query):
        """What a query in the models' schema brings, as a list of tuples."""
        if self.target == "postgres":
            return self._postgres_rows(query)
        with duckdb.connect(self.places["ROCKET_CHAT_DUCKDB"]) as connection:
            if self.target == "sqlite":
                connection.execute(f"attach '{self.places['ROCKET_CHAT_SQLITE']}' as workspace (type sqlite, read_only)")
            connection.execute("set search_path = 'chat_models'")
            return connection.execute(query).fetchall()

    def _postgres_rows(self, query):
        import psycopg2

        with psycopg2.connect(host="127.0.0.1", port=self.places["PGPORT"], user="airbyte", dbname="airbyte") as connection:
            with connection.cursor() as cursor:
                cursor.execute("set search_path = chat_models")
                cursor.execute(query)
                return cursor.fetchall()


def install_sqlite_reader():
    """Puts DuckDB's SQLite reader, which is a Python package here, where DuckDB looks for it."""
    from duckdb_extensions import import_extension

    import_extension("sqlite_scanner")
