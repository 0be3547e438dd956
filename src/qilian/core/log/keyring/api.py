"""Public interface of the keyring; the command line reads it where there is no Django."""

from .disk import drop, ensure, load, merge, ring_path, turn
from .kernel import Key, Keyring

__all__ = ["Key", "Keyring", "drop", "ensure", "load", "merge", "ring_path", "turn"]
