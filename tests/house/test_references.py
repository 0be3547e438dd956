"""No page shows a raw reference: whatever kind of record the house names, somebody says what one is called."""

import re

import django
from tests.house.source import SRC

from qilian.core.house.parts.api import parts
from qilian.core.log.sentences.api import noun_of

django.setup()
_WRITTEN = re.compile(r'\bRef\("([a-z]+\.[a-z_]+)"')
_EXAMPLES = {"spine.clause"}
"""Kinds that stand in docstrings only."""


def unnamed(texts: list[str]) -> set[str]:
    list(parts())
    kinds = {kind for text in texts for kind in _WRITTEN.findall(text)} - _EXAMPLES
    return {kind for kind in kinds if str(noun_of(f"{kind}:x")) == f"{kind}:x"}


def test_every_kind_of_record_has_a_noun() -> None:
    assert unnamed([path.read_text(encoding="utf-8") for path in (SRC / "qilian").rglob("*.py")]) == set()


def test_a_kind_that_nobody_names_is_caught() -> None:
    assert unnamed(['Ref("planted.thing", row.code)']) == {"planted.thing"}
