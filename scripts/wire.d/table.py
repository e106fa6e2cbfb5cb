"""The published table of the faults on the wire."""

import json
from pathlib import Path


def write(results, path):
    """Keeps the results."""
    Path(path).write_text(json.dumps(results, indent=1))
