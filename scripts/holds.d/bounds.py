"""Bounds of the built programs: memory, descriptors, time; what they say when they meet one; the variables of the environment."""

import json
import os
import re
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "interop.d"))

from landing import Copy
from sandbox import Sandbox
from way import Way

MEGABYTE = 1024
# Where the toolchain is installed, a crash starts its own reporter, which needs memory and a minute.
QUIET = {"SWIFT_BACKTRACE": "enable=no"}


class Result:
    """How a program ended, what it said, and the most memory it had, in KB."""

    def __init__(self, words, environment=None, limits=(), timeout=300, to=subprocess.PIPE):
        """Runs `words`; `limits` are pairs of a resource and its limit."""
        told = tempfile.NamedTemporaryFile()

        def prepare():
            for kind, limit in limits:
                resource.setrlimit(kind, (limit, limit))

        # `time` itself is under no limit that it would feel.
        words = ["/usr/bin/time", "-q", "-f", "%M %e %U", "-o", told.name, *map(str, words)]
        done = subprocess.run(
            words, stdout=to, stderr=subprocess.PIPE, timeout=timeout, env={**os.environ, **QUIET, **(environment or {})}, preexec_fn=prepare
        )
        self.code = done.returncode
        self.output = (done.stdout or b"").decode(errors="replace")
        self.errors = done.stderr.decode(errors="replace")
        numbers = told.read().decode().split()
        self.peak, self.seconds, self.user = int(numbers[-3]), float(numbers[-2]), float(numbers[-1])

    @property
    def messages(self):
        """The lines of standard output, parsed."""
        return [json.loads(line) for line in self.output.splitlines() if line]

    @property
    def text(self):
        """Everything that it said."""
        return self.output + self.errors


