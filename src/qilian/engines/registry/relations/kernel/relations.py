"""Relations between parties: what a new one must respect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qilian.core.values.text import Refusal, Text

from .holdings import Stake, over_subscribed

RELATIONS: Mapping[str, Text] = {
    "share": Text("出资", "Holds a share of"),
    "control": Text("实际控制", "Controls"),
    "branch": Text("设有分支机构", "Has the branch"),
    "related": Text("其他关联", "Is related to"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A dated relation: `holder` holds a share of, controls, or has `held`; both ends of the term are included."""

    holder: str
    held: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    share: Decimal | None = None

    def runs(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def check_relation(new: Relation, known: Iterable[Relation]) -> None:
    """Refuse what cannot be, given all relations that `held` is in.

    Refusals: `registry.relation.kind`, `.self`, `.term`, `.share`, `.twice`, `.over` (more than the whole held).
    """
    _check_alone(new)
    others = [each for each in known if each.kind == new.kind and each.held == new.held and _overlap(each, new)]
    if any(each.holder == new.holder for each in others):
        message = Text("这段时间已经登记了同样的关系。", "The same relation stands for this time already.")
        remedy = Text("请先终止原来的关系。", "End the earlier one first.")
        raise Refusal("registry.relation.twice", message, where="holder", remedy=remedy)
    for day in {new.valid_from, *(each.valid_from for each in others if new.runs(each.valid_from))}:
        on_day = [Stake(each.holder, each.held, each.share) for each in (*others, new) if each.runs(day)]
        if over_subscribed(on_day):
            total = sum((stake.share for stake in on_day if stake.share is not None), Decimal(0)) * 100
            message = Text(
                f"{day} 的出资比例合计 {total.normalize():f}%，超过 100%。",
                f"On {day} the shares add up to {total.normalize():f} %, more than the whole.",
            )
            raise Refusal("registry.relation.over", message, where="share")


def _check_alone(new: Relation) -> None:
    if new.kind not in RELATIONS:
        message = Text(f"没有“{new.kind}”这种关系。", f"There is no relation “{new.kind}”.")
        raise Refusal("registry.relation.kind", message, where="kind")
    if new.holder == new.held:
        message = Text("主体不能与自己建立关系。", "A party has no relation to itself.")
        raise Refusal("registry.relation.self", message, where="holder")
    if new.valid_to is not None and new.valid_to < new.valid_from:
        message = Text("终止日期早于起始日期。", "It ends before it begins.")
        raise Refusal("registry.relation.term", message, where="valid_to")
    sound = new.share is not None and 0 < new.share <= 1
    if (new.kind == "share" and not sound) or (new.kind != "share" and new.share is not None):
        message = Text(
            "出资比例要大于 0、不超过 100%，且只用于出资。", "A share is above 0 and at most 100 %, of shares only."
        )
        raise Refusal("registry.relation.share", message, where="share")


def _overlap(one: Relation, other: Relation) -> bool:
    ends = one.valid_to is None or other.valid_from <= one.valid_to
    return ends and (other.valid_to is None or one.valid_from <= other.valid_to)
