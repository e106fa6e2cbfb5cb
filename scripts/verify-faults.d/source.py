"""A small source that keeps every rule, and on demand breaks one or is odd: `source.py SWITCH VERB ...`.

SWITCH is `good`, a fault or an oddity; faults.py lists them. Three streams: `users` and `events` are incremental, `settings`
is not. What it reads stands still.
"""

import json
import os
import signal
import sys
import time

SWITCH = sys.argv[1]
ARGUMENTS = sys.argv[2:]
NOW = int(time.time() * 1000)
GOOD_TOKEN = "good-token-4711"
# What the source remembers from run to run; the one that proves it makes the folder.
FOLDER = os.environ.get("FAKE_FOLDER", ".")
TOKEN_FILE = os.path.join(FOLDER, "token")


def on(*names):
    return SWITCH in names


def emit(message):
    line(json.dumps(message))


def line(text):
    started = time.monotonic()
    sys.stdout.write(text + ("\r\n" if on("carriage-returns") else "\n"))
    DELAYS.append(time.monotonic() - started)


DELAYS = []


def log(level, text):
    emit({"type": "LOG", "log": {"level": level, "message": text}})


def trace(kind, **payload):
    emit({"type": "TRACE", "trace": {"type": kind, "emitted_at": NOW, **payload}})


def fail(text, kind="config_error", stream=None):
    error = {"message": text, "internal_message": text, "failure_type": kind}
    if stream:
        error["stream_descriptor"] = {"name": stream}
    trace("ERROR", error=error)
    sys.stdout.flush()
    sys.exit(1)


def status(stream, word):
    if on("no-statuses") or on("no-running") and word == "RUNNING" or on("no-complete") and word == "COMPLETE":
        return
    if on("status-forgotten") and stream == "settings":
        return
    if on("running-often") and word == "RUNNING":
        for reasons in ({}, {"reasons": [{"type": "RATE_LIMITED", "rate_limited": {"quota_reset": NOW}}]}):
            trace("STREAM_STATUS", stream_status={"stream_descriptor": descriptor(stream), "status": word, **reasons})
    for name in [stream, "nobody"] if on("status-of-a-stranger") and word == "RUNNING" else [stream]:
        trace("STREAM_STATUS", stream_status={"stream_descriptor": descriptor(name), "status": word})


def descriptor(stream):
    space = NAMESPACES.get(stream)
    return {"name": stream, "namespace": space} if space else {"name": stream}


# What it offers.

NAMESPACES = {"users": "people", "events": "log"} if on("namespaces") else {}


def text(**more):
    return {"type": ["null", "string"], **more}


def stamp():
    return text(format="date-time", airbyte_type="timestamp_with_timezone")


def schema(properties, **more):
    return {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": True,
            "properties": properties, **more}


