"""`./qilian keys`: which keys seal personal data, a fresh one, the end of old ones."""

import argparse
import sys
from collections.abc import Sequence

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values.text import Text

from .queries import values_by_key
from .ring import ring
from .services import retire_keys, turn_key

_CURRENT = Text("现用", "current")
_NONE = Text("没有可销毁的旧密钥。", "There is no old key to retire.")


def main(arguments: Sequence[str]) -> int:
    """Do what the word after `keys` says: status, rotate, retire."""
    parser = argparse.ArgumentParser(prog="./qilian keys", description=__doc__)
    parser.add_argument("word", choices=("status", "rotate", "retire"))
    word = parser.parse_args(arguments).word
    with acting(SYSTEM):
        lines = {"status": _status, "rotate": _rotate, "retire": _retire}[word]()
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _status() -> list[str]:
    keys, counts = ring(), values_by_key()
    lines = [f"{name}  {keys.keys[name].made[:19]}  {counts[name]:>10}" for name in keys.ids]
    return [f"{lines[0]}  {_CURRENT}", *lines[1:]]


def _rotate() -> list[str]:
    name = turn_key(actor=SYSTEM)
    return [str(Text(f"现用密钥 {name}；后台正在重新加密。", f"Key {name} is current; the worker seals all anew."))]


def _retire() -> list[str]:
    gone = retire_keys(actor=SYSTEM)
    return [str(Text(f"已销毁密钥 {name}。", f"Key {name} is destroyed.")) for name in gone] or [str(_NONE)]
