"""Both of the CDK's standard suites: against the binary, and against an image through a stand-in for `docker`."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

from sandbox import Sandbox

suites = Path(__file__).parent / "cdk"
project = Path(os.environ["PROJECT"])
# The suites take the connector's name from the folder's.
root = Path("source-rocket-chat").absolute()


def write_connector_folder(sandbox):
    """The folder the suites read: metadata, and the configurations that the scenarios name."""
    root.joinpath("secrets").mkdir(parents=True)
    shutil.copy(project / "metadata.yaml", root)
    configs = {"config": sandbox.config(), "wrong_token": sandbox.config(token="not-a-token-4711")}
    for name, config in configs.items():
        root.joinpath(f"secrets/{name}.json").write_text(json.dumps(config))


def run(suite, scenario, selected, *options):
    """Runs the selected tests of one suite with one scenario: all pass, none is skipped."""
    shutil.copy(suites / f"{scenario}.yml", root / "acceptance-test-config.yml")
    report = Path(f"{suite}-{scenario}.xml").absolute()
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "--rootdir", "."]
    command += ["-p", "airbyte_cdk.test.standard_tests.pytest_hooks", f"--junitxml={report}", "-k", selected]
    # What the suite calls advisory fails here too.
    command += ["-W", "error::airbyte_cdk.test.standard_tests.DiscoveredCatalogWarning"]
    command += ["-W", "ignore::pytest.PytestUnknownMarkWarning", *options, str(suites / f"test_{suite}.py")]
    done = subprocess.run(
        command, env=os.environ | {"CONNECTOR_ROOT": str(root)}, stdout=subprocess.PIPE, text=True, timeout=1200
    )
    assert done.returncode == 0, f"{suite}, {scenario}:\n{done.stdout}"
    cases = list(xml.parse(report).getroot().iter("testcase"))
    skipped = [(case.get("name"), skip.get("message")) for case in cases for skip in case.iter("skipped")]
    assert not skipped, f"{suite}, {scenario}: skipped {skipped}"
    print(f"CDK's {suite} suite, {scenario}: {len(cases)} passed, none skipped")


with Sandbox(messages=800, limit="off") as sandbox:
    write_connector_folder(sandbox)
    # The source suite inherits the image suite's tests, which come below.
    run("process", "works", "not docker")
    run("process", "wrong_token", "test_check")

    os.environ["PATH"] = f"{suites}:{os.environ['PATH']}"
    name = yaml.safe_load(root.joinpath("metadata.yaml").read_text())["data"]["dockerRepository"]
    image = (f"--connector-image={name}:dev", "--read-from-streams=all")
    # `backward` would ask Airbyte's registry for published versions of this image; there are none.
    run("image", "works", "not backward", *image)
    run("image", "wrong_token", "build_and_check", *image)
