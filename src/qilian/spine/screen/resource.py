"""The register of units, said once: entering a unit, its names, who takes its duties over, who belongs to it."""

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, refuse_all
from qilian.core.who.units.api import (
    EDIT,
    Unit,
    decide_members,
    name_unit,
    record_succession,
    register_unit,
    unit_name,
    units,
)
from qilian.spine.plan.api import KINDS, main_plan, unit_named

REGISTER = Text("单位名册", "Register of units")
_FORMS = (
    ("full", Text("全称", "full")),
    ("short", Text("简称", "short")),
    ("alias", Text("别称", "also written")),
)
_SOURCE = FieldSpec("source", Text("依据", "Source"), length=300,
                    hint=Text("文件名称或文号。", "The title or number of the document."))  # fmt: skip
_ENTRY = Form(
    "registration",
    Text("登记单位", "Enter a unit"),
    (
        FieldSpec("zh", Text("名称", "Name in Chinese"), length=120),
        FieldSpec("en", Text("英文名称", "Name in English"), required=False, length=200),
        FieldSpec("full_zh", Text("全称", "Full name in Chinese"), required=False, length=120),
        FieldSpec("full_en", Text("英文全称", "Full name in English"), required=False, length=200),
        FieldSpec("kind", Text("类别", "Kind"), "choice", choices=tuple(KINDS.items())),
        FieldSpec("region", Text("行政区划", "Region"), required=False, length=60, picks="division"),
        FieldSpec("valid_from", Text("自何日起", "From"), "date", required=False),
        _SOURCE,
    ),
)  # fmt: skip
_NAME = Form(
    "name",
    Text("登记名称", "Record a name"),
    (
        FieldSpec("kind", Text("用法", "Form"), "choice", choices=_FORMS),
        FieldSpec("zh", Text("名称", "Name in Chinese"), length=120),
        FieldSpec("en", Text("英文名称", "Name in English"), required=False, length=200),
        FieldSpec("valid_from", Text("自何日起", "From"), "date"),
        _SOURCE,
    ),
)
_SUCCESSION = Form(
    "succession",
    Text("登记职责承接", "Record who takes over"),
    (
        FieldSpec("successor", Text("承接单位", "Successor"), length=120, finds=unit_named, picks="unit"),
        FieldSpec("on", Text("日期", "Day"), "date"),
        FieldSpec("scope", Text("范围", "Scope"), required=False, length=200,
                  hint=Text("不填就是全部职责。", "All duties unless given.")),
        _SOURCE,
    ),
)  # fmt: skip
_ROSTER = Form(
    "roster",
    Text("登记成员", "Record the members"),
    (
        FieldSpec("members", Text("成员单位", "Members"), "textarea", length=20_000,
                  hint=Text("一行一个单位。", "One unit a line.")),
        FieldSpec("valid_from", Text("自何日起", "From"), "date"),
        _SOURCE,
    ),
)  # fmt: skip


def unit_by_slug(_place: str, slug: str) -> Unit:
    """A unit of the register. Refusal `units.unknown` (404)."""
    row = units().filter(slug=slug).first()
    if row is None:
        raise Refusal("units.unknown", Text("名册里没有这个单位。", "The register has no such unit."), where="unit")
    return row


def _entered(_place: object, values: Values) -> Values:
    full = Text(values["full_zh"] or "", values["full_en"] or "")
    names = {"name": Text(values["zh"], values["en"] or ""), "full": full if full.zh else None}
    return {**{name: values[name] for name in ("kind", "region", "valid_from", "source")}, **names}


def _named(_unit: object, values: Values) -> Values:
    return {**values, "en": values["en"] or ""}


def _members(_unit: object, values: Values) -> Values:
    found, wrong = [], []
    for line in filter(None, map(str.strip, values["members"].splitlines())):
        try:
            found.append(unit_named(line))
        except Refusal as refusal:
            wrong.append(Refusal(refusal.code, refusal.message, where="members", remedy=refusal.remedy))
    refuse_all(wrong)
    return {**values, "members": found}


def _home_region(_place: object) -> Values:
    main = main_plan()
    return {"region": main.region, "kind": "department"} if main else {"kind": "department"}


def _name(row: Unit) -> Text:
    return unit_name(row, clock.today())


UNITS: Resource[Unit] = Resource(
    plural="unit-register",
    row="unit",
    title=REGISTER,
    noun=Text("单位", "Unit"),
    under="unit-register",
    key_of=lambda row: row.slug,
    find=unit_by_slug,
    rows=lambda _me, _place: units(),
    seen=lambda _me, _row: True,
    named=_name,
    ref=lambda row: Ref("core.unit", row.slug),
    scope=lambda row: Scope(unit=row.slug, region=row.region),
    crumbs=lambda _at: (Crumb(Text("单位", "Units"), "/units/"), Crumb(REGISTER, "/unit-register/")),
    traits=(
        Trait("slug", Text("代号", "Slug"), lambda row: row.slug, "code", sort="slug"),
        Trait("name", Text("名称", "Name"), _name, "words", leads=True, fact=False),
        Trait("full", Text("全称", "Full name"), lambda row: unit_name(row, clock.today(), "full"), "words"),
        Trait("kind", Text("类别", "Kind"), lambda row: KINDS.get(row.kind, row.kind), plain=lambda row: row.kind,
              sort="kind"),
        Trait("region", Text("行政区划", "Region"), lambda row: row.region or None, "code"),
        Trait("valid_from", Text("自", "From"), lambda row: row.valid_from, "date"),
        Trait("valid_to", Text("至", "To"), lambda row: row.valid_to, "date"),
    ),
    creation=Operation("registration", _ENTRY.title, EDIT, register_unit, _ENTRY, takes=_entered, given=_home_region,
                       leads=lambda unit: f"/units/{unit.slug}/"),
    operations=(
        Operation("naming", _NAME.title, EDIT, name_unit, _NAME, takes=_named,
                  leads=lambda name: f"/units/{name.unit.slug}/"),
        Operation("succession", _SUCCESSION.title, EDIT, record_succession, _SUCCESSION, subject="predecessor",
                  leads=lambda step: f"/units/{step.predecessor.slug}/"),
        Operation("roster", _ROSTER.title, EDIT, decide_members, _ROSTER, takes=_members, subject="collective",
                  when=lambda row: row.kind == "collective"),
    ),
)  # fmt: skip