def spec():
    token = {"type": "string", "title": "Token", "airbyte_secret": True, "order": 0}
    properties = {
        "token": token,
        "account": {"type": "string", "order": 1},
        "pages": {"type": "integer", "default": 3, "minimum": 1},
        "login": {
            "type": "object",
            "oneOf": [
                {"type": "object", "properties": {"kind": {"type": "string", "const": "key"}, "note": {"type": "string"}}},
                {"type": "object", "properties": {"kind": {"type": "string", "const": "plain"}}},
            ],
        },
    }
    specification = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "title": "Fake",
                     "required": ["token", "account"], "additionalProperties": True, "properties": properties}
    if on("unmarked-secret"):
        del token["airbyte_secret"]
    if on("spec-type-unknown"):
        properties["pages"]["type"] = "int"
    if on("spec-excludes-config"):
        properties["account"]["type"] = "integer"
    if on("spec-without-type"):
        del specification["type"]
    if on("spec-default-misfits"):
        properties["pages"]["default"] = "three"
    if on("spec-pattern"):
        properties["account"]["pattern"] = "^[0-9]+$"
    if on("spec-closed"):
        specification["additionalProperties"] = False
    if on("orders-alike"):
        properties["pages"]["order"] = 1
    if on("enum-twice"):
        properties["pages"]["enum"] = [3, 5, 3]
    if on("spec-any-of"):
        properties["pages"] = {"anyOf": [{"type": "integer"}, {"type": "number"}], "default": 3}
    if on("requires-the-undeclared"):
        properties["login"]["required"] = ["method"]
    if on("choices-alike"):
        properties["login"]["oneOf"][1]["properties"]["kind"]["const"] = "key"
    answer = {"connectionSpecification": specification, "documentationUrl": "https://example.org/fake"}
    if on("spec-empty"):
        answer = {"documentationUrl": "https://example.org/fake"}
    if on("version-as-number"):
        answer["protocol_version"] = 2
    if on("relative-url"):
        answer["documentationUrl"] = "docs/fake.md"
    emit({"type": "SPEC", "spec": answer})
    if on("two-specs"):
        emit({"type": "SPEC", "spec": answer})
    if on("spec-exit"):
        sys.exit(3)


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


def discover():
    offered = streams()
    users, events = offered[0], offered[1]
    properties = users["json_schema"]["properties"]
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
    if on("airbyte-integer"):
        properties["score"]["airbyte_type"] = "integer"
    if on("binary-as-it-is"):
        properties["name"]["contentEncoding"] = "base64"
    if on("pattern-broken"):
        properties["name"]["pattern"] = "^User [0-9]+"
    if on("type-untold"):
        properties["more"] = {}
    if on("required-and-nullable"):
        users["json_schema"]["required"] = ["name"]
    if on("list-without-items"):
        del properties["tags"]["items"]
    if on("names-collide"):
        properties["Name"] = text()
    if on("airbyte-type-unknown"):
        properties["born"]["airbyte_type"] = "day"
    if on("cursor-undeclared"):
        users["default_cursor_field"] = ["changed_at"]
    if on("stream-twice"):
        offered.append(events)
    if on("no-streams"):
        offered.clear()
    if on("mode-unknown"):
        users["supported_sync_modes"] = ["full_refresh", "cdc"]
    if on("schema-without-properties"):
        del offered[2]["json_schema"]["properties"]
    if on("schema-type-unknown"):
        properties["name"]["type"] = ["null", "text"]
    if on("schema-missing"):
        del events["json_schema"]
    if on("stream-nameless"):
        del offered[2]["name"]
    if on("closed-schema"):
        users["json_schema"]["additionalProperties"] = False
    if on("types-mixed"):
        properties["score"]["type"] = ["null", "number", "string"]
    if on("reference"):
        users["json_schema"]["definitions"] = {"place": properties["address"]}
        properties["address"] = {"$ref": "#/definitions/place"}
    if on("discover-unsteady"):
        properties[f"extra{os.getpid()}"] = text()
    message = {"type": "CATALOG", "catalog": {"streams": offered}}
    if on("discover-says-nothing"):
        return
    emit(message)
    if on("two-catalogs"):
        emit(message)
    if on("record-in-discover"):
        emit({"type": "RECORD", "record": {"stream": "users", "data": {"id": 1}, "emitted_at": NOW}})
    if on("discover-pretty"):
        line(json.dumps(message, indent=1))
    if on("discover-exit"):
        sys.stdout.flush()
        sys.exit(3)


# What it reads.

def moment(minute):
    if on("local-times"):
        return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.localtime(1_772_323_200 + 60 * minute))
    return f"2026-03-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00.000Z"


def user(number):
    return {"id": number, "name": f"User {number} " + "x" * 40, "active": number % 2 == 0, "updated_at": moment(number),
            "born": f"19{70 + number % 30}-02-28", "score": number / 4, "address": {"city": "Köln", "zip": f"{number:04}"},
            "tags": ["a", "b"]}


