"""A small source that keeps every rule, and on demand breaks one or is odd: `python3 source SWITCH VERB ...`.

SWITCH is `good`, a fault or an oddity; faults.py lists them. Three streams: `users` and `events` are incremental, `settings`
is not. What it reads stands still.
"""

import os
import sys

# -I leaves the folder of a file out of the path, and to run the file starts sooner than to run its folder.
sys.path.insert(0, os.path.dirname(__file__))

from command import main
from endings import end_on_a_closed_pipe

try:
    main()
    sys.stdout.flush()
except BrokenPipeError:
    end_on_a_closed_pipe()
