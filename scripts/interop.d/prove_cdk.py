"""Both of the CDK's standard suites: against the binary, and against an image through a stand-in for `docker`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from sandbox import Sandbox

here = Path(__file__).parent
project = Path(os.environ["PROJECT"])
# The suites take the connector's name from the folder's.
root = Path("source-rocket-chat")


def write_connector_folder(sandbox):
    """The folder the suites read: metadata, scenarios, and the configurations they name."""
    root.joinpath("secrets").mkdir(parents=True)
    shutil.copy(project / "metadata.yaml", root)
    shutil.copy(here / "cdk/acceptance-test-config.yml", root)
    configs = {"config": sandbox.config(), "wrong_token": sandbox.config(token="not-a-token-4711")}
    for name, config in configs.items():
        root.joinpath(f"secrets/{name}.json").write_text(json.dumps(config))


def pytest(file, *arguments):
    """Runs one suite; every test must pass, and none may be skipped but those named on the command line."""
    report = Path(f"{file}.xml").absolute()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    command += ["--rootdir", ".", "-W", "error::airbyte_cdk.test.standard_tests.DiscoveredCatalogWarning"]
    environment = os.environ | {"CONNECTOR_ROOT": str(root.absolute())}
    done = subprocess.run([*command, *arguments, str(here / "cdk" / file)], env=environment, timeout=1200)
    assert done.returncode == 0, f"{file} failed"
    count_skips(report)


def count_skips(report):
    """Fails on every skip whose reason is not that the scenario does not ask for this verb."""
    import xml.etree.ElementTree as xml

    cases = xml.parse(report).getroot().iter("testcase")
    skipped = [(case.get("name"), skip.get("message")) for case in cases for skip in case.iter("skipped")]
    allowed = ("does not run for scenario", "do not run for scenario")
    hidden = [entry for entry in skipped if not any(reason in entry[1] for reason in allowed)]
    assert not hidden, f"skipped: {hidden}"


with Sandbox(messages=800, limit="100000/60000") as sandbox:
    write_connector_folder(sandbox)
    image = yaml.safe_load(root.joinpath("metadata.yaml").read_text())["data"]["dockerRepository"]
    pytest("test_process.py", "-k", "not docker")
    os.environ["PATH"] = f"{here / 'cdk'}:{os.environ['PATH']}"
    # `backward` would ask Airbyte's registry for the published versions of this image; there are none.
    options = ["-k", "not backward", f"--connector-image={image}:dev", "--read-from-streams=all"]
    pytest("test_image.py", *options, "--read-scenarios=config")