class Bounds:
    """The checks; each is a method, and says what it measured."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def config(self, name="config.json", **settings):
        """A configuration file."""
        path = self.folder / name
        path.write_text(json.dumps({"endpoint": "http://127.0.0.1:9", "token": "token-t", "user_id": "user-u"} | settings))
        return path

    def check(self, environment=None, limits=(), **settings):
        """What `check` answers."""
        return Result(["source-rocket-chat", "check", "--config", self.config(**settings)], environment, limits, timeout=60)

    # Files that never end or are none.

    def devices(self):
        """Devices, pipes and folders where files are expected."""
        config = self.config()
        for words in (
            ["check", "--config", "/dev/zero"], ["read", "--config", config, "--catalog", "/dev/zero"],
            ["read", "--config", config, "--catalog", self.catalog("users"), "--state", "/dev/zero"],
        ):
            result = Result(["source-rocket-chat", *words], timeout=60)
            assert result.code == 1 and "has more than 64 MB" in result.output, result.text[:500]
            assert result.peak < 200 * MEGABYTE, result.peak
        for place in (self.folder, "/dev/null", self.folder / "none"):
            result = Result(["source-rocket-chat", "check", "--config", place])
            assert result.code == 1 and "config_error" in result.output, result.text[:500]
        runner = ["airbyte-run", "sync", "--source", "source-rocket-chat", "--into", self.folder / "d.db"]
        result = Result([*runner, "--config", "/dev/zero"], timeout=60)
        assert result.code == 2 and "is a device" in result.errors, result.text[:500]
        result = Result(["airbyte-run", "sync", "--source", "source-rocket-chat", "--config", config, "--into", "/dev/null"])
        assert result.code == 2 and "device" in result.errors, result.text[:500]
        return "/dev/zero as configuration, catalog and state is refused in words"

    def catalog(self, *streams):
        """A catalog file."""
        path = self.folder / "catalog.json"
        entries = [{"stream": {"name": name, "json_schema": {}}, "sync_mode": "incremental", "destination_sync_mode": "append_dedup"} for name in streams]
        path.write_text(json.dumps({"streams": entries}))
        return path

    # Limits of the system.

    def descriptors(self):
        """Few descriptors are said in words; thirty-two suffice."""
        for count in (12, 20, 31):
            result = self.check(limits=[(resource.RLIMIT_NOFILE, count)])
            assert "ulimit -n" in result.output, f"{count}: {result.text[:500]}"
        with Sandbox(users=20, rooms=20, messages=300, limit="off") as sandbox:
            config = self.config(**sandbox.config())
            words = ["source-rocket-chat", "read", "--config", config, "--catalog", self.catalog("messages", "users", "room_members", "files")]
            result = Result(words, limits=[(resource.RLIMIT_NOFILE, 32)], timeout=120)
            assert result.code == 0, result.text[-800:]
            into = self.folder / "few.db"
            words = ["airbyte-run", "sync", "--source", "source-rocket-chat", "--config", config, "--into", into, "--streams", "users"]
            result = Result(words, limits=[(resource.RLIMIT_NOFILE, 40)], timeout=120)
            assert result.code == 0, result.text[-800:]
            few = Result(words, limits=[(resource.RLIMIT_NOFILE, 7)], timeout=120)
            assert few.code in (1, 2, 4) and re.search("open files|unable to open|descriptor", few.text), few.text[-800:]
        return "12 to 31 descriptors are refused in words, a sync runs with 32"

    def memory(self):
        """Little memory is said in words."""
        said_so = 0
        for kilobytes in (60_000, 80_000, 100_000, 150_000, 190_000):
            result = self.check(limits=[(resource.RLIMIT_AS, kilobytes * 1024)])
            # What the loader says of its libraries is a sentence, too.
            words = "ulimit -v|has crashed|failed to map"
            assert re.search(words, result.text), f"{kilobytes}: {result.code} {result.text[:500]}"
            said_so += 1
        with Sandbox(users=10, rooms=2, messages=100, limit="off") as sandbox, Way(sandbox.url) as way:
            way.strike(self.long_answer(150_000_000), spares=Way.BEGINNING)
            config = self.config(**sandbox.config() | {"endpoint": way.url})
            words = ["source-rocket-chat", "read", "--config", config, "--catalog", self.catalog("messages")]
            result = Result(words, limits=[(resource.RLIMIT_AS, 300_000 * 1024)], timeout=120)
            assert result.code != 0, "300 MB of address space hold no answer of 150 MB"
            last = [json.loads(line) for line in result.output.splitlines() if line][-1]
            assert last["type"] == "TRACE" and "memory" in last["trace"]["error"]["message"], result.output[-500:]
            assert "has crashed" in result.errors, result.errors[:500]
        return f"{said_so} limits from 60 to 190 MB of address space, and an answer larger than memory, all told in words"

    def crash(self):
        """A crash leaves a sentence in both places, and the signal that it was."""
        for number in (signal.SIGSEGV, signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGTRAP):
            listener = socket.create_server(("127.0.0.1", 0))
            config = self.config(endpoint=f"http://127.0.0.1:{listener.getsockname()[1]}")
            process = subprocess.Popen(
                ["source-rocket-chat", "check", "--config", config], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env={**os.environ, **QUIET},
            )
            # It waits for an answer now, as long as the connection is held.
            connection, _ = listener.accept()
            before = time.time() * 1000
            process.send_signal(number)
            output, errors = process.communicate(timeout=30)
            connection.close()
            listener.close()
            error = json.loads(output.decode().splitlines()[-1])["trace"]
            assert error["type"] == "ERROR" and error["error"]["failure_type"] == "system_error", output
            assert "has crashed" in error["error"]["message"] and b"has crashed" in errors, (output, errors)
            assert abs(error["emitted_at"] - before) < 60_000, error
            assert process.returncode == -number, process.returncode
        return "six signals, each with an error of the protocol, a sentence on standard error and its exit status"

    # What the way to the server looks like.

    def clear_text(self):
        """http:// to a host that is not this machine is warned of."""
        for host, is_warned in {
            "http://chat.example.invalid": True, "http://10.255.255.1:9": True, "http://127.0.0.1.example.invalid": True,
            "http://localhost:9": False, "http://127.0.0.1:9": False, "http://[::1]:9": False, "http://rocketchat:9": False,
            "https://chat.example.invalid": False,
        }.items():
            result = Result(["source-rocket-chat", "check", "--config", self.config(endpoint=host)], {"HTTP_PROXY": "http://127.0.0.1:9"}, timeout=60)
            assert ("clear text" in result.output) == is_warned, (host, result.text)
        return "eight addresses"

    def proxies(self):
        """HTTP_PROXY counts, http_proxy before it; NO_PROXY and a CGI script's header do not lead there."""
        with Sandbox(users=5, rooms=1, messages=10) as sandbox, Way(sandbox.url) as way, Way(sandbox.url) as other:
            settings = sandbox.config() | {"endpoint": "http://chat.example.invalid"}
            seen = []
            original = Way.ask
            Way.ask = lambda self, path, headers: (seen.append(self), original(self, path[path.index("/api") :], headers))[1]
            try:
                assert '"SUCCEEDED"' in self.check({"HTTP_PROXY": way.url}, **settings).output
                assert set(seen) == {way}
                seen.clear()
                assert '"SUCCEEDED"' in self.check({"HTTP_PROXY": way.url, "http_proxy": other.url}, **settings).output
                assert set(seen) == {other}
                seen.clear()
                for variables in ({"REQUEST_METHOD": "GET"}, {"NO_PROXY": "chat.example.invalid"}):
                    assert '"FAILED"' in self.check({"HTTP_PROXY": way.url, **variables}, **settings).output
                assert not seen
            finally:
                Way.ask = original
        return "HTTP_PROXY, http_proxy, NO_PROXY and REQUEST_METHOD"

    def tunnels(self):
        """A proxy that refuses the tunnel is told of, with what to do."""
        for status, words in {"403 Forbidden": "NO_PROXY", "407 Proxy Authentication Required": "wants a login", "502 Bad Gateway": "did not reach"}.items():
            listener = socket.create_server(("127.0.0.1", 0))

            def serve():
                while True:
                    try:
                        client, _ = listener.accept()
                    except OSError:
                        return
                    client.recv(65536)
                    client.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
                    client.close()

            threading.Thread(target=serve, daemon=True).start()
            proxy = f"http://joe:secret-word@127.0.0.1:{listener.getsockname()[1]}"
            result = self.check({"HTTPS_PROXY": proxy, "NO_PROXY": ""}, endpoint="https://chat.example.invalid")
            listener.shutdown(socket.SHUT_RDWR)
            assert '"FAILED"' in result.output and words in result.output and status[:3] in result.output, (status, result.text)
            assert "secret-word" not in result.text
        return "403, 407 and 502"

    def authorities(self):
        """SSL_CERT_FILE, SSL_CERT_DIR and certificates as forms mangle them."""
        key, certificate = self.folder / "key.pem", self.folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
            check=True, capture_output=True,
        )
        text = certificate.read_text()
        with Sandbox(users=5, rooms=1, messages=10) as sandbox, Way(sandbox.url) as way:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            front = socket.create_server(("127.0.0.1", 0))

            def serve():
                while True:
                    try:
                        client, _ = front.accept()
                        secure = context.wrap_socket(client, server_side=True)
                    except ssl.SSLError:
                        continue
                    except OSError:
                        return
                    from way import Connection

                    threading.Thread(target=Connection(way, secure).serve, daemon=True).start()

            threading.Thread(target=serve, daemon=True).start()
            settings = sandbox.config() | {"endpoint": f"https://localhost:{front.getsockname()[1]}"}
            assert "SSL_CERT_FILE" in self.check(**settings).output, "an unknown authority is not said"
            folder = self.folder / "certs"
            folder.mkdir()
            (folder / "cert.pem").write_text(text)
            subprocess.run(["openssl", "rehash", folder], check=True)
            for variables in ({"SSL_CERT_FILE": str(certificate)}, {"SSL_CERT_DIR": str(folder)}):
                result = self.check(variables, **settings)
                assert '"SUCCEEDED"' in result.output, (variables, result.text)
            forms = {
                "literal \\n": text.replace("\n", "\\n"), "literal \\r\\n": text.replace("\n", "\\r\\n"), "blanks": text.replace("\n", " "),
                "nothing": text.replace("\n", ""), "CRLF": text.replace("\n", "\r\n"), "indented": text.replace("\n", "\n   "),
                "a path": str(certificate),
            }
            for name, form in forms.items():
                assert '"SUCCEEDED"' in self.check(ca_certificate=form, **settings).output, name
            for name, form in {"a key": key.read_text(), "half a certificate": text[:300]}.items():
                assert "holds no whole certificate" in self.check(ca_certificate=form, **settings).output, name
            front.close()
        return f"two variables, {len(forms)} forms of a certificate, two that are none"

    # Memory and time.

    @staticmethod
    def long_answer(size, members=0):
        """Answers whose first message has `size` bytes: one text, or so many small members."""

        def strike(connection):
            truth = connection.truth()
            page = json.loads(truth.body)
            rows = page.get("result", {}).get("updated")
            if not rows:
                return connection.send(truth.raw())
            rows[0]["GIANT"] = 1
            if members:
                text = ",".join(f'"m{number}":{number % 10}' for number in range(members)).encode()
            else:
                text = b'"note":"' + b"x" * size + b'"'
            connection.send(truth.raw(json.dumps(page, separators=(",", ":")).encode().replace(b'"GIANT":1', text, 1)))

        return strike

    def read_struck(self, strike, streams=("messages",)):
        """One read of messages while `strike` answers for them."""
        with Sandbox(users=5, rooms=1, messages=30, limit="off") as sandbox, Way(sandbox.url) as way:
            way.strike(strike, spares=Way.BEGINNING)
            config = self.config(**sandbox.config() | {"endpoint": way.url, "concurrency": 1, "rooms": {"include": ["GENERAL"]}})
            return Result(["source-rocket-chat", "read", "--config", config, "--catalog", self.catalog(*streams)], timeout=300)

    def plain_sync(self):
        """The peak of a plain sync."""
        with Sandbox(users=200, rooms=40, messages=20_000, limit="off") as sandbox:
            config = self.config(**sandbox.config())
            result = Result(["source-rocket-chat", "read", "--config", config, "--catalog", self.catalog("messages", "users", "rooms")], timeout=300)
        rows = sum(line.startswith('{"type":"RECORD"') for line in result.output.splitlines())
        assert result.code == 0 and rows > 10_000, (result.code, rows)
        assert result.peak < 25 * MEGABYTE, f"{result.peak} KB"
        return f"{rows} rows, peak {result.peak / 1024:.1f} MB"

    def giant_record(self):
        """A record of 200 MB."""
        result = self.read_struck(self.long_answer(200_000_000))
        assert result.code == 0 and "longer than 10 MiB" in result.output, result.text[-800:]
        assert max(map(len, result.output.splitlines())) < 10 << 20
        assert result.peak < 450 * MEGABYTE, f"{result.peak} KB"
        return f"peak {result.peak / 1024:.0f} MB"

    def small_members(self):
        """Many small members of one record take time in proportion."""
        times = {}
        for count in (250_000, 500_000, 1_000_000, 2_000_000):
            result = self.read_struck(self.long_answer(0, members=count))
            assert result.code == 0, result.text[-800:]
            times[count] = (result.user, result.peak)
        # Twice the members, twice the time: within what a busy machine makes of it.
        assert times[2_000_000][0] < 20 * max(times[250_000][0], 0.05), times
        return ", ".join(f"{count}: {user:.2f} s, {peak / 1024:.0f} MB" for count, (user, peak) in times.items())

    def _sync(self, program, timeout):
        """One sync from a source that is this program."""
        source = self.folder / "source.py"
        source.write_text(program)
        source.chmod(0o755)
        command = ["airbyte-run", "sync", "--source", source, "--config", self.config(), "--into", self.folder / "s.db"]
        return Result(command, timeout=timeout)

    def many_errors(self):
        """A hundred thousand errors of 20 KB."""
        result = self._sync(ERRORS, timeout=900)
        assert result.code != 0 and "99980 more errors" in result.errors, result.errors[-500:]
        assert result.peak < 64 * MEGABYTE, f"{result.peak} KB"
        return f"peak of the runner {result.peak / 1024:.1f} MB, {result.seconds:.0f} s, {len(result.errors)} bytes on the screen"

    def endless_line(self):
        """A source that writes one line without end, on both outputs."""
        result = self._sync(ERRORS.replace("# BODY", LINE), timeout=600)
        assert result.code != 0 and "too long" in result.errors, result.errors[-500:]
        assert result.peak < 450 * MEGABYTE, f"{result.peak} KB"
        return f"1 GB in one line: peak {result.peak / 1024:.0f} MB"

    # The stand-in.

    def control_routes(self):
        """The stand-in takes no number from its control routes that it cannot mean."""
        with Sandbox(users=5, rooms=1, messages=10) as sandbox:
            tried = 0
            numbers = ("-1", "9223372036854775808", "9223372036854775807", "-9223372036854775808", "1e3", "NaN", "", "0x10", "٣", "1" * 4000)
            for route in ("live?steps=", "advance?milliseconds=", "lift?fault=", "fault?kind=slow&milliseconds=", "fault?kind=500&count=", "fault?kind=500&skip=", "fault?kind=500&every=", "fault?kind=500&probability=", "fault?kind=truncated&bytes=", "fault?kind=answer&status=", "fault?kind=edit&edit=shorten:rooms:", "prune?room=GENERAL&before=", "prune?room=GENERAL&pause=", "version?to="):
                for number in numbers:
                    request = urllib.request.Request(f"{sandbox.url}/_sandbox/{route}{urllib.parse.quote(number)}", method="POST")
                    try:
                        urllib.request.urlopen(request, timeout=30).read()
                    except urllib.error.HTTPError as error:
                        assert error.code == 400 and json.loads(error.read())["error"], route
                    tried += 1
                    assert sandbox.process.poll() is None, f"{route}{number} ended the stand-in"
            sandbox._request("POST", "/_sandbox/clear")
            assert sandbox.truth("users")
        return f"{tried} requests"


