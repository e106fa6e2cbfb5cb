"""A Rocket.Chat server to sync from: one `rocket-chat-sandbox` process, asked over its control routes."""

import json
import subprocess
import urllib.request


class Sandbox:
    """A running sandbox; use it in a `with` block."""

    def __init__(self, **options):
        """`options` become flags: `Sandbox(messages=500)` runs `--messages 500`."""
        flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        self.process = subprocess.Popen(
            ["rocket-chat-sandbox", "--port", "0", *flags], stdout=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the sandbox ended with {self.process.wait()} before it listened")
        hello = json.loads(line)
        self.url = hello["url"]
        self.accounts = hello["accounts"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)

    def config(self, account="admin", **more):
        """The three settings a user types in, for one of the sandbox's accounts, and `more`."""
        known = self.accounts[account]
        return {"endpoint": self.url, "token": known["token"], "user_id": known["user_id"]} | more

    def live(self, steps):
        """Lets people post, edit, react, delete, rename and join."""
        self._request("POST", f"/_sandbox/live?steps={steps}")

    def turn_over(self):
        """Lets people, agents and small things come and go for good, of which `live` removes none."""
        self._request("POST", "/_sandbox/turnover")

    def truth(self, stream, account="admin"):
        """What the account may see of a stream: documents by `_id`, without volatile members and nulls."""
        lines = self._request("GET", f"/_sandbox/truth?stream={stream}&account={account}").decode().split("\n")
        documents = [json.loads(line) for line in lines if line]
        return {document["_id"]: document for document in documents}

    def closed_rooms(self, account="admin"):
        """Rooms that the account may not read, or no more: what was read of them stays in a copy as it was (docs/limits.md)."""
        homes = json.loads(self._request("GET", f"/_sandbox/homes?account={account}"))
        return {room for room, home in homes.items() if not home["readable"]}

    def channels(self):
        """Ids of all channels, as the administrator's listing has them; those of foreign teams are in no truth of `channels`."""
        known = self.accounts["admin"]
        headers = {"X-Auth-Token": known["token"], "X-User-Id": known["user_id"]}
        kinds = "&".join(f"types[]={kind}" for kind in ("c", "discussions", "teams"))
        page = json.loads(self._request("GET", f"/api/v1/rooms.adminRooms?count=1000&{kinds}", headers))
        assert page["total"] == len(page["rooms"]), "more channels than one page holds"
        return {room["_id"] for room in page["rooms"]}

    def _request(self, method, path, headers=None):
        if self.process.poll() is not None:
            raise RuntimeError(f"the sandbox ended with {self.process.returncode} in the middle of the work")
        request = urllib.request.Request(self.url + path, method=method, headers=headers or {})
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read()
