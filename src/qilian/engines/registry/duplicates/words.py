"""How pairs of records speak: their two names, why they may be one, what differs."""

from collections.abc import Mapping

from qilian.core.house.pages import Colour, Status
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .kernel.likeness import REASONS
from .models import Duplicate

TITLE = Text("疑似重复", "Likely duplicates")
STATES: Mapping[str, Text] = {
    "open": Text("待认定", "To be decided"),
    "merged": Text("已合并", "Merged"),
    "different": Text("不是同一主体", "Two parties"),
}
_COLOURS: Mapping[str, Colour] = {"open": "amber", "merged": "grey", "different": "grey"}
WARNING = Text(
    "合并后不能拆回：被并入的记录不再办理业务，其代码指向保留的记录。",
    "A merger is not undone: the other record does no more business, and its code leads to the one that lives on.",
)
MOVES = Text("转到保留的记录", "goes to the record that lives on")
STAYS = Text("留在原记录，由原代码查到", "stays, and is found by its code")


def named(row: Duplicate) -> Text:
    """A pair by its two names."""
    return Text(f"{row.first.name} 与 {row.second.name}", f"{row.first.name} and {row.second.name}")


def status(row: Duplicate) -> Status:
    """Whether a pair waits, or what was decided."""
    return Status(STATES[row.state], _COLOURS[row.state])


def reasons(row: Duplicate) -> Text:
    """Why two records may be one, each reason with its points."""
    told = [(REASONS[name], points) for name, points in row.reasons]
    return Text(
        "，".join(f"{text.zh} {points:+d}" for text, points in told),
        ", ".join(f"{text.en} {points:+d}" for text, points in told),
    )


def kept(party: Party) -> Text:
    """A record as one chooses it: by name and code, since the names are often the same."""
    code = party.uscc or party.old_code
    zh, en = (f"（{code}）", f" ({code})") if code else ("", "")
    return Text(f"{party.name}{zh}", f"{party.name}{en}")


def difference(one: object, other: object) -> Status | str:
    """What to look at between two values: they differ, or only one record has any."""
    if one == other:
        return ""
    if not one or not other:
        return Status(Text("仅一方有", "only one has it"), "grey")
    return Status(Text("不同", "differs"), "amber")
