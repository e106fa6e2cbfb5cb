"""The parts that set the connector against others on the same pages."""

from pathlib import Path

from measure import Contender, contest, run
from readers import (
    BINARY, cdk, cdk_executable, configuration, count, curl, message_urls, ours, pyairbyte, user_urls)
from server import Server
from workspace import PAGE, prepare

MESSAGES = 50_000


def pair(server: Server, title: str, contenders: list[Contender], rounds: int, records: int) -> dict:
    """Counts once, then runs in turn."""
    print(f"  {title}", flush=True)
    counted = {contender.name: count(server, contender) for contender in contenders}
    for name, result in counted.items():
        # curl and PyAirbyte print no records; PyAirbyte's script counts its rows itself.
        if result["records"] not in (0, records):
            raise SystemExit(f"{title}: {name} delivered {result['records']} records instead of {records}")
        if result["requests"] == 0:
            raise SystemExit(f"{title}: {name} asked nothing")
    runs = contest(contenders, rounds)
    return {
        "title": title,
        "records": records,
        "requests": {name: result["requests"] for name, result in counted.items()},
        "runs": runs,
    }


def messages(server: Server, pages: Path) -> dict:
    """The main job: 500 rooms of one page of 100 messages."""
    prepare(pages, "messages-100")
    config = configuration(server, "messages-100")
    floor = curl(server, "messages-100", message_urls(server, pages, "messages-100"))
    mine = ours("read", config, "messages")
    return {
        "messages_curl": pair(server, "messages, against curl", [floor, mine], 21, MESSAGES),
        "messages_cdk": pair(
            server, "messages, against the CDK", [mine, cdk("read", config, "messages")], 5, MESSAGES),
    }


def users(server: Server, pages: Path) -> dict:
    """A stream of the official connector, at the page size that it ships with and at the server's largest."""
    singles, many = 20_000, 50_000
    prepare(pages, "users-20000")
    prepare(pages, "users-50000")
    few_config, many_config = configuration(server, "users-20000"), configuration(server, "users-50000")
    return {
        "users_curl": pair(
            server, "users by 100, against curl",
            [curl(server, "users-50000", user_urls(server, "users-50000", many, PAGE)),
             ours("read", many_config, "users")], 15, many),
        "users_cdk_100": pair(
            server, "users by 100, against the CDK",
            [ours("read", many_config, "users"), cdk("read", many_config, "users", page=PAGE)], 5, many),
        "users_cdk_1": pair(
            server, "users one by one as shipped, against the CDK",
            [ours("read", few_config, "users"), cdk("read", few_config, "users", page=1)], 3, singles),
    }


def through_pyairbyte(server: Server, pages: Path) -> dict:
    """The same messages through PyAirbyte into DuckDB, with either connector behind it."""
    prepare(pages, "messages-100")
    config = configuration(server, "messages-100")
    contenders = [
        pyairbyte("ours", BINARY, config, "messages", MESSAGES),
        pyairbyte("cdk", cdk_executable(PAGE), config, "messages", MESSAGES),
    ]
    return {"pyairbyte": pair(server, "messages through PyAirbyte into DuckDB", contenders, 3, MESSAGES)}


def transport(server: Server, pages: Path) -> dict:
    """The main job with packed answers, over TLS, and both."""
    prepare(pages, "messages-100")
    results = {}
    for kind, title in (("gzip", "gzip"), ("tls", "TLS"), ("tls_gzip", "TLS and gzip")):
        urls = message_urls(server, pages, "messages-100", kind)
        contenders = [
            curl(server, "messages-100", urls, kind),
            ours("read", configuration(server, "messages-100", kind), "messages"),
        ]
        results[kind] = pair(server, f"messages with {title}, against curl", contenders, 11, MESSAGES)
    return results


def latency(server: Server, pages: Path) -> dict:
    """How long the verbs take that do next to nothing."""
    prepare(pages, "messages-100")
    config = configuration(server, "messages-100")
    print("  spec and check")
    return {
        "spec": {"runs": contest([ours("spec"), cdk("spec")], 15, run)},
        "check": {"runs": contest([ours("check", config), cdk("check", config)], 15, run)},
    }
