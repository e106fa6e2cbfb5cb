"""The streams that it offers, and their schemas."""

from switches import on

NAMESPACES = {"users": "people", "events": "log"} if on("namespaces") else {}


def descriptor(stream):
    space = NAMESPACES.get(stream)
    return {"name": stream, "namespace": space} if space else {"name": stream}


def text(**more):
    return {"type": ["null", "string"], **more}


def stamp():
    return text(format="date-time", airbyte_type="timestamp_with_timezone")


def schema(properties, **more):
    return {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": True,
            "properties": properties, **more}


def streams():
    both = ["full_refresh", "incremental"]
    modes = ["full_refresh"] if on("never-incremental", "resumable") else ["incremental"] if on("only-incremental") else both
    users = {"name": "users", "json_schema": schema({
        "id": {"type": ["null", "integer"]}, "name": text(), "active": {"type": ["null", "boolean"]},
        "updated_at": stamp(), "born": text(format="date"), "score": {"type": ["null", "number"]},
        "address": {"type": ["null", "object"], "properties": {"city": text(), "zip": text()}, "additionalProperties": True},
        "tags": {"type": ["null", "array"], "items": text()}}),
        "supported_sync_modes": modes, "source_defined_cursor": True, "default_cursor_field": ["updated_at"],
        "source_defined_primary_key": [["id"]], "is_resumable": True}
    events = {"name": "events", "json_schema": schema({
        "user": {"type": ["null", "integer"]}, "number": {"type": ["null", "integer"]}, "updated_at": stamp(), "text": text()}),
        "supported_sync_modes": modes, "source_defined_cursor": True, "default_cursor_field": ["updated_at"],
        "source_defined_primary_key": [["user"], ["number"]], "is_resumable": True}
    settings = {"name": "settings", "json_schema": schema({"name": text(), "value": text()}),
                "supported_sync_modes": ["full_refresh"], "source_defined_primary_key": [["name"]], "is_resumable": on("resumable")}
    if on("never-incremental"):
        for stream in (users, events):
            stream.pop("default_cursor_field"), stream.pop("source_defined_cursor")
            stream["is_resumable"] = False
    offered = [users, events, settings]
    for stream in offered:
        if NAMESPACES.get(stream["name"]):
            stream["namespace"] = NAMESPACES[stream["name"]]
    if on("no-key"):
        for stream in offered:
            del stream["source_defined_primary_key"]
    if on("cursor-is-chosen"):
        for stream in (users, events):
            stream["source_defined_cursor"] = False
            del stream["default_cursor_field"]
        # Without a key either there is nothing to choose.
        del events["source_defined_primary_key"]
    return offered
