"""Public interface of processes: telling them apart, ending them, and a guardian that runs a needed server."""

from qilian.core.machine.processes.guardian import Order, spawn
from qilian.core.machine.processes.living import (
    bare_environment,
    birth,
    command_line,
    dies_with_parent,
    end,
    group_members,
    send,
    wait_until,
)

__all__ = [
    "Order",
    "bare_environment",
    "birth",
    "command_line",
    "dies_with_parent",
    "end",
    "group_members",
    "send",
    "spawn",
    "wait_until",
]
