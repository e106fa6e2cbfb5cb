"""The report in Markdown: what was done, compared, counted and found. It names no address, no token, no user but the proof's."""

import time


class Report:
    """Gathered during a proof, written at its end."""

    def __init__(self, mode, connector):
        self.mode, self.connector = mode, connector
        self.began = time.time()
        self.version = None
        self.looks = []
        self.notes = []
        self.failure = None

    def look(self, act, rows, values, findings):
        """One comparison."""
        self.looks.append((act, rows, values, findings))

    @property
    def findings(self):
        """All of them."""
        return [finding for *_, findings in self.looks for finding in findings]

    @property
    def is_green(self):
        """Whether everything was as it must be."""
        return self.failure is None and not self.findings and bool(self.looks)

    def text(self, server, play, copies):
        """The whole report."""
        minutes = (time.time() - self.began) / 60
        verdict = "green" if self.is_green else "RED"
        lines = [
            f"# Proof of source-rocket-chat against Rocket.Chat {self.version or '(unknown)'}: {verdict}", "",
            f"- {time.strftime('%Y-%m-%d %H:%M', time.gmtime(self.began))} UTC, {minutes:.1f} minutes, {self.connector}",
            f"- the token that synced is {self.mode}",
            f"- copies: {', '.join(copy.name for copy in copies) or 'none'}", ""]
        if self.failure:
            lines += ["## It did not come to an end", "", self.failure, ""]
        if self.findings:
            lines += ["## What is not as it must be", ""]
            for act, _, _, findings in self.looks:
                lines += [f"- {act}, `{finding.stream}`: {clean(finding.text)}" for finding in findings[:50]]
                if len(findings) > 50:
                    lines.append(f"- {act}: {len(findings) - 50} more")
            lines.append("")
            lines += [self.whose(), ""]
        lines += ["## What was compared", "", "| after | rows | values | not as they must be |", "| --- | ---: | ---: | ---: |"]
        lines += [f"| {act} | {rows} | {values} | {len(findings)} |" for act, rows, values, findings in self.looks]
        if play:
            lines += ["", "## What was done", "", "| | |", "| --- | ---: |"]
            lines += [f"| {kind} | {count} |" for kind, count in play.ledger.counts().items()]
            if play.undriven:
                lines += ["", "Not driven:", ""] + [f"- {reason}" for reason in play.undriven]
        lines += ["", "## What it cost", "", "| sync | seconds | requests | refused (429) | seconds waited |",
                  "| --- | ---: | ---: | ---: | ---: |"]
        for copy in copies:
            lines += [f"| {copy.name} {number} | {run.seconds:.0f} | {run.requests} | {run.refused} | {run.waited} |"
                      for number, run in enumerate(copy.runs, 1)]
        if server:
            lines += ["", f"The proof itself made {sum(server.requests.values())} requests, {server.refused} of them refused "
                          f"(429), and waited {server.waited:.0f} s for the limit. Most went to:", "", "| | |", "| --- | ---: |"]
            lines += [f"| `{route}` | {count} |" for route, count in server.requests.most_common(12)]
        if play:
            lines += ["", "## What it left", ""]
            lines += [f"- {left}" for left in play.left] or ["Nothing but the server's own records of removals."]
        for note in self.notes:
            lines += ["", note]
        return "\n".join(lines) + "\n"

    def whose(self):
        """Where to look for the faults."""
        places = {finding.where for finding in self.findings}
        words = []
        if "server" in places:
            words.append("Where *the server* is named, it does not itself tell what was done to it: a fault of the server or of "
                         "the proof.")
        if places - {"server"}:
            words.append("Where a copy is named, it differs from what the server answers through other routes: a fault of the "
                         "connector, of the destination, or of a route that the connector reads.")
        return " ".join(words)


def clean(text):
    """Text as one line of a list."""
    return " ".join(text.split()).replace("|", "\\|")
