"""Drives a Rocket.Chat through its public API, syncs between, and compares. `scripts/prove-server --help` says how."""

import argparse
import atexit
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from cast import Casting, log_in
from copies import DuckdbCopy, SqliteCopy, SyncFailed
from judge import Judge
from ledger import Ledger
from play import Play
from report import Report
from server import Account, Refused, Server
from views import Views

# What the facts are about; livechat as far as the token sees it.
STREAMS = [
    "messages", "rooms", "channels", "groups", "direct_messages", "subscriptions", "files", "users", "room_members", "teams",
    "team_members", "team_rooms", "livechat_rooms", "livechat_messages",
]


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/prove-server",
        description="Makes users, rooms, teams and messages on a Rocket.Chat server, changes and removes them through its public "
                    "API, syncs between, and compares an SQLite file (airbyte-run) and a DuckDB file (PyAirbyte) with what was done "
                    "and with what the server answers. Removes what it made. docs/proof.md says more.",
        epilog="Credentials come from the environment, so that no list of processes shows them: ROCKET_CHAT_TOKEN and "
               "ROCKET_CHAT_USER_ID (a personal access token), or ROCKET_CHAT_USER and ROCKET_CHAT_PASSWORD. "
               "Exit codes: 0 all is as it must be, 1 something is not, 2 nothing was written.")
    parser.add_argument("--endpoint", required=True, metavar="URL", help="address of the server")
    parser.add_argument("--as", dest="role", choices=["admin", "user"],
                        help="whose token syncs: the administrator's, or that of a plain user under the rate limit, whom an "
                             "administrator's credentials make (default: the token's own role)")
    parser.add_argument("--yes", action="store_true", help="write although the server has other users, without asking")
    parser.add_argument("--livechat", action="store_true", help="drive the live chat although the server has other users")
    parser.add_argument("--messages", type=int, metavar="N", help="lines in one channel (default: 120, 25 under the limit)")
    parser.add_argument("--overlap", type=int, metavar="SECONDS", help="the connector's overlap_seconds (default: its own)")
    parser.add_argument("--whole", action="store_true", help="sync the whole workspace and not the proof's rooms alone")
    parser.add_argument("--without-duckdb", action="store_true", help="without PyAirbyte: SQLite alone")
    parser.add_argument("--report", metavar="FILE", help="where the report goes (default: standard output)")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the copies and logs there")
    parser.add_argument("--name", help="what everything made is named after (default: proof- and a random text)")
    parser.add_argument("--quiet", action="store_true", help="do not tell each deed")
    return parser.parse_args()


def main():
    """A whole proof."""
    options = arguments()
    # So that what was made is removed then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    name = options.name or f"proof-{secrets.token_hex(3)}"
    if not re.fullmatch(r"[a-z0-9-]{3,30}", name):
        return stop("--name is small letters, digits and hyphens, 3 to 30 of them")
    if options.messages is not None and options.messages < 5:
        return stop("--messages is 5 or more")

    def say(text):
        if not options.quiet:
            print(text, file=sys.stderr, flush=True)

    try:
        server = Server(options.endpoint, say)
        given, roles = credentials(server)
        is_plain = options.role == "user" if options.role else "admin" not in roles
        if not is_plain and "admin" not in roles:
            return stop("--as admin wants an administrator's credentials, and these are a plain user's")
        others = other_users(server, given)
        if not consents(others, name, options.yes):
            return 2
        version = server.version()
    except (ValueError, Refused, OSError) as error:
        return stop(str(error))

    report = Report("a plain user's, under the rate limit" if is_plain else "an administrator's", connector())
    report.version = ".".join(map(str, version))
    ledger = Ledger(say)
    play, copies = None, []
    with contextlib.ExitStack() as stack:
        folder = options.keep or stack.enter_context(tempfile.TemporaryDirectory())
        Path(folder).mkdir(parents=True, exist_ok=True)
        casting = Casting(server, ledger, name)
        try:
            cast = casting.cast(given, roles, is_plain)
        except (Refused, OSError) as error:
            return stop(f"the people that are needed could not be made: {error}{casting.undo(given)}")
        chats, why = livechat(server, options, others, is_plain)
        bulk = options.messages or (25 if is_plain else 120)
        play = Play(server, ledger, cast, name, version, bulk, chats)
        play.undriven += [why] if why else []
        try:
            perform(server, play, cast, report, copies, Path(folder).resolve(), options, others)
        except (Refused, SyncFailed, OSError) as error:
            report.failure = str(error)
        except Exception:
            report.failure = "The proof itself failed:\n\n```\n" + traceback.format_exc() + "```"
        finally:
            say("cleaning up")
            play.sweep()
            for copy in copies:
                if hasattr(copy, "close"):
                    copy.close()
    text = without_secrets(report.text(server, play, copies), server, given.token, cast.lead.token)
    if options.report:
        Path(options.report).write_text(text)
        say(f"the report is in {options.report}")
    else:
        print(text)
    for finding in report.findings[:10]:
        print(f"not as it must be, {finding.stream}: {finding.text}", file=sys.stderr)
    if report.failure:
        print(f"it did not come to an end: {report.failure}", file=sys.stderr)
    print(f"the proof is {'green' if report.is_green else 'RED'}", file=sys.stderr)
    return 0 if report.is_green else 1


