"""Every line of every verb passes Airbyte's message models and our own rules, in good runs and in bad ones."""

import connector
from line_rules import parse
from read_rules import check_read
from sandbox import Sandbox


def good_runs(sandbox, account):
    """spec, check, discover, a first read and a continued one."""
    config = sandbox.config(account)
    spec = connector.run("spec")
    assert [m["type"] for m in parse(spec.output)] == ["SPEC"] and spec.code == 0

    check = connector.run("check", config=config)
    status = [m for m in parse(check.output) if m["type"] == "CONNECTION_STATUS"]
    assert [m["connectionStatus"]["status"] for m in status] == ["SUCCEEDED"] and check.code == 0, status

    discover = connector.run("discover", config=config)
    catalogs = [m["catalog"] for m in parse(discover.output) if m["type"] == "CATALOG"]
    assert len(catalogs) == 1 and discover.code == 0, discover
    catalog = connector.configured(catalogs[0])

    first = connector.run("read", config=config, catalog=catalog)
    assert first.code == 0, (first.code, first.errors[-500:])
    check_read(parse(first.output), catalog)

    sandbox.live(40)
    again = connector.run("read", config=config, catalog=catalog, state=connector.states(first))
    assert again.code == 0, (again.code, again.errors[-500:])
    check_read(parse(again.output), catalog)
    records = len(first.messages("RECORD")), len(again.messages("RECORD"))
    print(f"{account}: {len(catalog['streams'])} streams, {records[0]} records, then {records[1]}")
    return catalog


def bad_runs(sandbox, catalog):
    """A wrong token, a broken file, a stream and a mode that do not exist: one clear end each."""
    secret = "no-such-token-4711"
    wrong = sandbox.config(token=secret)
    check = connector.run("check", config=wrong)
    status = [m["connectionStatus"] for m in parse(check.output) if m["type"] == "CONNECTION_STATUS"]
    assert check.code == 0 and status[0]["status"] == "FAILED" and status[0]["message"], status

    unknown = {"name": "no_such_stream", "json_schema": {"type": "object"}, "supported_sync_modes": ["full_refresh"]}
    invalid = {"stream": unknown, "sync_mode": "INVALID", "destination_sync_mode": "INVALID"}
    for runs in (
        connector.run("discover", config=wrong),
        connector.run("check", config="not JSON"),
        connector.run("read", config=wrong, catalog=catalog),
        connector.run("read", config=sandbox.config(), catalog={"streams": [invalid]}),
    ):
        traces = [m["trace"] for m in parse(runs.output) if m["type"] == "TRACE"]
        errors = [trace["error"] for trace in traces if trace["type"] == "ERROR"]
        assert runs.code == 1 and errors and all(error["message"] for error in errors), runs
        assert secret.encode() not in runs.output + runs.errors, "the token was printed"


# The limit is set aside: here the lines count, not the minutes.
with Sandbox(messages=1500, limit="off") as sandbox:
    catalog = good_runs(sandbox, "admin")
    good_runs(sandbox, "user")
    bad_runs(sandbox, catalog)
