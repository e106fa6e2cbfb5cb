"""Proves the proof on the stand-in: green where the server is right, as three releases, as an administrator and as a plain user
under the limiter; red with the right words where a fault is planted; and nothing is written where nobody has agreed.

Arguments: `green`, `red`, `consent`, or none for all.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

PROVE = Path(__file__).with_name("prove.py")
NAME = "proof-test"

# Release, whose token, and whether PyAirbyte takes part, which is slow: its part is the same for all.
GREEN = [
    ("6.13.1", "user", True), ("8.6.1", "admin", True), ("7.6.0", "admin", False), ("7.6.0", "user", False),
    ("6.13.1", "admin", False), ("8.6.1", "user", False), ("8.6.1", "alone", False),
]

# Every route that lists rooms to an administrator, and where its answer does.
LISTS = [("channels.list", "channels"), ("rooms.get", "update"), ("rooms.adminRooms", "rooms"), ("directory", "result")]

# A fault in words, how it is planted, further arguments, and what the report must say.
RED = [
    ("the sync route forgets removals",
     ["fault?kind=edit&edit=shorten:result.deleted:0&route=chat.syncMessages&count=always"], [],
     r"`messages`: SQLite still has message 'line 003' .* although the reader deleted message 'line 003'"),
    ("an edit leaves _updatedAt as it was", ["defect?kind=edits-leave-stamps"], ["--overlap", "0"],
     r'`messages`: SQLite has msg = "line 000" .*; the server answers "line 000, edited"; .* because the reader edited'),
    ("pages lose their rest", ["fault?kind=edit&edit=shorten:result.updated:10&route=chat.syncMessages&count=always"], [],
     r"`messages`: SQLite lacks message 'line 020' .* although the reader posted 'line 020'"),
    ("a reaction goes under another's name", ["defect?kind=reactions-of-another"], [],
     r"`messages`: the server answers reactions = .*rocket\.cat.* expected was .*because the reader reacted with :tada:"),
    ("every list leaves out a room",
     [f"fault?kind=edit&edit=drop:{key}:{NAME}-attic&route={route}&count=always" for route, key in LISTS], [],
     rf"`channels`: SQLite lacks the channel {NAME}-attic, although the reader made the channel"),
]


class StandIn:
    """A server that plays a release; its limiter counts as the real one's, in windows of a second and a half."""

    def __init__(self, version):
        command = ["rocket-chat-sandbox", "--port", "0", "--version", version, "--limit", "10/1500"]
        command += ["--users", "20", "--rooms", "8", "--messages", "200"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        hello = json.loads(self.process.stdout.readline())
        self.url, self.accounts = hello["url"], hello["accounts"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)

    def control(self, path, method="POST"):
        """Calls a control route."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/_sandbox/{path}", method=method), timeout=30) as answer:
            return answer.read().decode()

    def leftovers(self):
        """What is still named after the proof."""
        found = []
        for stream in ("users", "rooms", "channels", "groups", "teams", "livechat_rooms"):
            found += [line for line in self.control(f"truth?stream={stream}", "GET").splitlines() if NAME in line]
        return found

    def writes(self):
        """Requests that were no reads."""
        log = [json.loads(line) for line in self.control("requests", "GET").splitlines()]
        return [request for request in log if request["method"] != "GET" and request["route"] != "login"]


def prove(server, account, *arguments):
    """Runs a proof; its exit code, its report and what it said."""
    known = server.accounts[account]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.md")
        environment = os.environ | {
            "ROCKET_CHAT_TOKEN": known["token"], "ROCKET_CHAT_USER_ID": known["user_id"], "AIRBYTE_LOGGING_ROOT": folder}
        done = subprocess.run(
            [sys.executable, PROVE, "--endpoint", server.url, "--name", NAME, "--quiet", "--report", report, *arguments],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
        text = report.read_text() if report.exists() else ""
    assert known["token"] not in text and server.url not in text, "the report tells a token or an address"
    return done.returncode, text, done.stderr


def green(version, role, with_duckdb):
    """A right server: nothing is found, nothing is left."""
    arguments = ["--yes", "--livechat", "--as", "admin" if role == "admin" else "user"]
    with StandIn(version) as server:
        code, report, said = prove(
            server, "user" if role == "alone" else "admin", *arguments, *([] if with_duckdb else ["--without-duckdb"]))
        assert code == 0 and ": green" in report, f"exit code {code}: {said}\n{report}"
        assert "Nothing but the server's own records" in report or role == "alone", report
        assert not server.leftovers(), server.leftovers()[:3]
        waited = int(re.search(r"waited (\d+) s for the limit", report)[1])
        assert (waited > 0) == (role != "admin"), f"waited {waited} s"
        assert re.search(r"[^0-9]0 of them refused \(429\)", report), report
        undriven = re.search(r"Not driven:\n\n((?:- .*\n)*)", report)
        undriven = undriven[1].count("\n") if undriven else 0
        assert undriven == {"admin": 0, "user": 1, "alone": 2}[role], report
        rows = sum(int(count) for count in re.findall(r"^\| what was \w+ \| (\d+) ", report, re.M))
        copies = re.search(r"copies: (.*)", report)[1]
    return f"green as {version}, {role}, {copies}: {rows} rows compared"


def red(fault, planted, arguments, words):
    """A server with a fault: the report says which."""
    with StandIn("8.6.1") as server:
        for path in planted:
            name, _, query = path.partition("?")
            server.control(f"{name}?{urllib.parse.quote(query, safe='=&:.')}")
        code, report, said = prove(server, "admin", "--yes", "--as", "admin", "--without-duckdb", *arguments)
        assert code == 1 and ": RED" in report, f"exit code {code}: {said}\n{report}"
        assert re.search(words, report), f"the report does not say {words}:\n{report}"
        server.control("clear")
        assert not server.leftovers(), server.leftovers()[:3]
    return f"red when {fault}"


def consent():
    """Nothing is written where nobody has agreed, or where the credentials do not do."""
    with StandIn("8.6.1") as server:
        for account, arguments, words in [
            ("admin", [], "other users"), ("user", ["--yes", "--as", "admin"], "a plain user's"),
            ("admin", ["--yes", "--name", "A b"], "--name is"),
        ]:
            code, report, said = prove(server, account, "--without-duckdb", *arguments)
            assert code == 2 and not report and words in said, (code, said)
        assert not server.writes(), server.writes()[:3]
    return "nothing written without consent"


def main(parts):
    """Runs what is asked for, a few at once: they mostly wait."""
    began = time.monotonic()
    jobs = []
    if not parts or "green" in parts:
        jobs += [(green, case) for case in GREEN]
    if not parts or "red" in parts:
        jobs += [(red, case) for case in RED]
    if not parts or "consent" in parts:
        jobs.append((consent, ()))
    failed = 0
    with ThreadPoolExecutor(4) as pool:
        running = {pool.submit(job, *case): case for job, case in jobs}
        for done in as_completed(running):
            try:
                print(f"{done.result()} ({time.monotonic() - began:.0f} s)", flush=True)
            except Exception as error:
                failed += 1
                print(f"FAILED: {running[done][:2]}: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
