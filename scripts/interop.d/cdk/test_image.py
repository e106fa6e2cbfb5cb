"""The CDK's image suite; the `docker` it finds on PATH is the stand-in beside this file."""

import os
from pathlib import Path

from airbyte_cdk.test.standard_tests.docker_base import DockerConnectorTestSuite


class TestImage(DockerConnectorTestSuite):
    @classmethod
    def get_connector_root_dir(cls):
        return Path(os.environ["CONNECTOR_ROOT"])
