"""Actions to pick from where a right is given: by their name in words or their technical name."""

from collections.abc import Iterable

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.values.text import Text

from .actions import actions_named

_Action = tuple[str, Text]


def _fitting(_me: Principal, words: str) -> Iterable[_Action]:
    """The actions whose name has the words; patterns last, because they are wide."""
    asked = words.lower()
    found = [
        (name, title) for name, title in actions_named().items() if asked in f"{name} {title.zh} {title.en.lower()}"
    ]
    return sorted(found, key=lambda each: each[0].endswith("*"))


def _named(_me: Principal, written: str) -> Iterable[_Action]:
    """The action of a technical name or of exactly these words."""
    return [
        (name, title)
        for name, title in actions_named().items()
        if written in (name, title.zh) or written.lower() == title.en.lower()
    ]


def _shown(row: _Action) -> Choice:
    name, title = row
    return Choice(name, title, name)


ACTIONS = Source(
    name="right",
    title=Text("权限", "rights"),
    asks=Text("权限的名称或代号", "the words or the name of a right"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    gives=lambda row: row[0],
)