def event(number):
    return {"user": number % 7, "number": number, "updated_at": moment(number), "text": f"event {number} " + "y" * 40}


def setting(number):
    return {"name": f"setting {number}", "value": str(number)}


ROWS = {"users": (user, 240), "events": (event, 60), "settings": (setting, 12)}
if on("empty-stream"):
    ROWS["events"] = (event, 0)
if on("no-records"):
    ROWS = {name: (make, 0) for name, (make, _) in ROWS.items()}
PAGE = 24


def check(config):
    if on("check-prints"):
        print("connecting ...")
    if on("takes-an-empty-config") and not config:
        return connected("SUCCEEDED")
    if config.get("token") != newest_token():
        if on("takes-any-token") and "token" in config:
            return connected("SUCCEEDED")
        if on("leaks-token"):
            return connected("FAILED", f"the token {config.get('token')} is wrong")
        if on("bad-config-exit"):
            connected("FAILED", "the token is wrong")
            sys.exit(1)
        if on("bad-config-trace"):
            fail("the token is wrong")
        return connected("FAILED", None if on("failed-without-message") else "the token is wrong")
    if on("check-fails"):
        return connected("FAILED", "no")
    connected("GOOD" if on("check-status-unknown") else "SUCCEEDED")
    if on("two-statuses"):
        connected("SUCCEEDED")
    if on("check-exit"):
        sys.exit(1)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def connected(word, message=None):
    answer = {"status": word}
    if message:
        answer["message"] = message
    emit({"type": "CONNECTION_STATUS", "connectionStatus": answer})


def newest_token():
    """The one token that is worth anything: the good one until it was exchanged."""
    if not on("rotates-token", "logs-the-new-token") or not os.path.exists(TOKEN_FILE):
        return GOOD_TOKEN
    with open(TOKEN_FILE, encoding="utf-8") as file:
        return file.read()


def spoil_record(data, stream, number):
    """What is wrong with the hundredth user."""
    if stream != "users" or number != 99:
        return data
    changes = {
        "number-as-text": {"id": str(data["id"])}, "boolean-as-number": {"active": 1},
        "text-as-number": {"name": 5}, "nested-type": {"address": {"city": 5}}, "item-type": {"tags": [5]},
        "fraction": {"id": 99.5}, "date-as-epoch": {"updated_at": 1767225600}, "date-without-zone": {"updated_at": "2026-03-01T10:00:00"},
        "date-of-blank": {"updated_at": "2026-03-01 10:00:00Z"}, "date-impossible": {"born": "2026-02-30"}, "date-empty": {"born": ""},
        "key-null": {"id": None}, "cursor-null": {"updated_at": None}, "nul": {"name": "a\0b"},
        "integer-dotted": {"id": 99.0}, "integer-huge": {"id": 2**70}, "zone-elsewhere": {"updated_at": "2026-03-01T10:00:00+02:00"},
    }
    if on("pattern-broken"):
        return data | {"name": "nobody"}
    if on("key-missing"):
        return {name: value for name, value in data.items() if name != "id"}
    if on("data-empty"):
        return {}
    return data | changes.get(SWITCH, {})


