"""Starts the image as PyAirbyte's `docker_image=` does: read-only files in mounted folders, no user given; and as
runners do that start it under the caller's own id, which the image's passwd does not know."""

import json

import connector


def check_pyairbyte(image, sandbox, folder):
    """All four verbs with the image's own user, with a stranger's and with root."""
    shared = folder / "tmp"
    shared.mkdir()
    files = {"config": sandbox.config()}
    for name, user in (("the image's user", None), ("another user", "4711:4711"), ("root", "0:0")):
        write(shared, files)
        how = {"mounts": [(folder, "/local"), (shared, "/airbyte/tmp")], "user": user}
        config = ("--config", "/airbyte/tmp/config.txt")
        assert messages(image.run("spec", **how), "SPEC")
        status = messages(image.run("check", *config, **how), "CONNECTION_STATUS")[0]["connectionStatus"]
        assert status["status"] == "SUCCEEDED", status
        catalog = messages(image.run("discover", *config, **how), "CATALOG")[0]["catalog"]
        write(shared, files | {"catalog": connector.configured(catalog), "state": []})
        inputs = ("--catalog", "/airbyte/tmp/catalog.txt", "--state", "/airbyte/tmp/state.txt")
        records = messages(image.run("read", *config, *inputs, **how), "RECORD")
        assert records
        print(f"as PyAirbyte, under {name}: spec, check, discover, read {len(records)} records")
    check_unreadable(image, shared)


def check_unreadable(image, shared):
    """A configuration of somebody else is refused with a sentence, not with a crash."""
    secret = shared / "secret.txt"
    secret.write_text("{}")
    secret.chmod(0o600)
    done = image.run("discover", "--config", "/airbyte/tmp/secret.txt", mounts=[(shared, "/airbyte/tmp")])
    errors = [json.loads(line)["trace"]["error"] for line in done.stdout.splitlines() if '"ERROR"' in line]
    assert done.returncode == 1 and errors and "secret.txt" in errors[0]["message"], done


def write(folder, files):
    """Files as PyAirbyte writes them: a .txt suffix, mode 0444."""
    for name, content in files.items():
        path = folder / f"{name}.txt"
        path.unlink(missing_ok=True)
        path.write_text(json.dumps(content))
        path.chmod(0o444)


def messages(done, kind):
    """The messages of one type; the run must have succeeded."""
    assert done.returncode == 0, (done.returncode, done.stdout[-500:], done.stderr[-500:])
    return [m for m in map(json.loads, done.stdout.splitlines()) if m["type"] == kind]
