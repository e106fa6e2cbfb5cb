"""Draws plot.svg: horizontal bars on logarithmic scales, in tones that read on white and on black."""

from math import ceil, floor, log10

from measure import middle
from tables import number, per_record

WIDTH, LEFT, RIGHT = 820, 300, 90
ROW, BAR = 24, 15
OURS, OTHERS, FLOOR, TEXT = "#2f9e63", "#d9762b", "#8a93a0", "#7d8794"
COLOURS = {"ours": OURS, "cdk": OTHERS, "curl": FLOOR}

# One bar: its label, whose it is, its value. A bar without a value is a heading.
Bar = tuple[str, str, float | None]


def draw(results: dict) -> str:
    panels = [
        ("CPU per record, µs", cpu_bars(results)),
        ("Time of spec, ms", spec_bars(results)),
        ("Peak memory, MB, by messages read", memory_bars(results)),
    ]
    body, y = [], 28
    for title, bars in panels:
        if bars:
            body += panel(title, bars, y)
            y += ROW * len(bars) + 62
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y - 22}" width="{WIDTH}" height="{y - 22}" role="img"'
        ' font-family="-apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="13">',
        "<title>source-rocket-chat beside curl and Airbyte's CDK: CPU per record, time of spec, peak memory</title>",
        *body,
        "</svg>",
    ]) + "\n"


def cpu_bars(results: dict) -> list[Bar]:
    bars: list[Bar] = []
    if contest := results.get("messages_cdk"):
        bars.append(("messages, pages of 100", "", None))
        if floor_contest := results.get("messages_curl"):
            bars.append(("curl, pages thrown away", "curl", per_record(floor_contest, "curl")))
        bars += [(label, name, per_record(contest, name)) for label, name in both("Airbyte CDK")]
    for key, title, label in (
        ("users_cdk_100", "users, pages of 100", "Airbyte CDK"),
        ("users_cdk_1", "users, the CDK one by one as shipped", "Airbyte CDK, page size 1"),
        ("pyairbyte", "messages through PyAirbyte into DuckDB", "Airbyte CDK"),
    ):
        if contest := results.get(key):
            bars.append((title, "", None))
            bars += [(text, name, per_record(contest, name)) for text, name in both(label)]
    return bars


def spec_bars(results: dict) -> list[Bar]:
    runs = results.get("spec", {}).get("runs", {})
    return [(label, name, middle(runs[name], "wall") * 1000) for label, name in both("Airbyte CDK")] if runs else []


def memory_bars(results: dict) -> list[Bar]:
    bars: list[Bar] = []
    for size in results.get("scaling", []):
        if size["records"] in (50_000, 1_000_000):
            label = f"source-rocket-chat, {number(size['records'])}"
            bars.append((label, "ours", middle(size["runs"], "peak_kb") / 1024))
    if contest := results.get("messages_cdk"):
        label = f"Airbyte CDK, {number(contest['records'])}"
        bars.append((label, "cdk", middle(contest["runs"]["cdk"], "peak_kb") / 1024))
    return bars


def both(label: str) -> list[tuple[str, str]]:
    return [("source-rocket-chat", "ours"), (label, "cdk")]


def panel(title: str, bars: list[Bar], top: int) -> list[str]:
    values = [value for _, _, value in bars if value is not None]
    # Half a small bar of room at least, so that the smallest is still seen.
    low, high = floor(log10(min(values) / 2)), ceil(log10(max(values)))

    def x(value: float) -> float:
        return LEFT + (log10(value) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    bottom = top + 14 + ROW * len(bars)
    parts = [f'<text x="12" y="{top}" fill="{TEXT}" font-weight="700" font-size="15">{title}'
             '<tspan font-weight="400" font-size="12" dx="6">(logarithmic)</tspan></text>']
    for power in range(low, high + 1):
        at = x(10**power)
        parts.append(f'<path d="M{at:.1f} {top + 10}V{bottom}" stroke="{TEXT}" stroke-opacity=".3"/>')
        label = f"{10**power:,}".replace(",", " ") if power >= 0 else f"{10**power:g}"
        parts.append(f'<text x="{at:.1f}" y="{bottom + 14}" fill="{TEXT}" text-anchor="middle" font-size="11">{label}</text>')
    for index, (label, name, value) in enumerate(bars):
        y = top + 14 + ROW * index
        middle_y = y + ROW / 2 + 4
        if value is None:
            parts.append(f'<text x="12" y="{middle_y:.0f}" fill="{TEXT}" font-style="italic">{label}</text>')
            continue
        weight = ' font-weight="700"' if name == "ours" else ""
        parts.append(f'<text x="{LEFT - 10}" y="{middle_y:.0f}" fill="{TEXT}" text-anchor="end"{weight}>{label}</text>')
        parts.append(f'<rect x="{LEFT}" y="{y + (ROW - BAR) / 2:.1f}" width="{x(value) - LEFT:.1f}" height="{BAR}" rx="2"'
                     f' fill="{COLOURS[name]}"/>')
        parts.append(f'<text x="{x(value) + 6:.1f}" y="{middle_y:.0f}" fill="{TEXT}"{weight}>{number(value)}</text>')
    return parts