def record(stream, number):
    data = spoil_record(ROWS[stream][0](number), stream, number)
    if on("drops-when-slow") and stream == "users" and len(DELAYS) > 5 and max(DELAYS) > 2 and number % 5 == 0:
        return
    if on("values-change") and stream == "settings":
        data["value"] = str(time.time())
    if on("members-shuffled") and stream == "users" and os.getpid() % 2:
        data["address"] = dict(reversed(data["address"].items()))
    payload = {"stream": stream, "data": data, "emitted_at": 1_700_000_000_000 if on("stamp-fixed") else NOW}
    if NAMESPACES.get(stream):
        payload["namespace"] = NAMESPACES[stream]
    if on("extra-fields"):
        payload["data"] = data | {"surprise": {"a": [1, None]}, "more": 1}
        payload["partition_id"] = "p"
    message = {"type": "RECORD", "record": payload}
    if stream == "users" and number == 99:
        if on("stamp-missing"):
            del payload["emitted_at"]
        if on("stamp-in-seconds"):
            payload["emitted_at"] = NOW // 1000
        if on("stamp-as-fraction"):
            payload["emitted_at"] = NOW + 0.5
        if on("stamp-as-text"):
            payload["emitted_at"] = moment(1)
        if on("record-without-stream"):
            del payload["stream"]
        if on("record-of-a-stranger"):
            payload["stream"] = "nobody"
        if on("namespace-invented"):
            payload["namespace"] = "elsewhere"
        if on("meta-unknown"):
            payload["meta"] = {"changes": [{"field": "name", "change": "LOST", "reason": "SOURCE_RETRIEVAL_ERROR"}]}
        if on("payload-missing"):
            message = {"type": "RECORD", "data": data}
        if on("type-missing"):
            del message["type"]
        if on("type-unknown"):
            message["type"] = "ROW"
        if on("type-in-lower-case"):
            message["type"] = "record"
        if on("number-huge"):
            return line(json.dumps(message).replace("24.75", "1e400"))
        if on("member-twice"):
            return line(json.dumps(message).replace('"active":', '"name": "other", "active":'))
        if on("two-on-a-line"):
            return line(json.dumps(message) * 2)
        if on("list-of-messages"):
            return line(json.dumps([message]))
        if on("byte-order-mark"):
            return line("\ufeff" + json.dumps(message, ensure_ascii=False))
        if on("separator"):
            payload["data"]["name"] = "a\u2028b"
            return line(json.dumps(message, ensure_ascii=False))
        if on("next-line"):
            payload["data"]["name"] = "a\u0085b"
            return line(json.dumps(message, ensure_ascii=False))
        if on("lone-surrogate"):
            payload["data"]["name"] = "a\ud800b"
        if on("raw-surrogate"):
            sys.stdout.flush()
            sys.stdout.buffer.write(json.dumps(message).replace("User", "\ud83d").encode("utf-8", "surrogatepass") + b"\n")
            return sys.stdout.buffer.flush()
        if on("latin-1"):
            sys.stdout.flush()
            payload["data"]["name"] = "Köln"
            sys.stdout.buffer.write(json.dumps(message, ensure_ascii=False).encode("latin-1") + b"\n")
            return sys.stdout.buffer.flush()
        if on("nan"):
            payload["data"]["score"] = float("nan")
        if on("infinity"):
            payload["data"]["score"] = float("-inf")
        if on("long-line"):
            payload["data"]["name"] = "x" * (11 << 20)
        if on("record-twice"):
            emit(message)
        if on("half-a-line"):
            return line(json.dumps(message)[:-9])
        if on("print"):
            line("fetching page 3")
    emit(message)


def state(stream, reached, count):
    body = {"reached": reached}
    if on("state-ahead"):
        body = {"reached": reached + 3}
    if on("state-null"):
        body = None
    if on("state-as-text"):
        body = str(reached)
    if on("state-huge") and stream == "users" and reached == PAGE:
        body["padding"] = "x" * 1_100_000
    if on("state-stuck") and stream == "users" and reached == 2 * PAGE:
        body["reached"] = PAGE
    if on("empty-state") and stream == "settings":
        body = {}
    GLOBAL[stream] = body
    if on("global-state") or on("states-mixed") and stream == "events":
        states = [{"stream_descriptor": descriptor(name), "stream_state": each} for name, each in GLOBAL.items()]
        payload = {"type": "GLOBAL", "global": {"shared_state": {"a": 1}, "stream_states": states}}
    elif on("legacy-state"):
        payload = {"data": dict(GLOBAL)}
    else:
        payload = {"type": "STREAM", "stream": {"stream_descriptor": descriptor(stream), "stream_state": body}}
    if on("state-of-a-stranger") and reached == PAGE:
        payload["stream"]["stream_descriptor"] = {"name": "nobody"}
    if on("state-type-unknown"):
        payload["type"] = "TABLE"
    if not on("uncounted", "global-state", "legacy-state") and payload["type"] != "GLOBAL":
        wrong = (1 if on("miscount") else -1 if on("undercounts") else 0) if reached == 2 * PAGE else 0
        payload["sourceStats"] = {"recordCount": float(count + wrong)}
    if on("state-id"):
        payload["id"] = 1
    emit({"type": "STATE", "state": payload})