def perform(server, play, cast, report, copies, folder, options, others):
    """The three acts, each followed by syncs and a comparison."""
    play.first_act()
    config = folder / "config.json"
    settings = {"endpoint": server.endpoint, "token": cast.lead.token, "user_id": cast.lead.user_id}
    # Other people's rooms are none of the proof's business.
    if others and not options.whole:
        settings["rooms"] = {"include": [f"{play.name}*", play.direct.id]}
    if options.overlap is not None:
        settings["overlap_seconds"] = options.overlap
    config.touch(mode=0o600)
    config.write_text(json.dumps(settings))
    streams = readable(config)
    copies.append(SqliteCopy(folder, config, streams))
    if not options.without_duckdb:
        copies.append(DuckdbCopy(folder, config, streams))
    look(server, play, cast, report, copies, "what was made")
    play.second_act()
    look(server, play, cast, report, copies, "what was changed")
    play.third_act()
    findings = look(server, play, cast, report, copies, "what was removed", keeps=False)
    if any(finding.where != "server" for finding in findings):
        # A listing that goes from several rows to none is believed at the second sync (docs/limits.md).
        report.notes.append("The removals were compared after a second sync, too: a listing that goes from several rows to none "
                            "is believed at the second.")
        findings = look(server, play, cast, report, copies, "what was removed, a sync later", keeps=False)
    report.look("what was removed", *play.last, findings)
    kept = sorted(set().union(*(getattr(copy, "kept", set()) for copy in copies)))
    if kept:
        report.notes.append(f"PyAirbyte does not replace a table when a read brings no row of its stream. The rows that it kept "
                            f"of {', '.join(kept)} were not counted against it.")


def look(server, play, cast, report, copies, act, keeps=True):
    """Syncs every copy and compares; the findings."""
    for copy in copies:
        run = copy.sync()
        play.ledger.say(f"{copy.name}: synced in {run.seconds:.0f} s with {run.requests} requests")
    # The room with rocket.cat may be older than the proof; what others wrote there is nobody's business.
    rooms = [room for room in play.rooms if not (cast.is_alone and room == play.direct.id)]
    judge = Judge(play.ledger, Views(server, cast.lead, play.kinds, rooms), copies)
    findings = judge.all()
    play.last = (judge.rows, judge.values)
    play.ledger.say(f"compared after {act}: {judge.rows} rows, {judge.values} values, {len(findings)} not as they must be")
    if keeps:
        report.look(act, judge.rows, judge.values, findings)
    return findings


def without_secrets(text, server, *tokens):
    """The report as it may be shown: what an error has said of tokens and of the address is struck out."""
    for secret in (*tokens, os.environ.get("ROCKET_CHAT_PASSWORD")):
        text = text.replace(secret, "(secret)") if secret else text
    text = text.replace(server.endpoint, "(the server)")
    host = server.address[0]
    return text.replace(host, "(the server)") if "." in host else text


def credentials(server):
    """The account of the environment's credentials, and its roles."""
    token, user_id = os.environ.get("ROCKET_CHAT_TOKEN"), os.environ.get("ROCKET_CHAT_USER_ID")
    user, password = os.environ.get("ROCKET_CHAT_USER"), os.environ.get("ROCKET_CHAT_PASSWORD")
    if token and user_id:
        account = Account(user_id, token, "")
    elif user and password:
        account = log_in(server, user, password)
    else:
        raise ValueError("set ROCKET_CHAT_TOKEN and ROCKET_CHAT_USER_ID, or ROCKET_CHAT_USER and ROCKET_CHAT_PASSWORD")
    me = server.get(account, "me")
    return Account(me["_id"], account.token, me["username"]), me.get("roles", [])


def other_users(server, given):
    """How many people the server has besides the token's user; robots such as rocket.cat do not count."""
    page = server.get(given, "users.list", count=100)
    robots = sum(user.get("type") in ("bot", "app") or user["_id"] == given.user_id for user in page["users"])
    return page["total"] - robots


def consents(others, name, said_yes):
    """Whether it may write: on a server that has other users only when somebody says so."""
    if not others or said_yes:
        return True
    told = (f"This server has {others} other users. The proof makes rooms, a team, messages and, with an administrator's "
            f"credentials, users, all named {name}-..., and removes them at its end. Others see public channels come and go.")
    if not sys.stdin.isatty():
        stop(f"{told} It writes there only with --yes.")
        return False
    print(f"{told}\nType yes to go on: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def livechat(server, options, others, is_plain):
    """Whether the live chat is driven, and why not."""
    if is_plain:
        return False, "live chats: a plain user's token does not see them"
    if others and not options.livechat:
        return False, "live chats: the server has other users; --livechat drives them all the same"
    try:
        if not server.get(None, "livechat/config")["config"].get("enabled"):
            return False, "live chats: the setting Livechat_enabled is off"
    except Refused as refusal:
        return False, f"live chats: {refusal}"
    return True, None


def readable(config):
    """The streams of the proof that the token can read."""
    command = ["airbyte-run", "discover", "--source", "source-rocket-chat", "--config", str(config), "--raw"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SyncFailed(f"airbyte-run discover ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    catalog = next(json.loads(line) for line in done.stdout.splitlines() if '"CATALOG"' in line)
    offered = {stream["name"] for stream in catalog["catalog"]["streams"]}
    return [name for name in STREAMS if name in offered]


def connector():
    """The connector's name and version."""
    told = subprocess.run(["source-rocket-chat", "--version"], capture_output=True, text=True).stdout.split()
    return f"source-rocket-chat {told[-1] if told else '(unknown)'}"


def stop(text):
    """Nothing was written; says why."""
    print(f"prove-server: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    if "PROOF_WORK" in os.environ:
        atexit.register(shutil.rmtree, os.environ["PROOF_WORK"], ignore_errors=True)
    sys.exit(main())
