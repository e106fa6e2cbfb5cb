"""The tables of results.md."""

from measure import middle, ratio

NAMES = {"curl": "curl, pages thrown away", "ours": "**source-rocket-chat**", "cdk": "Airbyte CDK"}
NOT_RUN = "Not measured yet."


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])


def number(value: float) -> str:
    """Three digits that matter, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def per_record(contest: dict, name: str) -> float:
    """CPU microseconds per record."""
    return middle(contest["runs"][name], "cpu") / contest["records"] * 1e6


def pair_table(results: dict, keys: list[str]) -> str:
    rows = []
    for key in keys:
        contest = results.get(key)
        if not contest:
            continue
        rows.append([f"*{contest['title']}* ({number(contest['records'])} records)", *[""] * 6])
        for name, runs in contest["runs"].items():
            rows.append([
                NAMES[name], number(contest["requests"][name]),
                number(middle(runs, "cpu")), number(middle(runs, "wall")), number(middle(runs, "peak_kb") / 1024),
                number(per_record(contest, name)),
                "" if name == "ours" else number(ratio(runs, contest["runs"]["ours"], "cpu")),
            ])
    head = ["", "requests", "CPU s", "wall s", "peak MB", "CPU µs per record", "ratio"]
    return table(head, rows) if rows else NOT_RUN


def latency_table(results: dict) -> str:
    rows = []
    for verb in ("spec", "check"):
        if verb not in results:
            continue
        mine, theirs = (results[verb]["runs"][name] for name in ("ours", "cdk"))
        rows.append([
            f"`{verb}`", number(middle(mine, "wall") * 1000), number(middle(theirs, "wall") * 1000),
            number(ratio(theirs, mine, "wall")), number(middle(mine, "cpu") * 1000), number(middle(theirs, "cpu") * 1000),
            number(ratio(theirs, mine, "cpu")),
        ])
    head = ["", "ours, wall ms", "CDK, wall ms", "ratio", "ours, CPU ms", "CDK, CPU ms", "ratio"]
    return table(head, rows) if rows else NOT_RUN


def scaling_table(results: dict) -> str:
    rows = [
        [number(size["records"]), number(size["requests"]), number(middle(size["runs"], "cpu")),
         number(middle(size["runs"], "cpu") / size["records"] * 1e6), number(middle(size["runs"], "wall")),
         number(middle(size["runs"], "peak_kb") / 1024)]
        for size in results.get("scaling", [])
    ]
    return table(["messages", "requests", "CPU s", "CPU µs per record", "wall s", "peak MB"], rows) if rows else NOT_RUN


LANDINGS = {
    "ours": "**airbyte-run** into SQLite", "import": "`sqlite3 .import` of the same rows as CSV into the same table",
    "pyairbyte": "PyAirbyte into DuckDB", "pandas": "then: five columns of them into pandas",
    "duckdb": "or: five columns of them through DuckDB into pandas",
}


def landing_table(results: dict) -> str:
    found = results.get("landing")
    if not found:
        return NOT_RUN
    runs, records = found["runs"], found["records"]
    ours = middle(runs["ours"], "cpu") / records["ours"]
    rows = []
    for name, label in LANDINGS.items():
        if name not in runs:
            continue
        each = middle(runs[name], "cpu") / records[name]
        other = ratio(runs[name], runs["ours"], "cpu") if name == "import" else each / ours
        rows.append([
            label, number(records[name]), number(middle(runs[name], "cpu")), number(middle(runs[name], "wall")),
            number(middle(runs[name], "peak_kb") / 1024), number(each * 1e6), "" if name == "ours" else number(other),
        ])
    head = ["", "messages", "CPU s", "wall s", "peak MB", "CPU µs per message", "ratio"]
    connector = middle(found["connector"], "cpu") / records["ours"] * 1e6
    return table(head, rows) + (
        f"\n\nThe connector's own share, {number(connector)} µs a message, is in none of them: its lines were replayed from a file.")


def footprint_table(results: dict) -> str:
    found = results.get("footprint")
    if not found:
        return NOT_RUN
    megabytes = {name: f"{value / 1e6:.1f} MB" for name, value in found.items() if name.endswith("_bytes")}
    return table(["", ""], [
        ["cold build: new clone, empty caches, static release", f"{found['cold_build_seconds']:.0f} s"],
        ["the connector, stripped (needs the system's libcurl)", megabytes["binary_bytes"]],
        ["an environment with airbyte-cdk alone", megabytes["cdk_bytes"]],
        ["an environment with PyAirbyte", megabytes["pyairbyte_bytes"]],
    ])


def hot_spot_tables(results: dict) -> str:
    found = results.get("hot_spots")
    if not found:
        return "Not measured: `perf` was not there."
    own = next(([share, where] for share, where in found["functions"] if where.startswith("source-rocket-chat ")), None)
    next_one = f"The next hot spot of the connector's own code: `{own[1].split(' ', 1)[1]}` with {own[0]:.1f} %." if own else ""
    return "\n\n".join([
        "Samples of `perf` while 500 000 messages are read, in percent of the connector's CPU; what has less than 0.5 is left out. " + next_one,
        table(["where", "%"], [[f"`{where}`", f"{share:.1f}"] for share, where in found["libraries"]]),
        table(["function", "%"], [[f"`{where}`", f"{share:.1f}"] for share, where in found["functions"]]),
    ])