GLOBAL = {}


def states_of(path, chosen):
    """What is known of each stream, by name."""
    if path is None:
        return {}
    with open(path, encoding="utf-8") as file:
        content = file.read()
    if not content.strip():
        if on("dies-of-empty-file"):
            fail("no state")
        return {}
    document = json.loads(content)
    if document == [] and on("dies-of-empty-list"):
        fail("no state")
    if document == {} and on("dies-of-empty-object"):
        fail("no state")
    if isinstance(document, dict):
        return document
    known = {}
    for entry in document:
        if "id" in entry and on("dies-of-id"):
            fail("an id")
        streams = [entry["stream"]] if entry.get("stream") else (entry.get("global") or {}).get("stream_states", [])
        for stream in streams:
            name = stream["stream_descriptor"]["name"]
            if name not in ROWS and on("dies-of-foreign-state"):
                fail(f"no stream {name}")
            if name in ROWS and on("dies-of-unselected-state") and name not in [each for each, _ in chosen]:
                fail(f"{name} is not selected")
            if stream.get("stream_state") is None:
                if on("dies-of-null-state"):
                    fail("null")
                continue
            body = stream["stream_state"]
            known[name] = {"reached": int(body)} if isinstance(body, str) else body
    return known


def read_stream(stream, incremental, known):
    """Reads one stream; pauses after each record, so that others may be read between."""
    _, count = ROWS[stream]
    if on("alone-is-half"):
        count = count // 2 if ALONE else count
    start = known.get(stream, {}).get("reached", 0) if incremental or on("resumable", "state-suppresses") else 0
    if on("repeats-after-state") and start:
        start = max(0, start - 5)
    if on("loses-after-state") and incremental and start and stream == "events":
        start += 1
    if on("ignores-state"):
        start = 0
    reached = min(start, count)
    unsaved = 0
    if on("records-before-started") and reached < count:
        record(stream, reached)
        reached += 1
        unsaved += 1
    status(stream, "STARTED")
    if on("started-twice"):
        status(stream, "STARTED")
    status(stream, "RUNNING")
    for number in range(reached, count):
        if on("incremental-lacks") and incremental and number == 7:
            continue
        if on("drops-now-and-then") and stream == "settings" and number == 7 and READS == 2:
            continue
        record(stream, number)
        unsaved += 1
        reached = number + 1
        REACHED[stream] = reached
        yield
        if reached % PAGE == 0 and reached < count and not on("one-state"):
            state(stream, reached, unsaved)
            unsaved = 0
        if on("fails-quietly") and stream == "events" and number == 30:
            trace("ERROR", error={"message": "lost the connection", "failure_type": "transient_error",
                                  "stream_descriptor": {"name": stream}})
            status(stream, "INCOMPLETE")
            return
    if on("error-and-zero") and stream == "users":
        trace("ERROR", error={"message": "page 7 failed", "failure_type": "transient_error"})
    final = reached - 5 if on("state-goes-back") else reached
    late = on("record-after-state") and stream == "users" and incremental
    if on("state-before-complete") or late:
        state(stream, final, unsaved)
    if late:
        record(stream, count)
    status(stream, "COMPLETE")
    if on("complete-twice"):
        status(stream, "COMPLETE")
    if on("record-after-complete") and stream == "users":
        record(stream, count)
        unsaved += 1
    lacks = on("no-last-state") and stream == "events" and incremental or on("no-state-in-full-refresh") and not incremental
    if not on("state-before-complete") and not late and not lacks:
        state(stream, final, unsaved)


