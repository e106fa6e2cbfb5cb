"""A living workspace whose every user can be asked what it may read."""

import json
import urllib.error
import urllib.parse
import urllib.request

from sandbox import Sandbox


class Workspace(Sandbox):
    """A sandbox; use it in a `with` block."""

    def truth_lines(self, stream):
        """A stream's documents as a list, for those whose key is more than `_id`."""
        lines = self._request("GET", f"/_sandbox/truth?stream={stream}").decode().split("\n")
        return [json.loads(line) for line in lines if line]

    def documents(self, stream):
        """What a stream holds, by `_id`: the truth of its listing, and rooms that only other listings name."""
        found = self.truth(stream)
        homes = json.loads(self._request("GET", "/_sandbox/homes?account=admin"))
        for room, home in homes.items():
            if home["stream"] == stream and room not in found:
                found[room] = self.ask("rooms.info", roomId=room)["room"]
        return found

    def token(self, user):
        """A token of any user."""
        return json.loads(self._request("GET", f"/_sandbox/token?user={urllib.parse.quote(user)}"))["token"]

    def ask(self, route, user=None, **parameters):
        """The server's answer to a user, the administrator by default; None when it refuses."""
        admin = self.accounts["admin"]
        name, token = (user, self.token(user)) if user else (admin["user_id"], admin["token"])
        request = urllib.request.Request(
            f"{self.url}/api/v1/{route}?{urllib.parse.urlencode(parameters)}",
            headers={"X-User-Id": name, "X-Auth-Token": token},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (400, 401, 403):
                raise
            return None
