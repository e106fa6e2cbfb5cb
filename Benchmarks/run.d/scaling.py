"""CPU and peak memory as the workspace grows: 500 rooms, pages of 100 messages, from 10 000 messages to a million."""

from pathlib import Path

from measure import contest
from readers import configuration, count, ours
from server import Server
from workspace import ROOMS, prepare

SIZES = [10_000, 50_000, 100_000, 500_000, 1_000_000]


def scaling(server: Server, pages: Path) -> dict:
    series = []
    for records in SIZES:
        print(f"  {records} messages", flush=True)
        workspace = f"messages-{records // ROOMS}"
        prepare(pages, workspace)
        contender = ours("read", configuration(server, workspace), "messages")
        counted = count(server, contender)
        if counted["records"] != records:
            raise SystemExit(f"{counted['records']} records instead of {records}")
        series.append(counted | {"runs": contest([contender], 7)["ours"]})
    return {"scaling": series}