REACHED = {}
ALONE = False
READS = 0


def count_reads():
    """The how manieth read this is."""
    global READS
    path = os.path.join(FOLDER, "reads")
    with open(path, "a+", encoding="utf-8") as file:
        file.write(".")
        READS = file.tell()


def catalog_of(path, options):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if on("takes-broken-catalog") and not text.endswith("}"):
        return []
    entries = json.loads(text)["streams"]
    if len(entries) == 1 and entries[0]["sync_mode"] == "full_refresh" and "state" not in options:
        global ALONE
        ALONE = True
    chosen = []
    for entry in entries:
        name, mode = entry["stream"]["name"], entry["sync_mode"]
        if mode not in ("full_refresh", "incremental") and not on("takes-any-mode"):
            fail(f"sync_mode {mode}")
        if name not in ROWS:
            if on("skips-unknown-streams"):
                continue
            if on("refuses-without-trace"):
                sys.exit(1)
            fail(f"no stream {name}")
        if on("needs-schema") and not entry["stream"]["json_schema"]:
            fail("no schema")
        able = name != "settings" and not on("never-incremental", "resumable")
        if on("cursor-is-chosen") and mode == "incremental" and able and not entry["cursor_field"]:
            fail(f"{name}: a cursor has to be chosen")
        if mode == "incremental" and not able and on("refuses-incremental"):
            fail(f"{name} is not incremental")
        chosen.append((name, mode == "incremental" and able))
    return [(name, dict(chosen).get(name, False)) for name in ROWS] if on("reads-everything") else chosen


def read(config, options):
    chosen = catalog_of(options["catalog"], options)
    if on("hangs"):
        time.sleep(3600)
    if on("drops-now-and-then"):
        count_reads()
    if on("rotates-token", "logs-the-new-token"):
        if config["token"] != GOOD_TOKEN and on("logs-the-new-token"):
            log("INFO", f"GET /users with X-Token: {config['token']}")
        token = f"rotated-{os.getpid()}-{NOW}"
        write(TOKEN_FILE, token)
        trace_control(config | {"token": token})
    if on("control-unfit"):
        trace_control(config | {"account": None})
    if on("leaves-a-child"):
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "3600"])
    if on("log-level"):
        log("WARNING", "reading")
    if on("log-error"):
        log("ERROR", "reading")
    if on("logs-token"):
        log("INFO", f"GET /users with X-Token: {config['token']}")
    if on("stderr-token"):
        print(f"token {config['token']}", file=sys.stderr)
    if on("stderr-floods"):
        print("reading " * 12_000, file=sys.stderr)
    if on("trace-without-stamp"):
        emit({"type": "TRACE", "trace": {"type": "ESTIMATE", "estimate": {"name": "users", "type": "STREAM"}}})
    if on("failure-type"):
        trace("ANALYTICS")
    if on("control-broken"):
        emit({"type": "CONTROL", "control": {"type": "CONNECTOR_CONFIG", "emitted_at": NOW}})
    if on("estimates-mixed"):
        trace("ESTIMATE", estimate={"name": "users", "type": "STREAM", "row_estimate": 240})
        trace("ESTIMATE", estimate={"name": "all", "type": "SYNC", "row_estimate": 500})
    known = states_of(options.get("state"), chosen)
    if on("dies-of-the-given-state") and any("given" in body for body in known.values()):
        fail("cannot read the state")
    if on("wants-options-in-order") and list(options) != sorted(options, key=["config", "catalog", "state"].index):
        sys.exit(2)
    if on("dies-of-state") and any(incremental and stream in known for stream, incremental in chosen):
        fail("cannot read the state")
    if on("hoards"):
        hoard(chosen)
    reads = [read_stream(stream, incremental, known) for stream, incremental in chosen]
    try:
        while reads and on("interleaves"):
            reads = [each for each in reads if next(each, "end") != "end"]
        for each in reads:
            for _ in each:
                pass
    except Terminated:
        finish_badly(chosen)
    if on("exit-one"):
        sys.stdout.flush()
        sys.exit(1)
    if on("no-newline"):
        sys.stdout.write('{"type": "LOG", "log": {"level": "INFO", "message": "end"}}')


