"""Runs the Python of docs/pyairbyte.md from top to bottom; only the addresses are exchanged.

The caches of cloud services connect as soon as they are made, so of their examples the settings' names are checked.
"""

import ast
import os
import re
from pathlib import Path

from airbyte import caches

from postgres_server import PostgresServer
from sandbox import Sandbox

page = Path(os.environ["PROJECT"], "docs/pyairbyte.md").read_text()
blocks = re.findall(r"^```python\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
assert len(blocks) > 8, "the page has lost its examples"

CLOUDS = ("SnowflakeCache", "BigQueryCache", "MotherDuckCache")


def check_names(block, cache):
    """Every keyword of the example is a setting of that cache."""
    fields = getattr(caches, cache).model_fields
    known = set(fields) | {field.alias for field in fields.values()}
    call = next(node for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call) and node.func.id == cache)
    unknown = {keyword.arg for keyword in call.keywords} - known
    assert not unknown, f"{cache} has no {unknown}"


with Sandbox(messages=500) as sandbox, PostgresServer() as server:
    config = sandbox.config()
    os.environ |= {"ROCKET_CHAT_TOKEN": config["token"], "ROCKET_CHAT_USER_ID": config["user_id"]}
    os.environ["POSTGRES_PASSWORD"] = "not-asked"
    names = {}
    for block in blocks:
        if cloud := next((name for name in CLOUDS if name in block), None):
            check_names(block, cloud)
            continue
        code = block.replace("https://chat.example.com", sandbox.url).replace("5432", str(server.port))
        exec(compile(code, "docs/pyairbyte.md", "exec"), names)
    assert names["texts"] and names["rows"][0] == len(names["alive"])
    assert names["table"].num_rows == len(names["messages"])
    said = names["alive"][names["alive"]["t"].isna() & (names["alive"]["msg"].fillna("") != "")]
    assert sorted(text.metadata["_id"] for text in names["texts"]) == sorted(said["_id"]), "documents are not what was said"
print(f"{len(blocks) - len(CLOUDS)} examples ran, {len(CLOUDS)} name settings that exist")
