"""The CDK's source suite; its in-process runner is replaced by one that starts the binary."""

import os
import subprocess
from pathlib import Path

from airbyte_cdk.test import entrypoint_wrapper
from airbyte_cdk.test.standard_tests.source_base import SourceTestSuiteBase


def run_binary(source, args, expected_outcome=None):
    """What the suite calls to run a verb: same arguments, same result, but a process."""
    done = subprocess.run(["source-rocket-chat", *args], capture_output=True, text=True, timeout=600)
    failure = subprocess.CalledProcessError(done.returncode, done.args) if done.returncode else None
    return entrypoint_wrapper.EntrypointOutput(messages=done.stdout.splitlines(), uncaught_exception=failure)


entrypoint_wrapper._run_command = run_binary


class Binary:
    """Passes for a Python connector; the runner above never calls it."""

    def spec(self, logger):
        raise NotImplementedError


class TestProcess(SourceTestSuiteBase):
    connector = Binary

    @classmethod
    def get_connector_root_dir(cls):
        return Path(os.environ["CONNECTOR_ROOT"])