class Terminated(BaseException):
    """SIGTERM has come."""


def terminate(*_):
    raise Terminated


def finish_badly(chosen):
    """What a source says in its last breath, and should not."""
    for stream, _ in chosen:
        if on("sigterm-completes"):
            status(stream, "COMPLETE")
        if on("sigterm-runs-ahead") and 0 < REACHED.get(stream, 0) < ROWS[stream][1]:
            state(stream, REACHED[stream] + 20, 0)
    sys.stdout.flush()
    os._exit(1)


def trace_control(config):
    emit({"type": "CONTROL", "control": {"type": "CONNECTOR_CONFIG", "emitted_at": NOW, "connectorConfig": {"config": config}}})


def hoard(chosen):
    """Reads into memory while nobody takes what was read."""
    import threading

    pages = []

    def fetch():
        while len(pages) < 100 and threading.main_thread().is_alive():
            pages.append(b"x" * (4 << 20))
            time.sleep(0.01)

    threading.Thread(target=fetch, daemon=True).start()


def options_of(words):
    options = {}
    words = iter(words)
    for word in words:
        if word == "--debug" and not on("no-debug"):
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        if equals and on("no-equals"):
            sys.exit(2)
        options[name] = value if equals else next(words, "")
    return options


def main():
    words = [word for word in ARGUMENTS if word != "--"] if not on("no-dashes") else ARGUMENTS
    if on("ignores-sigterm"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if on("swallows-sigterm"):
        signal.signal(signal.SIGTERM, lambda *_: None)
    if on("sigterm-completes", "sigterm-runs-ahead"):
        signal.signal(signal.SIGTERM, terminate)
    if on("sigterm-is-success"):
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    verb = words[0] if words else ""
    if verb == "spec":
        return spec()
    if verb not in ("check", "discover", "read"):
        if on("takes-any-verb"):
            return None
        print("usage: source.py SWITCH spec|check|discover|read", file=sys.stderr)
        sys.exit(2)
    options = options_of(words[1:])
    if on("wants-json-names") and not options["config"].endswith(".json"):
        sys.exit(1)
    try:
        with open(options["config"], encoding="utf-8") as file:
            config = json.load(file)
    except (OSError, ValueError) as error:
        if on("takes-no-config"):
            return None
        fail(f"the configuration: {type(error).__name__}")
    if on("waits-for-input"):
        sys.stdin.read()
    if on("rewrites-its-config") and verb == "check" and config.get("token") == GOOD_TOKEN:
        write(options["config"], json.dumps(config | {"seen": NOW}))
    if verb == "check":
        return check(config)
    if config.get("token") != newest_token():
        if on("discover-fails-quietly") and verb == "discover" or on("read-fails-quietly") and verb == "read":
            return None
        if on("read-fails-without-trace") and verb == "read":
            sys.exit(1)
        if on("fails-complete") and verb == "read":
            for stream, _ in catalog_of(options["catalog"], options):
                status(stream, "STARTED")
                status(stream, "COMPLETE")
        fail("the token is wrong", "transient_error" if on("blames-the-network") else "config_error")
    return discover() if verb == "discover" else read(config, options)


try:
    main()
    sys.stdout.flush()
except BrokenPipeError:
    if on("outlives-its-reader"):
        time.sleep(3600)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(141)
