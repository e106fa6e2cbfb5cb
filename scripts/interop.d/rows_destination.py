#!/usr/bin/env python3
"""A destination on the CDK's own Destination class: rows into an SQLite file, each as the JSON that came.

It heeds generations as Airbyte's own destinations do: rows of earlier loads stay until the stream is complete, and are
dropped then. A state is echoed once the rows before it are committed.
"""

import json
import sqlite3
import sys

from airbyte_cdk.destinations import Destination
from airbyte_cdk.models import (
    AirbyteConnectionStatus,
    AirbyteStreamStatus,
    ConnectorSpecification,
    DestinationSyncMode,
    Status,
    TraceType,
    Type,
)

SCHEMA = """
    CREATE TABLE IF NOT EXISTS landed (stream TEXT, namespace TEXT, generation INT, key TEXT, data TEXT);
    CREATE INDEX IF NOT EXISTS landed_keys ON landed (stream, namespace, key);
"""


class RowsDestination(Destination):
    """One table for all streams."""

    def spec(self, logger):
        return ConnectorSpecification(
            connectionSpecification={
                "type": "object",
                "required": ["path"],
                "properties": {"path": {"type": "string"}, "password": {"type": "string", "airbyte_secret": True}},
            },
            supported_destination_sync_modes=list(DestinationSyncMode),
        )

    def check(self, logger, config):
        try:
            sqlite3.connect(config["path"]).executescript(SCHEMA)
        except sqlite3.Error as error:
            return AirbyteConnectionStatus(status=Status.FAILED, message=str(error))
        return AirbyteConnectionStatus(status=Status.SUCCEEDED)

    def write(self, config, configured_catalog, input_messages):
        streams = {(entry.stream.name, entry.stream.namespace or ""): entry for entry in configured_catalog.streams}
        assert all(entry.sync_id and entry.generation_id is not None for entry in streams.values()), "ids are missing"
        database = sqlite3.connect(config["path"])
        database.executescript(SCHEMA)
        complete = set()
        for message in input_messages:
            if message.type == Type.RECORD:
                place = message.record.stream, message.record.namespace or ""
                assert place not in complete, f"{place}: a record after COMPLETE"
                self.store(database, streams[place], place, message.record.data)
            elif message.type == Type.STATE:
                database.commit()
                yield message
            elif message.type == Type.TRACE and message.trace.type == TraceType.STREAM_STATUS:
                status = message.trace.stream_status
                place = status.stream_descriptor.name, status.stream_descriptor.namespace or ""
                assert place in streams, f"{place} is not configured"
                if status.status == AirbyteStreamStatus.COMPLETE:
                    assert place not in complete, f"{place}: COMPLETE twice"
                    complete.add(place)
        for place in complete:
            floor = streams[place].minimum_generation_id
            database.execute("DELETE FROM landed WHERE stream = ? AND namespace = ? AND generation < ?", (*place, floor))
        database.commit()

    @staticmethod
    def store(database, entry, place, data):
        """One row; where rows are merged, in place of the one with the same key and of the same load or an earlier one that stays."""
        key = None
        if entry.destination_sync_mode == DestinationSyncMode.append_dedup:
            key = json.dumps([data[path[0]] for path in entry.primary_key])
            database.execute(
                "DELETE FROM landed WHERE stream = ? AND namespace = ? AND key = ? AND generation >= ?",
                (*place, key, entry.minimum_generation_id),
            )
        database.execute(
            "INSERT INTO landed VALUES (?, ?, ?, ?, ?)", (*place, entry.generation_id, key, json.dumps(data))
        )


if __name__ == "__main__":
    RowsDestination().run(sys.argv[1:])
