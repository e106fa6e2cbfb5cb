"""Holds that man pages and completions have every verb and option of `--help`: `manuals.py PACKAGING BINARY…`."""

import re
import subprocess
import sys
from pathlib import Path

VERB = re.compile(r"^  (?:airbyte-run )?(spec|check|discover|read|sync|verify|init|state|completion|man)\b", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def check(packaging, binary):
    """Compares one program with its page and both completions, in both directions for the options."""
    name = Path(binary).name
    said = subprocess.run([binary, "--help"], capture_output=True, text=True, check=True).stdout
    verbs, options = set(VERB.findall(said)), set(OPTION.findall(said))
    assert len(verbs) >= 4 and {"--config", "--help"} <= options, f"{name} --help is not understood: {said}"
    for path in (f"man/{name}.1", f"completions/{name}.bash", f"completions/_{name}"):
        text = Path(packaging, path).read_text().replace("\\-", "-")
        # Braces of zsh that name two options, and examples that call the other program.
        text = re.sub(r"^airbyte-run sync .*", "", text.replace("{--raw,--json}", "--raw --json"), flags=re.MULTILINE)
        here = set(OPTION.findall(text))
        verb_form = r"^\.B {}$" if path.endswith(".1") else r"\b{}\b"
        lacking = (options - here) | {verb for verb in verbs if not re.search(verb_form.format(verb), text, re.MULTILINE)}
        assert not lacking, f"packaging/{path} lacks {sorted(lacking)}, which `{name} --help` has"
        assert here <= options, f"packaging/{path} has {sorted(here - options)}, which `{name} --help` lacks"
    return f"{name}: {len(verbs)} verbs and {len(options)} options are in its man page and completions"


if __name__ == "__main__":
    for program in sys.argv[2:]:
        print(check(sys.argv[1], program))
