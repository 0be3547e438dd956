"""Small words that all pages of parties share: paths, states, columns, who may see what."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from qilian.core.house import pages as page
from qilian.core.house.forms.api import read_day as day_written
from qilian.core.house.pages import Column, Crumb, Status, StepForm, show
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.api import regions
from qilian.engines.registry.parties.api import KINDS, PROVINCES, SIZES, STATUSES, VIEW, Party, industry_title, scope_of

TITLE = Text("主体", "Parties")
_COLOURS: Mapping[str, page.Colour] = {"active": "green", "suspended": "amber", "closed": "grey", "merged": "grey"}

Fill = Callable[..., StepForm]
Deed = Callable[[QueryDict], str]


def answer(request: HttpRequest, form: Fill, deed: Deed) -> HttpResponse:
    """Answer GET with the form, POST with the deed's address, or 422 and the form with what was refused."""
    if request.method != "POST":
        return show(form(request.POST))
    try:
        return HttpResponseRedirect(deed(request.POST))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(form(request.POST, refusal), status=422)


def sees_all(reader: Principal, party: Party) -> bool:
    """Whether a reader sees what is not public of a party: who acts for it, and officials of its place."""
    return party.code in reader.parties or allowed(reader, VIEW, scope_of(party.region))


def crumbs(*further: Crumb) -> Sequence[Crumb]:
    """The path of a page."""
    return (Crumb(TITLE, reverse("parties:list")), *further)


def party_crumb(party: Party) -> Crumb:
    """A party on the path."""
    return Crumb(party.name, party_url(party))


def party_url(party: Party) -> str:
    """The address of a party's page."""
    return reverse("parties:party", args=[party.code])


def status(party: Party) -> Status:
    """The state of a party with its colour."""
    return Status(STATUSES[party.status], _COLOURS[party.status])


def region_names() -> dict[str, Text]:
    """The names of all divisions that are loaded: one query."""
    rows = regions().values_list("code", "name", "en")
    return {code: Text(name, en or name) for code, name, en in rows}


def region_name(code: str, names: Mapping[str, Text]) -> Text | str:
    """What a division is called; the province's name where its divisions are not loaded, the code beside."""
    if code in names or not code:
        return names.get(code, "")
    return f"{PROVINCES.get(code[:2], '')} {code}".strip()


def size_of(party: Party) -> Text | str:
    """The size class; nothing when unknown."""
    return SIZES.get(party.size, "")


def industry_of(party: Party) -> str:
    """Code and name of the industry."""
    return f"{party.industry} {industry_title(party.industry)}" if party.industry else ""


def party_columns(names: Mapping[str, Text]) -> Sequence[Column]:
    """The columns of a list of parties."""
    return (
        Column("name", Text("名称", "Name"), lambda row: row.name, url=party_url),
        Column("code", Text("统一社会信用代码", "Unified code"), lambda row: row.uscc or row.old_code, "code"),
        Column("kind", Text("类别", "Kind"), lambda row: KINDS[row.kind]),
        Column("region", Text("所在地", "Place"), lambda row: region_name(row.region, names)),
        Column("industry", Text("行业", "Industry"), industry_of),
        Column("size", Text("规模", "Size"), size_of),
        Column("status", Text("状态", "State"), status, "status"),
    )


def read_day(values: QueryDict, name: str, *, empty: date | None = None) -> date:
    """Read a day of a form; an empty one is `empty`. Refusal `registry.day.form`."""
    written = values.get(name, "").strip()
    if not written and empty is not None:
        return empty
    try:
        return day_written(written)
    except Refusal:
        message = Text("请填写日期，例如 2026-03-01。", "Enter a date, such as 2026-03-01.")
        raise Refusal("registry.day.form", message, where=name) from None


def percent(share: Decimal | None) -> str:
    """A share as per cent, without zeros behind; nothing for none."""
    return "" if share is None else f"{(share * 100).normalize():f}%"
