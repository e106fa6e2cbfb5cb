"""The switch that is on: a run has one."""

import sys

SWITCH = sys.argv[1]


def on(*names):
    return SWITCH in names
