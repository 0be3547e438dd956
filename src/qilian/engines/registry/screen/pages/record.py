"""One party: its facts, names, relations and who stands behind it; what is not public to those who may see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    RecordPage,
    Section,
    Status,
    Table,
    TimelineEntry,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import allowed
from qilian.core.rights.privacy.api import look_url
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import (
    AMEND,
    CATEGORIES,
    CONTACT_ROLES,
    FUNCTIONS,
    HOLDINGS,
    INDICATORS,
    KINDS,
    OWNERSHIPS,
    RELATIONS,
    SIZES,
    Contact,
    Party,
    PartyFigure,
    PartyName,
    PartyRelation,
    actions_of,
    behind_of,
    contacts_of,
    parties_with,
    party_by_code,
    party_ref,
    relations_of,
    scope_of,
    sections_of,
    service_title,
    size_on,
)

from .common import crumbs, industry_of, party_url, percent, region_name, region_names, sees_all, size_of, status


@require_GET
def party_page(_request: HttpRequest, code: str) -> HttpResponse:
    """Show a party; the address of a merged record leads to its survivor."""
    party, reader = party_by_code(code), current_principal()
    if party.code != code:
        return HttpResponseRedirect(party_url(party))
    whole = sees_all(reader, party)
    if party.kind == "citizen" and not whole:
        raise Refusal("registry.party.unknown", Text("没有这个主体。", "There is no such party."), where=code)
    sections = [
        Section(Text("登记信息", "Registered facts"), "facts", facts=_facts(party)),
        *_names(party),
        *_behind(party),
        *_relations(party, reader),
        *(_inner(party) if whole else ()),
        *sections_of(party, reader),
    ]
    head = Head(party.name, crumbs=crumbs(Crumb(party.name)), facts=_head_facts(party), actions=_actions(party, reader))
    return show(RecordPage(head, sections, [*timeline(party_ref(party)), *_brought(party)] if whole else NOT_A_RECORD))


def _brought(party: Party) -> Sequence[TimelineEntry]:
    """What happened to the import that brought the party."""
    return timeline(Ref.parse(party.origin)) if party.origin else ()


def _head_facts(party: Party) -> Sequence[Fact]:
    return (
        Fact(Text("统一社会信用代码", "Unified code"), party.uscc or "—"),
        Fact(Text("类别", "Kind"), KINDS[party.kind]),
        Fact(Text("状态", "State"), status(party)),
        Fact(Text("自", "Since"), party.status_on),
        Fact(Text("规模", "Size"), size_of(party) or "—"),
    )


def _facts(party: Party) -> Sequence[Fact]:
    """What is registered of a party; what is not known takes no room."""
    category = CATEGORIES[party.uscc[:2]][0] if party.uscc else "—"
    functions = [FUNCTIONS[name] for name in party.functions]
    joined = Text("、".join(t.zh for t in functions), ", ".join(t.en for t in functions))
    facts = (
        Fact(Text("登记类别", "Category"), category),
        Fact(Text("旧代码", "Old code"), party.old_code or "—"),
        Fact(Text("简称", "Short name"), party.short or "—"),
        Fact(Text("所在地", "Place"), region_name(party.region, region_names()) or "—"),
        Fact(Text("住所", "Address"), party.address or "—"),
        Fact(Text("行业", "Industry"), industry_of(party) or "—", note=_edition(party)),
        Fact(Text("生产性服务业", "Producer services"), service_title(party.service) if party.service else "—"),
        Fact(Text("职能", "Functions"), joined if functions else "—"),
        Fact(Text("营利性质", "For profit or not"), OWNERSHIPS.get(party.ownership, "—")),
        Fact(Text("控股情况", "Held by"), HOLDINGS.get(party.holding, "—")),
        Fact(Text("成立日期", "Established"), party.established or "—"),
        Fact(Text("网址", "Website"), party.website or "—", url=party.website),
    )
    return [fact for fact in facts if fact.value != "—"]


def _edition(party: Party) -> Text | None:
    edition = party.industry_edition
    return Text(f"GB/T 4754-{edition}", f"GB/T 4754-{edition}") if party.industry else None


def _names(party: Party) -> Sequence[Section]:
    former = list(party.names.order_by("-id"))
    if not former:
        return ()
    present = PartyName(kind="", name=party.name, valid_from=party.name_since)
    columns = (
        Column("name", Text("名称", "Name"), lambda row: row.name),
        Column("kind", Text("来源", "From"), lambda row: _NAME_KINDS[row.kind]),
        Column("from", Text("起", "From day"), lambda row: row.valid_from or "", "date"),
        Column("to", Text("止", "To day"), lambda row: row.valid_to or "", "date"),
    )
    return (Section(Text("名称沿革", "Names over time"), "names", Table(columns, [present, *former])),)


_NAME_KINDS = {
    "": Text("现名", "present name"),
    "former": Text("曾用名", "former name"),
    "merged": Text("并入的记录", "a merged record"),
}


def _behind(party: Party) -> Sequence[Section]:
    found = behind_of(party, on=clock.today())
    shares = dict(found.shares)
    codes = list(dict.fromkeys((*found.controllers, *shares, *found.circle)))
    if not codes:
        return ()
    known = parties_with(codes)
    columns = (
        Column("name", Text("名称", "Name"), lambda code: known[code].name, url=lambda code: party_url(known[code])),
        Column("share", Text("穿透持股", "Effective share"), lambda code: percent(shares.get(code)), "number"),
        Column("role", Text("认定", "Is"), lambda code: _standing(code, found.controllers, found.circle), "status"),
    )
    about = Text(
        "按持股过半数或协议控制逐层推算；持股比例按各层相乘、各路相加。",
        "Computed level by level by majority or agreement; shares are multiplied along each way and added.",
    )
    table = Table(columns, codes, caption=about)
    return (Section(Text("实际控制", "Who stands behind"), "behind", table),)


def _standing(code: str, controllers: Sequence[str], circle: Sequence[str]) -> Status:
    if code in controllers:
        return Status(Text("实际控制人", "Ultimate controller"), "blue")
    if code in circle:
        return Status(Text("循环持股", "Held in a circle"), "amber")
    return Status(Text("股东", "Owner"))


def _relations(party: Party, reader: Principal) -> Sequence[Section]:
    rows = list(relations_of(party)[:100])
    if not rows:
        return ()
    columns = [
        Column("holder", Text("甲方", "Party"), lambda row: row.holder.name, url=lambda row: party_url(row.holder)),
        Column("kind", Text("关系", "Relation"), lambda row: RELATIONS[row.kind]),
        Column("held", Text("乙方", "Other party"), lambda row: row.held.name, url=lambda row: party_url(row.held)),
        Column("share", Text("比例", "Share"), lambda row: percent(row.share), "number"),
        Column("from", Text("起", "From"), lambda row: row.valid_from, "date"),
        Column("to", Text("止", "To"), lambda row: row.valid_to or "", "date"),
        Column("source", Text("依据", "Source"), lambda row: row.source),
    ]
    if allowed(reader, AMEND, scope_of(party.region)):
        columns.append(Column("end", Text("办理", "Act"), _end_word, url=_end_url))
    return (Section(Text("关联关系", "Relations"), "relations", Table(columns, rows)),)


def _end_word(row: PartyRelation) -> Text | str:
    return Text("终止", "End") if row.valid_to is None else ""


def _end_url(row: PartyRelation) -> str:
    return reverse("parties:end-relation", args=[row.code]) if row.valid_to is None else ""


def _inner(party: Party) -> Sequence[Section]:
    """What is not public: figures and the persons of the party."""
    figures = list(party.figures.order_by("-on"))
    none = Empty(Text("还没有规模数据。", "No figures yet."))
    people = list(contacts_of(party))
    title = Text("规模数据（不公开）", "Figures (not public)")
    sections = [Section(title, "figures", Table(_figure_columns(party), figures, none))]
    if people:
        table = Table(_contact_columns(), people)
        sections.append(Section(Text("联系人（不公开）", "Persons (not public)"), "contacts", table))
    return sections


def _figure_columns(party: Party) -> Sequence[Column]:
    def size(row: PartyFigure) -> Text:
        found = size_on(party, row)
        if found.size:
            return SIZES[found.size]
        lacking = [INDICATORS[name] for name in found.missing]
        if lacking:
            zh, en = "、".join(t.zh for t in lacking), ", ".join(t.en for t in lacking)
            return Text(f"缺{zh}", f"without {en}")
        return Text("该行业不划型", "no classes for this industry")

    return (
        Column("on", Text("日期", "Day"), lambda row: row.on, "date"),
        Column("employees", Text("从业人员", "Employees"), lambda row: row.employees, "number"),
        Column("revenue", Text("营业收入", "Revenue"), lambda row: _money(row.revenue), "number"),
        Column("assets", Text("资产总额", "Total assets"), lambda row: _money(row.assets), "number"),
        Column("size", Text("规模", "Size"), size),
        Column("source", Text("来源", "Source"), lambda row: row.source),
    )


def _money(fen: int | None) -> Money | str:
    return "" if fen is None else Money(fen)


def _contact_columns() -> Sequence[Column]:
    """Persons of a party: masked, each value leading to the question what for."""
    labels = {
        "name": Text("姓名", "Name"),
        "phone": Text("电话", "Phone"),
        "email": Text("电子邮箱", "E-mail"),
        "identity": Text("证件号码", "Identity number"),
    }
    return (
        Column("role", Text("身份", "Role"), lambda row: CONTACT_ROLES[row.role]),
        *(
            Column(name, label, partial(_masked, field=name), url=partial(_look, field=name))
            for name, label in labels.items()
        ),
        Column("since", Text("自", "Since"), lambda row: row.since, "date"),
        Column("ended", Text("停用", "Ended"), _ended, url=_end_contact_url),
    )


def _ended(row: Contact) -> date | Text | str:
    return row.ended_on or ("—" if row.role == "self" else _END)


_END = Text("停用", "End")


def _masked(row: Contact, *, field: str) -> str:
    return str(getattr(row, field) or "—")


def _look(row: Contact, *, field: str) -> str:
    return look_url(Ref("registry.contact", row.code), field) if getattr(row, field) else ""


def _end_contact_url(row: Contact) -> str:
    over = row.ended_on is not None or row.role == "self"
    return "" if over else reverse("parties:end-contact", args=[row.code])


def _actions(party: Party, reader: Principal) -> Sequence[Action]:
    official = allowed(reader, AMEND, scope_of(party.region))
    own = party.code in reader.parties

    def action(title: Text, name: str, *, dangerous: bool = False, primary: bool = False) -> Action:
        return Action(title, reverse(f"parties:{name}", args=[party.code]), primary=primary, dangerous=dangerous)

    found = []
    if (official or own) and party.kind != "citizen":
        found.append(action(Text("变更", "Amend"), "amend", primary=True))
        found.append(action(Text("填报规模数据", "Record figures"), "figures"))
        found.append(action(Text("添加联系人", "Add a contact"), "contact"))
    if official and party.kind != "citizen":
        found.append(action(Text("变更名称", "Rename"), "rename"))
        found.append(action(Text("登记关系", "Add a relation"), "relate"))
    found += actions_of(party, reader)
    if official:
        found += [action(title, name, dangerous=name == "close") for name, title in _STEPS[party.status]]
    return found


_STEPS: Mapping[str, Sequence[tuple[str, Text]]] = {
    "active": (("suspend", Text("停业", "Suspend")), ("close", Text("注销", "Close"))),
    "suspended": (("reopen", Text("恢复", "Reopen")), ("close", Text("注销", "Close"))),
    "closed": (("reopen", Text("恢复", "Reopen")),),
}
