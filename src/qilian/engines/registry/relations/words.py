"""How relations speak: what they are called, shares, filters."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from qilian.core.house.pages import Filter
from qilian.core.values.text import Text

from .kernel.relations import RELATIONS
from .models import PartyRelation

TITLE = Text("关联关系", "Relations of parties")
BEHIND = Text(
    "按持股过半数或协议控制逐层推算；持股比例按各层相乘、各路相加。",
    "Computed level by level by majority or agreement; shares are multiplied along each way and added.",
)


def named(row: PartyRelation) -> Text:
    """A relation as a sentence: who, in which relation, to whom."""
    kind = RELATIONS[row.kind]
    zh = f"{row.holder.name} {kind.zh} {row.held.name}"
    return Text(zh, f"{row.holder.name}: {kind.en[:1].lower()}{kind.en[1:]} {row.held.name}")


def percent(share: Decimal | None) -> str:
    """A share as per cent, without zeros behind; nothing for none."""
    return "" if share is None else f"{(share * 100).normalize():f}%"


def filters() -> Sequence[Filter]:
    """What narrows the list of relations."""
    return (
        Filter(
            "name",
            Text("名称", "Name"),
            lambda rows, said: rows.filter(Q(holder__name__contains=said) | Q(held__name__contains=said)),
        ),
        Filter(
            "party",
            Text("主体编码", "Code of the party"),
            lambda rows, said: rows.filter(Q(holder__code=said) | Q(held__code=said)),
        ),
        Filter("kind", Text("关系", "Relation"), lambda rows, said: rows.filter(kind=said), tuple(RELATIONS.items())),
    )
