"""The commands that are measured, and the files they want."""

import json
import os
import subprocess
from pathlib import Path

from measure import Contender, run
from server import Server

FOLDER = Path(os.environ.get("BENCHMARK_FOLDER", ".build/benchmarks"))
BINARY = Path(os.environ.get("BINARY", "source-rocket-chat"))
CDK_PYTHON = Path(os.environ.get("CDK_ENVIRONMENT", ".venv/benchmarks-cdk")) / "bin/python"
PYAIRBYTE_PYTHON = Path(os.environ.get("PYAIRBYTE_ENVIRONMENT", ".venv/benchmarks-pyairbyte")) / "bin/python"
TOKEN, USER = "not-a-secret-token", "bench"


def put(name: str, text: str) -> Path:
    path = FOLDER / "inputs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def configuration(server: Server, workspace: str, kind: str = "plain") -> Path:
    config = {"endpoint": server.endpoint(workspace, kind), "token": TOKEN, "user_id": USER}
    if kind.startswith("tls"):
        config["ca_certificate"] = str(server.certificate)
    return put(f"{workspace}-{kind}.config.json", json.dumps(config))


def catalog(command: list, stream: str, name: str) -> Path:
    """A configured catalog for one stream, from what the connector itself discovers."""
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()
    messages = [json.loads(line) for line in lines]
    streams = next(message["catalog"]["streams"] for message in messages if message["type"] == "CATALOG")
    found = next(candidate for candidate in streams if candidate["name"] == stream)
    configured = {
        "stream": found,
        "sync_mode": "incremental" if "incremental" in found["supported_sync_modes"] else "full_refresh",
        "destination_sync_mode": "append",
    }
    return put(f"{name}.catalog.json", json.dumps({"streams": [configured]}))


def ours(verb: str, config: Path | None = None, stream: str | None = None) -> Contender:
    command = [BINARY, verb]
    if config:
        command += ["--config", config]
    if stream:
        command += ["--catalog", catalog([BINARY, "discover", "--config", config], stream, f"ours-{stream}")]
    return Contender("ours", command)


def manifest(page: int) -> Path:
    text = (Path(__file__).parent / "manifest.yaml").read_text()
    assert text.count("page_size: 1 ") == 1
    return put(f"manifest-{page}.yaml", text.replace("page_size: 1 ", f"page_size: {page} "))


def cdk(verb: str, config: Path | None = None, stream: str | None = None, page: int = 1) -> Contender:
    base = [CDK_PYTHON, Path(__file__).parent / "cdk_source.py", manifest(page)]
    command = [*base, verb]
    if config:
        command += ["--config", config]
    if stream:
        command += ["--catalog", catalog([*base, "discover", "--config", config], stream, f"cdk-{stream}")]
    return Contender("cdk", command)


def cdk_executable(page: int) -> Path:
    """The CDK with its manifest as one command, as PyAirbyte wants connectors."""
    script = Path(__file__).parent / "cdk_source.py"
    path = put("source-rocket-chat-cdk", f'#!/bin/sh\nexec "{CDK_PYTHON}" "{script}" "{manifest(page)}" "$@"\n')
    path.chmod(0o755)
    return path


def pyairbyte(name: str, executable: Path, config: Path, stream: str, records: int) -> Contender:
    script = Path(__file__).parent / "pyairbyte_read.py"
    work = FOLDER / "pyairbyte"
    work.mkdir(parents=True, exist_ok=True)
    return Contender(name, [PYAIRBYTE_PYTHON, script, executable, config, stream, str(records)], work)


def curl(server: Server, name: str, urls: list[str], kind: str = "plain") -> Contender:
    """One process that fetches the pages over one connection and throws them away."""
    listed = put(f"{name}-{kind}.urls", "".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls))
    options = ["--silent", "--show-error", "--fail", "-H", f"X-Auth-Token: {TOKEN}", "-H", f"X-User-Id: {USER}"]
    if kind.endswith("gzip"):
        options.append("--compressed")
    if kind.startswith("tls"):
        options += ["--cacert", server.certificate]
    return Contender("curl", ["curl", *options, "--config", listed])


def message_urls(server: Server, pages: Path, workspace: str, kind: str = "plain") -> list[str]:
    """The first page of every room, asked as the connector asks."""
    rooms = json.loads((pages / workspace / "rooms.get.json").read_text())["update"]
    sync = server.endpoint(workspace, kind) + "/api/v1/chat.syncMessages"
    return [f"{sync}?roomId={room['_id']}&type=UPDATED&next=-1&count=130" for room in rooms]


def user_urls(server: Server, workspace: str, users: int, step: int) -> list[str]:
    base = server.endpoint(workspace) + f"/api/v1/users.list?count={step}"
    return [f"{base}&offset={offset}" for offset in range(0, users, step)]


def count(server: Server, contender: Contender) -> dict:
    """Requests and records of one run that is not timed; it also warms the caches up."""
    before = server.requests()
    with open(FOLDER / "output.jsonl", "w+b") as output:
        run(contender, output)
        output.seek(0)
        records = sum(1 for line in output if b'"type":"RECORD"' in line)
    return {"requests": server.requests() - before, "records": records}