ERRORS = '''#!/usr/bin/env python3
import json, sys
verb = sys.argv[1]
say = lambda message: print(json.dumps(message))
if verb == "spec":
    say({"type": "SPEC", "spec": {"connectionSpecification": {"type": "object", "properties": {"token": {"type": "string", "airbyte_secret": True}}}}})
elif verb == "discover":
    say({"type": "CATALOG", "catalog": {"streams": [{"name": "t", "json_schema": {"properties": {"id": {"type": "string"}}}, "supported_sync_modes": ["full_refresh"], "source_defined_primary_key": [["id"]]}]}})
elif verb == "check":
    say({"type": "CONNECTION_STATUS", "connectionStatus": {"status": "SUCCEEDED"}})
else:
    # BODY
    for number in range(int(__import__("os").environ.get("ERRORS", "100000"))):
        error = {"message": f"{number} " + "x" * 10_000, "internal_message": "y" * 10_000, "failure_type": "system_error", "stream_descriptor": {"name": "t"}}
        say({"type": "TRACE", "trace": {"type": "ERROR", "emitted_at": 1, "error": error}})
    sys.exit(1)
'''
LINE = '''
    for _ in range(1000):
        sys.stdout.write("x" * 1_000_000)
        sys.stderr.write("y" * 1000)
    sys.exit(1)
'''

CHECKS = [name for name in vars(Bounds) if not name.startswith("_") and name not in ("config", "check", "catalog", "long_answer", "read_struck")]


def main():
    wanted = sys.argv[1:] or CHECKS
    wrong = 0
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            try:
                print(f"{name}: {getattr(Bounds(folder), name)()} ({time.monotonic() - began:.0f} s)", flush=True)
            except Exception as error:
                wrong += 1
                print(f"{name}: WRONG: {type(error).__name__}: {str(error)[:1500]}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
