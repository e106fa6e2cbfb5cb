"""Draws what a soak measured, one panel for each quantity, in tones that read on white and on black."""

WIDTH, HEIGHT, LEFT, RIGHT, GAP = 820, 76, 210, 70, 22
LINE, GRID, TEXT = "#2f9e63", "#8a93a0", "#7d8794"

PANELS = (
    ("connector", "peak of the connector, MB", lambda sample: sample["connector"] / 1024),
    ("runner", "peak of the runner, MB", lambda sample: sample["runner"] / 1024),
    ("descriptors", "open descriptors of the runner", lambda sample: sample["descriptors"]),
    ("state", "bytes of state", lambda sample: sample["state"]),
    ("file", "file, MB", lambda sample: sample["file"] / 1e6),
    ("rows", "messages in the file", lambda sample: sample["rows"]),
    ("divergence", "rows that differ, once a day", lambda sample: sample["divergence"]),
)


def chart(samples, path):
    """Writes the chart of `samples`."""
    body, y = [], 26
    for name, title, value in PANELS:
        # Syncs that were killed have no peak of their own.
        points = [(sample["hour"], value(sample)) for sample in samples if sample[name] is not None]
        if name in ("connector", "runner", "descriptors"):
            points = [(hour, number) for (hour, number), sample in zip(points, samples) if number and sample["code"] == 0]
        body += panel(title, points, samples[-1]["hour"], y)
        y += HEIGHT + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 12}" width="{WIDTH}" height="{y + 12}" role="img"'
        ' font-family="-apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="13">'
        f"<title>{len(samples)} hourly syncs: memory, descriptors, state, file and divergence</title>"
    )
    days = samples[-1]["hour"] // 24 + 1
    foot = f'<text x="{WIDTH - RIGHT}" y="{y + 2}" text-anchor="end" fill="{TEXT}">{days} simulated days</text>'
    path.write_text("\n".join([head, *body, foot, "</svg>"]) + "\n")


def panel(title, points, last, y):
    """One quantity over time, from zero up."""
    most = max((number for _, number in points), default=0)
    top = most or 1
    bottom = y + HEIGHT
    place = lambda hour, number: (LEFT + (WIDTH - LEFT - RIGHT) * hour / max(1, last), bottom - HEIGHT * number / top)
    path = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in points)
    return [
        f'<text x="0" y="{y + HEIGHT / 2}" fill="{TEXT}">{title}</text>',
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{bottom}" y2="{bottom}" stroke="{GRID}" stroke-width="0.5"/>',
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>',
        f'<text x="{WIDTH - RIGHT + 6}" y="{y + 10}" fill="{TEXT}">{number(most)}</text>',
        f'<text x="{WIDTH - RIGHT + 6}" y="{bottom}" fill="{TEXT}">0</text>',
    ]


def number(value):
    """A number as it is read."""
    return f"{value:,.0f}".replace(",", "\u2009") if value >= 100 or value == int(value) else f"{value:.1f}"
