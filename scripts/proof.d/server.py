"""A Rocket.Chat server over its public REST API: requests are counted, and the rate limit is obeyed as the headers tell it."""

import http.client
import json
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass
from email.utils import parsedate_to_datetime


# 7.x and 8.x, `packages/license/src/AirGappedRestriction.ts` and `server/cron/usageReport.ts`.
RESTRICTED = ("a server without a licence takes no messages until it has reported to collector.rocket.chat, which wants a way into "
              "the internet")


@dataclass(frozen=True)
class Account:
    """Who asks: the id and token of a user, and the name others see."""

    user_id: str
    token: str
    username: str


class Refused(Exception):
    """An answer that is not a success."""

    def __init__(self, method, path, status, body):
        self.status = status
        self.error = body.get("error") or body.get("message") or "no reason given"
        self.code = body.get("errorType")
        more = f" ({RESTRICTED})" if self.error == "restricted-workspace" else ""
        super().__init__(f"{method} {path}: the server answered {status}: {self.error}{more}")


class Server:
    """Asks the server as any account."""

    def __init__(self, endpoint, say=lambda text: None):
        parts = urllib.parse.urlsplit(endpoint.rstrip("/"))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"the endpoint is an address such as https://chat.example.com, not {endpoint!r}")
        self.endpoint = endpoint.rstrip("/")
        self.base = parts.path.removesuffix("/api/v1").removesuffix("/api")
        self.address = (parts.hostname, parts.port)
        self.kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = None
        self.say = say
        self.requests = Counter()
        self.refused = 0
        self.waited = 0.0
        # When the window of a route ends, by this machine's clock, once its calls are used up.
        self.closed_until = {}

    def get(self, account, path, route=None, **query):
        """The answer of a reading route."""
        return self.call(account, "GET", path, route, query=query)

    def post(self, account, path, route=None, **body):
        """The answer of a writing route."""
        return self.call(account, "POST", path, route, body=json.dumps(body).encode(), kind="application/json")

    def delete(self, account, path, route):
        """The answer of a removing route."""
        return self.call(account, "DELETE", path, route)

    def upload(self, account, path, route, name, content, kind, **fields):
        """Sends one file as a form, with fields."""
        mark = uuid.uuid4().hex
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
                 for field, value in fields.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        body = b"".join(parts) + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.call(account, "POST", path, route, body=body, kind=f"multipart/form-data; boundary={mark}")

    def version(self):
        """The release as (major, minor), from the one route that answers to everybody."""
        status, _, body = self.send("GET", "/api/info", {}, None)
        text = body.get("version") or (body.get("info") or {}).get("version") or ""
        numbers = [part for part in text.split(".") if part.isdigit()]
        if status != 200 or len(numbers) < 2:
            raise Refused("GET", "/api/info", status, body)
        return int(numbers[0]), int(numbers[1])

    def call(self, account, method, path, route=None, query=None, body=None, kind=None):
        """One call below /api/v1, repeated only where the server says that it came too early."""
        route = route or path
        target = f"/api/v1/{path}"
        if query:
            target += "?" + urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        headers = {"Accept": "application/json"}
        if account:
            headers |= {"X-Auth-Token": account.token, "X-User-Id": account.user_id}
        if kind:
            headers["Content-Type"] = kind
        restricted = 0
        while True:
            self.wait_for(method, route)
            self.requests[f"{method} {route}"] += 1
            status, answered, answer = self.send(method, target, headers, body)
            self.learn(method, route, answered)
            if status == 429:
                self.refused += 1
                self.closed_until.setdefault((method, route), time.monotonic() + 5)
                continue
            if answer.get("error") == "restricted-workspace" and restricted < 12:
                # A new server reports soon after its start.
                restricted += 1
                self.say(f"{method} {path} is refused for now: {RESTRICTED}")
                time.sleep(5)
                continue
            if status != 200 or answer.get("success") is False or answer.get("status") == "error":
                raise Refused(method, path, status, answer)
            return answer

    def wait_for(self, method, route):
        """Waits until the route takes calls again."""
        until = self.closed_until.pop((method, route), 0)
        rest = until - time.monotonic()
        if rest > 0:
            if rest > 3:
                self.say(f"the server takes {method} {route} again in {rest:.0f} s")
            self.waited += rest
            time.sleep(rest)

    def learn(self, method, route, headers):
        """Notes from the headers of an answer that the route's calls are used up, and until when."""
        if headers.get("X-RateLimit-Remaining") != "0" or "X-RateLimit-Reset" not in headers:
            return
        reset = int(headers["X-RateLimit-Reset"]) / 1000
        # The server's clock, not this machine's; the Date header has whole seconds.
        now = parsedate_to_datetime(headers["Date"]).timestamp() if "Date" in headers else time.time()
        self.closed_until[method, route] = time.monotonic() + min(max(reset - now, 0), 600) + 0.1

    def send(self, method, target, headers, body):
        """One request: status, headers, and the body as an object."""
        for attempt in (1, 2, 3):
            try:
                if self.connection is None:
                    self.connection = self.kind(*self.address, timeout=120)
                self.connection.request(method, self.base + target, body=body, headers=headers)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except (OSError, http.client.HTTPException):
                self.connection = None
                # A write that may have arrived is not sent again, unless the connection was never made.
                if attempt == 3 or (method != "GET" and attempt == 2):
                    raise
                time.sleep(attempt)
        try:
            parsed = json.loads(content)
        except ValueError:
            parsed = {"error": f"{len(content)} bytes that are not JSON ({answer.headers.get('Content-Type')})"}
        return answer.status, answer.headers, parsed if isinstance(parsed, dict) else {"list": parsed}
