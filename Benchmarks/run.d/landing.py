"""A million messages into a file: `airbyte-run` against `sqlite3 .import` of the same rows, and PyAirbyte at a smaller count.

The connector's lines are put into a file once and replayed from there, so that the runners alone are compared. What the replay costs is
measured by itself (`times`) and taken off.
"""

import json
import os
import subprocess
from pathlib import Path

from measure import Contender, contest, run_with_peak
from readers import BINARY, FOLDER, PYAIRBYTE_PYTHON, configuration, ours, pyairbyte
from server import Server
from workspace import ROOMS, prepare

MESSAGES, FEW = 1_000_000, 50_000
RUNNER = Path(os.environ.get("RUNNER", "airbyte-run"))
WORK = FOLDER / "landing"
TIMES = WORK / "replay.times"
STATUS = '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}'


def answer(verb: str, config: Path) -> str:
    """What the connector says to a verb: the message alone."""
    command = [BINARY, verb] + (["--config", config] if verb != "spec" else [])
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    kind = {"spec": "SPEC", "discover": "CATALOG"}[verb]
    message = json.loads(next(line for line in lines if f'"type":"{kind}"' in line))
    if verb == "discover":
        message["catalog"]["streams"] = [s for s in message["catalog"]["streams"] if s["name"] == "messages"]
    return json.dumps(message)


def replayed(name: str, lines: Path, config: Path) -> Path:
    """A program that answers as the connector did, from files."""
    for verb in ("spec", "discover"):
        (WORK / f"{verb}.jsonl").write_text(answer(verb, config) + "\n")
    script = WORK / name
    script.write_text(
        f"#!/bin/sh\ncase $1 in\ncheck) echo '{STATUS}' ;;\nread) cat '{lines}'; times >'{TIMES}' ;;\n"
        f"*) cat '{WORK}'/$1.jsonl ;;\nesac\n")
    script.chmod(0o755)
    return script


def first(lines: Path, records: int) -> Path:
    """The lines with the first so many records, and all other messages."""
    path, left = WORK / f"first-{records}.jsonl", records
    with open(lines, "rb") as whole, open(path, "wb") as output:
        for line in whole:
            if not line.startswith(b'{"type":"RECORD"'):
                output.write(line)
            elif left > 0:
                output.write(line)
                left -= 1
    return path


def fresh(name: str, database: Path, *command) -> Contender:
    """A command that begins without its file."""
    remove = f"rm -f '{database}' '{database}'-*; exec \"$@\""
    return Contender(name, ["sh", "-c", remove, "sh", *map(str, command)])


def without_replay(contender: Contender) -> dict:
    """One run; the CPU of `cat` is the connector's place-holder and nobody's here."""
    TIMES.unlink(missing_ok=True)
    result = run_with_peak(contender)
    if TIMES.exists():
        result["replay"] = round(sum(map(seconds, TIMES.read_text().split())), 3)
        result["cpu"] = round(result["cpu"] - result["replay"], 6)
    return result


def seconds(text: str) -> float:
    """`1m2.500s`, as the shell's `times` writes it."""
    minutes, rest = text.rstrip("s").split("m")
    return int(minutes) * 60 + float(rest)


def query(database: Path, *commands: str) -> str:
    return subprocess.run(["sqlite3", database, *commands], check=True, stdout=subprocess.PIPE, text=True).stdout


def landing(server: Server, pages: Path) -> dict:
    workspace = f"distinct-{MESSAGES // ROOMS}"
    prepare(pages, workspace)
    config = configuration(server, workspace)
    WORK.mkdir(parents=True, exist_ok=True)
    lines, mine, theirs = WORK / "messages.jsonl", WORK / "ours.db", WORK / "import.db"
    print("  the connector", flush=True)
    connector = ours("read", config, "messages")
    with open(lines, "wb") as output:
        subprocess.run(connector.command, stdout=output, stderr=subprocess.DEVNULL, check=True)
    reading = contest([connector], 3)["ours"]

    source = replayed("replay", lines, config)
    sync = fresh("ours", mine, RUNNER, "sync", "--source", source, "--config", config, "--into", mine)
    without_replay(sync)
    if (rows := query(mine, "SELECT count(*) FROM messages").strip()) != str(MESSAGES):
        raise SystemExit(f"airbyte-run landed {rows} rows instead of {MESSAGES}")
    schema, csv = WORK / "schema.sql", WORK / "rows.csv"
    schema.write_text(query(mine, ".schema messages"))
    query(mine, ".mode csv", f".once '{csv}'", "SELECT * FROM messages")
    contenders = [
        sync, fresh("import", theirs, "sqlite3", theirs, f".read '{schema}'", f".import --csv '{csv}' messages")]
    print("  into SQLite", flush=True)
    runs = contest(contenders, 3, without_replay)

    print("  PyAirbyte", flush=True)
    few = replayed("replay-few", first(lines, FEW), config)
    runs["pyairbyte"] = contest([pyairbyte("pyairbyte", few, config, "messages", FEW)], 3, without_replay)["pyairbyte"]
    print("  reading the file", flush=True)
    script = Path(__file__).parent / "read_file.py"
    readers = [Contender(name, [PYAIRBYTE_PYTHON, script, name, mine, str(MESSAGES)]) for name in ("pandas", "duckdb")]
    # DuckDB's extension comes from the network.
    readers = [reader for reader in readers if subprocess.run(reader.command).returncode == 0]
    runs |= contest(readers, 3)
    counts = {name: FEW if name == "pyairbyte" else MESSAGES for name in runs}
    return {"landing": {"records": counts, "connector": reading, "runs": runs}}
