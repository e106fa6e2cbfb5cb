"""The published table of the faults on the wire."""

import re

BEGIN, END = "<!-- faults on the wire: written by scripts/holds -->", "<!-- end -->"


def write(faults, results, path):
    """Puts the table of a whole run into the document between its marks."""
    lines = []
    for group in dict.fromkeys(fault.group for fault in faults):
        lines += ["", f"### {group}", "", "| fault | for a moment | to the end | lost | buried | what is said |", "| --- | --- | --- | ---: | ---: | --- |"]
        for fault in faults:
            if fault.group == group:
                lines.append(row(fault, [result for result in results if result["fault"] == fault.name]))
    text = path.read_text()
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text(head + BEGIN + "\n".join(lines) + "\n\n" + END + tail)


def row(fault, results):
    """One fault: how its syncs ended, what was lost and buried, and the sentence."""
    cell = lambda lasts: " / ".join(dict.fromkeys(ending(result) for result in results if result["lasts"] == lasts)) or "-"
    sentences = [result["sentence"] for result in results if result["lasts"] and result["sentence"]]
    said = shown(sentences[0]) if sentences else "-"
    lost, buried = (sum(result[name] for result in results) for name in ("lost", "buried"))
    return f"| {fault.name} | {cell(False)} | {cell(True)} | {lost} | {buried} | {said} |"


def ending(result):
    """How a run ended: complete, or the exit code and the failure's type."""
    return "complete, 0" if result["code"] == 0 else f"{result['ended']}, {result['code']}"


def shown(sentence):
    """A sentence without what is of this run alone."""
    sentence = re.sub(r"(https?://)(127\.0\.0\.1|localhost)(:\d+)?", r"\1HOST", sentence)
    sentence = re.sub(r"GET \S*(v1/\S+|/api/info)", r"GET \1", sentence)
    sentence = re.sub(r"(127\.0\.0\.1|localhost) port \d+", "HOST", sentence)
    sentence = re.sub(r"\b\d{3,5} (ms|milliseconds)", r"… \1", sentence)
    sentence = re.sub(r"^\d+ of \d+ parts of stream '\w+' could not be read: .*?First failure \(.*?\): ", "", sentence)
    sentence = sentence.split(" If it stays, leave the room out")[0].replace("|", "\\|")
    return sentence if len(sentence) < 220 else sentence[:217] + "…"
