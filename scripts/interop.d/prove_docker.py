"""PyAirbyte with `docker_image=`; the `docker` it finds is a stand-in, as no engine runs here (cdk/docker)."""

import os
from pathlib import Path

import airbyte as ab
import yaml

from copy_check import check_copy
from sandbox import Sandbox

os.environ["PATH"] = f"{Path(__file__).parent / 'cdk'}:{os.environ['PATH']}"
metadata = yaml.safe_load(Path(os.environ["PROJECT"], "metadata.yaml").read_text())["data"]
image = f"{metadata['dockerRepository']}:{metadata['dockerImageTag']}"

with Sandbox(messages=500) as sandbox:
    source = ab.get_source("source-rocket-chat", docker_image=image, use_host_network=True, config=sandbox.config())
    source.check()
    source.select_streams(["messages", "channels"])
    cache = ab.new_local_cache("image", cache_dir=Path("cache"))
    source.read(cache=cache)
    for stream in ("messages", "channels"):
        more = sandbox.channels() if stream == "channels" else frozenset()
        check_copy(stream, cache[stream].to_pandas(), sandbox.truth(stream), more)
