"""metadata.yaml by Airbyte's newest model, and the version the same wherever it is written."""

import os
import re
import subprocess
from pathlib import Path

import yaml
from airbyte_connector_models.metadata.v0.connector_metadata_definition_v0 import ConnectorMetadataDefinitionV0

import connector

project = Path(os.environ["PROJECT"])
document = yaml.safe_load(project.joinpath("metadata.yaml").read_text())
# By alias only: a key in any other spelling must not pass.
model = ConnectorMetadataDefinitionV0.model_validate(document)
data = model.data

official = "921d9608-3915-450b-8078-0af18801ea1b"
assert str(data.definition_id) != official, "this id belongs to Airbyte's own connector"

dockerfile = project.joinpath("Dockerfile").read_text()
labels = dict(re.findall(r'(\S+)="([^"]*)"', dockerfile))
assert labels["io.airbyte.name"] == data.docker_repository, labels
# Whoever follows one page meets the same image on the next.
for page in ("README.md", "Dockerfile", "docs/airbyte-platform.md", "docs/pyairbyte.md"):
    images = re.findall(r"([\w./-]*source-rocket-chat):(\d[\d.]*)", project.joinpath(page).read_text())
    assert images, page
    for name, tag in images:
        assert name.removeprefix("REGISTRY/") == data.docker_repository and tag == data.docker_image_tag, (page, name, tag)
assert labels["io.airbyte.version"] == data.docker_image_tag, labels
assert labels["org.opencontainers.image.version"] == data.docker_image_tag, labels

source = project.joinpath("Sources/RocketChatSource/Version.swift").read_text()
assert f'"{data.docker_image_tag}"' in source, "Version.swift has another version"
shown = subprocess.run([connector.COMMAND, "--version"], capture_output=True, text=True, check=True).stdout
assert data.docker_image_tag in shown, f"the binary says {shown!r}"

spec = connector.run("spec").messages("SPEC")[0]["spec"]
assert str(data.documentation_url) == spec["documentationUrl"], "metadata.yaml and spec.json document different pages"
hosts = data.allowed_hosts.hosts
assert all(host[2:-1] in spec["connectionSpecification"]["properties"] for host in hosts), hosts

icon = project.joinpath(data.icon).read_text()
assert icon.lstrip().startswith("<svg"), "the icon is not an SVG"
print(f"metadata.yaml is valid; {data.docker_repository}:{data.docker_image_tag} everywhere")
