"""The CDK driving a manifest, as images of low-code connectors do: MANIFEST VERB [--config FILE] [--catalog FILE].

The command that comes with the CDK answers `spec` for itself instead of the manifest, unless it runs in such an image.
"""

import sys

from airbyte_cdk.entrypoint import AirbyteEntrypoint, launch
from airbyte_cdk.sources.declarative.yaml_declarative_source import YamlDeclarativeSource

manifest, *arguments = sys.argv[1:]
files = AirbyteEntrypoint.parse_args(arguments)
source = YamlDeclarativeSource(
    path_to_yaml=manifest,
    config=YamlDeclarativeSource.read_config(files.config) if "config" in files else None,
    catalog=YamlDeclarativeSource.read_catalog(files.catalog) if "catalog" in files else None,
    config_path=files.config if "config" in files else None,
)
launch(source, arguments)
