"""The catalog, and what can be wrong with it."""

import json
import os
import sys

from messages import NOW, OUTPUT, emit
from streams import streams, text
from switches import on


def discover():
    offered = streams()
    spoil_streams(offered)
    spoil_properties(offered[0]["json_schema"])
    if on("stream-twice"):
        offered.append(offered[1])
    if on("no-streams"):
        offered.clear()
    message = {"type": "CATALOG", "catalog": {"streams": offered}}
    if on("discover-says-nothing"):
        return
    emit(message)
    if on("two-catalogs"):
        emit(message)
    if on("record-in-discover"):
        emit({"type": "RECORD", "record": {"stream": "users", "data": {"id": 1}, "emitted_at": NOW}})
    if on("discover-pretty"):
        OUTPUT.line(json.dumps(message, indent=1))
    if on("discover-exit"):
        sys.stdout.flush()
        sys.exit(3)


def spoil_streams(offered):
    users, events, settings = offered
    if on("key-undeclared"):
        users["source_defined_primary_key"] = [["uid"]]
    if on("key-is-an-object"):
        users["source_defined_primary_key"] = [["address"]]
    if on("key-is-flat"):
        users["source_defined_primary_key"] = ["id"]
    if on("key-nested"):
        users["source_defined_primary_key"] = [["address", "zip"]]
    if on("cursor-is-a-list"):
        users["default_cursor_field"] = ["tags"]
    if on("cursor-undeclared"):
        users["default_cursor_field"] = ["changed_at"]
    if on("mode-unknown"):
        users["supported_sync_modes"] = ["full_refresh", "cdc"]
    if on("schema-missing"):
        del events["json_schema"]
    if on("schema-without-properties"):
        del settings["json_schema"]["properties"]
    if on("stream-nameless"):
        del settings["name"]


def spoil_properties(schema):
    """What can be wrong with the schema of the users."""
    properties = schema["properties"]
    if on("airbyte-integer"):
        properties["score"]["airbyte_type"] = "integer"
    if on("binary-as-it-is"):
        properties["name"]["contentEncoding"] = "base64"
    if on("pattern-broken"):
        properties["name"]["pattern"] = "^User [0-9]+"
    if on("type-untold"):
        properties["more"] = {}
    if on("required-and-nullable"):
        schema["required"] = ["name"]
    if on("list-without-items"):
        del properties["tags"]["items"]
    if on("names-collide"):
        properties["Name"] = text()
    if on("airbyte-type-unknown"):
        properties["born"]["airbyte_type"] = "day"
    if on("schema-type-unknown"):
        properties["name"]["type"] = ["null", "text"]
    if on("closed-schema"):
        schema["additionalProperties"] = False
    if on("types-mixed"):
        properties["score"]["type"] = ["null", "number", "string"]
    if on("reference"):
        schema["definitions"] = {"place": properties["address"]}
        properties["address"] = {"$ref": "#/definitions/place"}
    if on("discover-unsteady"):
        properties[f"extra{os.getpid()}"] = text()
