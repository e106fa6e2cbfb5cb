"""Starts the image as the Airbyte platform does: the entrypoint replaced by a shell, files in /config and /source."""

import json
import os
import subprocess
import threading

import connector

CHECK = 'eval "$AIRBYTE_ENTRYPOINT {verb} --config /config/connectionConfiguration.json" > /config/jobOutput.json'

# The platform's wrapper: the connector in the background, a watcher that ends it when the orchestrator asks, and the
# exit code left in a file that appears in one step.
READ = """
eval "$AIRBYTE_ENTRYPOINT read --config /source/connectorConfig.json --catalog /source/catalog.json {state}" \
    > /source/stdout 2> /source/stderr &
child=$!
(while test ! -f /source/TERMINATED; do sleep 1; done; kill $child) > /dev/null 2>&1 &
watcher=$!
wait $child
code=$?
kill $watcher
echo $code > /source/exitCode.tmp
mv /source/exitCode.tmp /source/exitCode.txt
exit $code
"""


def check_platform(image, sandbox, folder):
    """check and discover, then a read and a continued read through fifos, as user 1000."""
    config_folder = volume(folder / "config")
    (config_folder / "connectionConfiguration.json").write_text(json.dumps(sandbox.config()))
    how = {"mounts": [(config_folder, "/config")], "workdir": "/config"}
    outputs = []
    for verb in ("check", "discover"):
        image.shell(CHECK.format(verb=verb), **how)
        outputs.append([json.loads(line) for line in (config_folder / "jobOutput.json").read_text().splitlines()])
    status = [m["connectionStatus"]["status"] for m in outputs[0] if m["type"] == "CONNECTION_STATUS"]
    assert status == ["SUCCEEDED"], outputs[0]
    catalog = connector.configured([m["catalog"] for m in outputs[1] if m["type"] == "CATALOG"][0])

    first = read(image, sandbox, volume(folder / "source"), catalog)
    sandbox.live(50)
    again = read(image, sandbox, volume(folder / "source-again"), catalog, connector.states(first))
    counts = [len(run.messages("RECORD")) for run in (first, again)]
    assert 0 < counts[1] < counts[0], counts
    print(f"as the platform: check, discover, read {counts[0]} records, then {counts[1]} from its state")


def read(image, sandbox, source, catalog, state=None):
    """One read through the wrapper; both fifos are drained by threads, as the orchestrator does."""
    (source / "connectorConfig.json").write_text(json.dumps(sandbox.config()))
    (source / "catalog.json").write_text(json.dumps(catalog))
    if state is not None:
        (source / "inputState.json").write_text(json.dumps(state))
    read_bytes = {}
    threads = []
    for name in ("stdout", "stderr"):
        os.mkfifo(source / name)
        (source / name).chmod(0o666)
        threads.append(threading.Thread(target=drain, args=(source / name, read_bytes)))
        threads[-1].start()
    script = READ.format(state="" if state is None else "--state /source/inputState.json")
    command = image.command(
        "/bin/sh", "-c", script, mounts=[(source, "/source")], workdir="/source", replace_entrypoint=True
    )
    code = subprocess.run(command, timeout=300).returncode
    for thread in threads:
        thread.join(timeout=10)
    left = (source / "exitCode.txt").read_text().strip()
    assert code == 0 and left == "0", (code, left, read_bytes["stderr"][-500:], read_bytes["stdout"][-500:])
    return connector.Run([], code, read_bytes["stdout"], read_bytes["stderr"])


def drain(path, into):
    """Reads a fifo to its end."""
    with open(path, "rb") as pipe:
        into[path.name] = pipe.read()


def volume(path):
    """A folder the container's user may write, as the platform's volumes are."""
    path.mkdir()
    path.chmod(0o777)
    return path
