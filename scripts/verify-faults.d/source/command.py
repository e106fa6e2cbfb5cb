"""The command line."""

import json
import sys

from endings import await_sigterm
from memory import GOOD_TOKEN, newest_token
from messages import NOW, fail
from switches import on


def main():
    await_sigterm()
    words = [word for word in sys.argv[2:] if word != "--" or on("no-dashes")]
    verb = words[0] if words else ""
    if verb not in ("spec", "check", "discover", "read"):
        if on("takes-any-verb"):
            return
        print("usage: source SWITCH spec|check|discover|read", file=sys.stderr)
        sys.exit(2)
    # A verb is loaded when it is called for: the source is started some fifty times for each switch.
    if verb == "spec":
        from spec import spec
        return spec()
    options = options_of(words[1:])
    config = config_of(options["config"])
    if on("waits-for-input"):
        sys.stdin.read()
    if on("rewrites-its-config") and verb == "check" and config.get("token") == GOOD_TOKEN:
        with open(options["config"], "w", encoding="utf-8") as file:
            file.write(json.dumps(config | {"seen": NOW}))
    if verb == "check":
        from check import check
        return check(config)
    if config.get("token") != newest_token():
        from refusal import refuse_token
        return refuse_token(verb, options)
    if verb == "discover":
        from discover import discover
        return discover()
    from read import read
    read(config, options)


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


def config_of(path):
    if on("wants-json-names") and not path.endswith(".json"):
        sys.exit(1)
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        if on("takes-no-config"):
            sys.exit(0)
        fail(f"the configuration: {type(error).__name__}")
