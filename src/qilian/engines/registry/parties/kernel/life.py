"""What may happen to a party in each state: suspended and closed ones may reopen, merged ones rest."""

from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Refusal, Text

from .kinds import STATUSES, Status

# What may become of a party, by its state. Merging is decided by `check_merge`.
_NEXT = {
    "active": ("suspended", "closed"),
    "suspended": ("active", "closed"),
    "closed": ("active",),
    "merged": (),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """What decides on a party's changes: its state since a day, its name, and the name it was merged into."""

    status: Status
    since: date
    name: str
    survivor: str = ""


def changed(registration: Registration, status: Status, on: date, today: date) -> Registration:
    """The registration after a change of state on a day.

    Refusals: `registry.party.merged`, `registry.party.state`, `registry.day.future`, `registry.day.before`.
    """
    refuse_merged(registration)
    if status not in _NEXT[registration.status]:
        now, then = STATUSES[registration.status], STATUSES[status]
        message = Text(
            f"“{registration.name}”现为“{now.zh}”，不能变更为“{then.zh}”。",
            f"“{registration.name}” is {now.en.lower()}; it cannot become {then.en.lower()}.",
        )
        raise Refusal("registry.party.state", message, where="status")
    check_day(on, today)
    if on < registration.since:
        message = Text(
            f"{on} 早于现状态的起始日 {registration.since}。", f"{on} is before {registration.since}, its last change."
        )
        raise Refusal("registry.day.before", message, where="on")
    return Registration(status, on, registration.name)


def refuse_merged(registration: Registration) -> None:
    """Refuse to change what was merged: `registry.party.merged` names the record that lives on."""
    if registration.status == "merged":
        raise Refusal(
            "registry.party.merged",
            Text(
                f"“{registration.name}”已于 {registration.since} 并入“{registration.survivor}”，"
                "不能再办理，也不能拆回。",
                f"“{registration.name}” was merged into “{registration.survivor}” on {registration.since}: "
                "it takes no change and is not split off again.",
            ),
            where="party",
            remedy=Text(
                f"请在“{registration.survivor}”的页面办理；合并有误的，请以其代码重新登记。",
                f"Act on the page of “{registration.survivor}”; if the merger was wrong, register anew by the code.",
            ),
        )


def refuse_closed(registration: Registration) -> None:
    """Refuse to let a party act that is no longer there: `registry.party.closed`, `.suspended` or `.merged`."""
    refuse_merged(registration)
    if registration.status == "closed":
        raise Refusal(
            "registry.party.closed",
            Text(
                f"“{registration.name}”已于 {registration.since} 注销，不能再办理业务。",
                f"“{registration.name}” was closed on {registration.since}: it can do no more business.",
            ),
            where="party",
            remedy=Text("如登记有误，请联系登记机关恢复。", "If this is wrong, ask the registry to reopen it."),
        )
    if registration.status == "suspended":
        raise Refusal(
            "registry.party.suspended",
            Text(
                f"“{registration.name}”自 {registration.since} 起停业。",
                f"“{registration.name}” is suspended since {registration.since}.",
            ),
            where="party",
            remedy=Text("请先办理恢复营业。", "Have it reopened first."),
        )


def check_merge(survivor: Registration, other: Registration, *, same: bool) -> None:
    """Refuse to merge a record with itself, or with one that was merged before: `registry.merge.same`, `.merged`."""
    if same:
        raise Refusal("registry.merge.same", Text("这是同一条记录。", "This is the same record."), where="other")
    refuse_merged(other)
    refuse_merged(survivor)


def check_day(on: date, today: date, where: str = "on") -> None:
    """Refuse a day that is still to come: `registry.day.future`."""
    if on > today:
        message = Text(f"{on} 还没有到。", f"{on} is still to come.")
        raise Refusal("registry.day.future", message, where=where)


def check_reason(reason: str) -> str:
    """A reason without blanks around it; Refusal `registry.reason.empty` when nothing is left."""
    said = reason.strip()
    if not said:
        raise Refusal("registry.reason.empty", Text("请写明原因。", "Give the reason."), where="reason")
    return said[:300]
