"""Verbs on units: enter one, a new name, a succession, a decided roster."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values.text import Ref, Refusal, Text, refuse_all

from .events import RosterDecided, SuccessionRecorded, UnitNamed, UnitRegistered
from .kernel import KINDS, Succession, refuse_cycle
from .models import Unit, UnitMember, UnitName, UnitSuccession
from .queries import recorded_successions

EDIT = "units.edit"


@transaction.atomic
def register_unit(
    *,
    actor: Principal,
    kind: str,
    name: Text,
    source: str,
    full: Text | None = None,
    region: str = "",
    valid_from: date | None = None,
) -> Unit:
    """Enter a unit with its short name and, where it differs, its full one, from a day on (open: since ever).

    It stands last in official order, its slug is made here. Refusals, all at once: `grants.denied` without
    `units.edit`, `units.name.empty`, `units.name.taken` while another unit bears the name, `units.kind`,
    `units.source`.
    """
    require(actor, EDIT, Scope(region=region))
    names = {"short": name} | ({"full": full} if full and full.zh.strip() and full != name else {})
    refuse_all(_wrong_entry(kind, names, source))
    row = Unit(kind=kind, region=region, valid_from=valid_from, members_known=kind != "collective")
    row.slug, row.order = f"u-{row.code[:12]}".lower(), (Unit.objects.aggregate(last=Max("order"))["last"] or 0) + 1
    row.resolver = "decision" if kind == "collective" else ""
    row.save()
    facts = {"valid_from": valid_from, "source": source.strip()}
    UnitName.objects.bulk_create(
        UnitName(unit=row, kind=form, zh=each.zh.strip(), en=each.en.strip(), **facts) for form, each in names.items()
    )
    body = UnitRegistered(kind, name.zh.strip(), name.en.strip(), valid_from, source.strip())
    emit(body, actor=actor, subject=_ref(row), unit=row.slug, region=region)
    return row


def _wrong_entry(kind: str, names: Mapping[str, Text], source: str) -> Iterator[Refusal]:
    if kind not in KINDS:
        yield Refusal("units.kind", Text("没有这种单位类别。", "There is no such kind of unit."), where="kind")
    if not names["short"].zh.strip():
        yield Refusal("units.name.empty", Text("没有填写名称。", "No name is given."), where="zh")
    for form, each in names.items():
        if each.zh.strip() and UnitName.objects.filter(zh=each.zh.strip(), unit__valid_to__isnull=True).exists():
            yield Refusal(
                "units.name.taken",
                Text(f"名册里已有单位叫“{each.zh}”。", f"A unit of the register is called “{each.zh}” already."),
                where="zh" if form == "short" else "full_zh",
                remedy=Text("请直接选用它；确是另一个单位的，写出能区分的名称。",
                            "Choose that one, or give a name by which the two can be told apart."),
            )  # fmt: skip
    if not source.strip():
        yield _no_source()


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
        raise _no_source()
    return written.strip()


def _no_source() -> Refusal:
    return Refusal(
        "units.source",
        Text("没有写明依据。", "No source is given."),
        where="source",
        remedy=Text("请填写文件名称或文号。", "Give the title or the number of the document."),
    )


def _scope(unit: Unit) -> Scope:
    return Scope(unit=unit.slug, region=unit.region)


def _ref(unit: Unit) -> Ref:
    return Ref("core.unit", unit.slug)
