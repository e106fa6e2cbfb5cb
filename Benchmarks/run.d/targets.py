"""What was promised, and what was measured."""

from measure import middle, ratio
from tables import NOT_RUN, number, table


def per_record_ratio(contest: dict) -> float:
    """How many times our CPU the CDK's is, records being the same."""
    return ratio(contest["runs"]["cdk"], contest["runs"]["ours"], "cpu")


def target_table(results: dict) -> str:
    rows = []

    def add(promise: str, measured: float, holds: bool, unit: str = "×") -> None:
        rows.append([promise, f"{number(measured)}{unit}", "yes" if holds else "**no**"])

    if contest := results.get("messages_curl"):
        value = ratio(contest["runs"]["ours"], contest["runs"]["curl"], "cpu")
        add("at most 1.5 times curl's CPU for the same pages", value, value <= 1.5)
    for key, promise, least in (
        ("messages_cdk", "at least 100 times less CPU than the CDK, messages by 100", 100),
        ("users_cdk_100", "at least 100 times less CPU than the CDK, users by 100", 100),
        ("users_cdk_1", "at least 1000 times less CPU than the CDK, users one by one as shipped", 1000),
    ):
        if contest := results.get(key):
            value = per_record_ratio(contest)
            add(promise, value, value >= least)
    if contest := results.get("spec"):
        value = ratio(contest["runs"]["cdk"], contest["runs"]["ours"], "wall")
        add("`spec` at least 200 times faster than the CDK's", value, value >= 200)
    if series := results.get("scaling"):
        peaks = [middle(size["runs"], "peak_kb") / 1024 for size in series]
        add("peak memory below 32 MB at every size", max(peaks), max(peaks) < 32, " MB")
        value = peaks[-1] / peaks[1]
        add("peak memory flat: 1 000 000 messages against 50 000, at most 1.1", value, value <= 1.1)
        value = slope(series[-1]) / slope(series[1])
        add("CPU linear: per record at 1 000 000 messages against 50 000, at most 1.1", value, value <= 1.1)
    if found := results.get("landing"):
        value = ratio(found["runs"]["ours"], found["runs"]["import"], "cpu")
        add("`airbyte-run` into SQLite: at most 1.2 times the CPU of `sqlite3 .import`", value, value <= 1.2)
        value = middle(found["runs"]["ours"], "peak_kb") / 1024
        add("`airbyte-run`: less than 64 MB for 1 000 000 messages", value, value < 64, " MB")
    if not rows:
        return NOT_RUN
    return table(["promise", "measured", "kept"], rows) + floors(results)


def floors(results: dict) -> str:
    """How far below the CDK `curl` is, which only fetches the pages: no reader of them can be much better."""
    parts = []
    for kind, floor, contest in (
        ("messages by 100", "messages_curl", "messages_cdk"),
        ("users by 100", "users_curl", "users_cdk_100"),
    ):
        if floor in results and contest in results:
            value = middle(results[contest]["runs"]["cdk"], "cpu") / middle(results[floor]["runs"]["curl"], "cpu")
            parts.append(f"{number(value)}× ({kind})")
    if not parts:
        return ""
    return (
        f"\n\n`curl`, which only fetches the pages and throws them away, takes {' and '.join(parts)} less CPU than the CDK "
        "(medians of different rounds): what a reader with this transport could reach at best.")


def slope(size: dict) -> float:
    return middle(size["runs"], "cpu") / size["records"]
