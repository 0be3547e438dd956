"""The moment at which every test begins, in Shanghai, whatever day it is: `./qilian test --on` declares another."""

import os
from datetime import datetime

from qilian.core.values.clock import SHANGHAI

ON = "QILIAN_TEST_ON"
ORDINARY = "2026-11-24T10:00"
"""A working day in the middle of everything."""


def moment(written: str = "") -> datetime:
    """Return a moment as it is written, by default the declared one."""
    return datetime.fromisoformat(written or os.environ.get(ON, ORDINARY)).replace(tzinfo=SHANGHAI)
