"""Verbs on units: a new name, a succession, a decided roster."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values.text import Ref, Refusal, Text

from .events import RosterDecided, SuccessionRecorded, UnitNamed
from .kernel import Succession, refuse_cycle
from .models import Unit, UnitMember, UnitName, UnitSuccession
from .queries import recorded_successions

EDIT = "units.edit"


@transaction.atomic
def name_unit(
    *, actor: Principal, unit: Unit, zh: str, en: str, valid_from: date, source: str, kind: str = "full"
) -> UnitName:
    """Give a unit a name from a day on; its former name of the same kind ends the day before, an alias ends none.

    Refusals: `grants.denied` without `units.edit`, `units.name.empty`, `units.source`, `units.name.taken` when it
    already bears the name from that day.
    """
    require(actor, EDIT, _scope(unit))
    if not zh.strip():
        raise Refusal("units.name.empty", Text("没有填写名称。", "No name is given."), where="zh")
    _lock(unit)
    held = UnitName.objects.filter(unit=unit, kind=kind)
    if held.filter(zh=zh.strip(), valid_from=valid_from).exists():
        raise Refusal("units.name.taken", Text("这个名称已经登记。", "This name is recorded already."), where="zh")
    if kind != "alias":
        before = Q(valid_from__isnull=True) | Q(valid_from__lt=valid_from)
        running = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
        held.filter(before, running).update(valid_to=valid_from - timedelta(days=1))
    facts = {"zh": zh.strip(), "en": en.strip(), "valid_from": valid_from, "source": _source(source)}
    row = UnitName.objects.create(unit=unit, kind=kind, **facts)
    emit(UnitNamed(kind, row.zh, row.en, valid_from, row.source), actor=actor, subject=_ref(unit), unit=unit.slug)
    return row


@transaction.atomic
def record_succession(
    *, actor: Principal, predecessor: Unit, successor: Unit, on: date, source: str, scope: str = ""
) -> UnitSuccession:
    """Record that duties passed from one unit to another on a day; without a scope all of them, and the first one ends.

    Refusals: `grants.denied`, `units.source`, `units.succession.cycle`, `units.succession.twice`.
    """
    require(actor, EDIT, _scope(predecessor))
    _lock(predecessor)
    step = Succession(predecessor.slug, successor.slug, on, scope.strip())
    known = recorded_successions()
    if any((each.predecessor, each.successor, each.on) == (step.predecessor, step.successor, on) for each in known):
        message = Text("这次承接已经登记。", "This succession is recorded already.")
        raise Refusal("units.succession.twice", message, where="on")
    refuse_cycle([*known, step])
    facts = {"scope": step.scope, "source": _source(source), "verified": True}
    row = UnitSuccession.objects.create(predecessor=predecessor, successor=successor, on=on, **facts)
    if not step.scope:
        Unit.objects.filter(pk=predecessor.pk, valid_to__isnull=True).update(valid_to=on - timedelta(days=1))
    body = SuccessionRecorded(step.predecessor, step.successor, on, step.scope, row.source)
    emit(body, actor=actor, subject=_ref(predecessor), unit=predecessor.slug)
    return row


@transaction.atomic
def decide_members(
    *, actor: Principal, collective: Unit, members: Sequence[Unit], valid_from: date, source: str
) -> None:
    """Record a decision on which units belong to a collective from a day on; who is not named leaves the day before.

    Refusals: `grants.denied`, `units.source`, `units.roster.kind` unless it is a collective, `units.roster.empty`,
    `units.roster.itself`.
    """
    require(actor, EDIT, _scope(collective))
    _check_roster(collective, members)
    _lock(collective)
    wanted = {unit.pk: unit for unit in members}
    running = UnitMember.objects.filter(collective=collective).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    )
    leaving = running.exclude(unit__in=wanted)
    leaving.filter(valid_from__gte=valid_from).delete()
    leaving.update(valid_to=valid_from - timedelta(days=1))
    staying = set(running.values_list("unit", flat=True))
    written = _source(source)
    UnitMember.objects.bulk_create(
        UnitMember(collective=collective, unit=unit, valid_from=valid_from, source=written)
        for key, unit in wanted.items()
        if key not in staying
    )
    Unit.objects.filter(pk=collective.pk).update(members_known=True)
    slugs = tuple(unit.slug for unit in sorted(wanted.values(), key=lambda unit: (unit.order, unit.pk)))
    body = RosterDecided(slugs, len(slugs), valid_from, written)
    emit(body, actor=actor, subject=_ref(collective), unit=collective.slug)


def _check_roster(collective: Unit, members: Sequence[Unit]) -> None:
    if collective.kind != "collective":
        message = Text("只有集合单位才有成员。", "Only a collective has members.")
        raise Refusal("units.roster.kind", message, where=collective.slug)
    if not members:
        raise Refusal("units.roster.empty", Text("没有选择成员单位。", "No member is chosen."), where="members")
    if any(unit.pk == collective.pk for unit in members):
        message = Text("集合不能是自己的成员。", "A collective is not a member of itself.")
        raise Refusal("units.roster.itself", message, where="members")


def _lock(unit: Unit) -> None:
    Unit.objects.select_for_update().get(pk=unit.pk)


def _source(written: str) -> str:
    if not written.strip():
        raise Refusal(
            "units.source",
            Text("没有写明依据。", "No source is given."),
            where="source",
            remedy=Text("请填写文件名称或文号。", "Give the title or the number of the document."),
        )
    return written.strip()


def _scope(unit: Unit) -> Scope:
    return Scope(unit=unit.slug, region=unit.region)


def _ref(unit: Unit) -> Ref:
    return Ref("core.unit", unit.slug)
