"""How parties speak: states, places, industries, filters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from qilian.core.house.pages import Colour, Filter, Status
from qilian.core.values.text import Text
from qilian.core.who.regions.api import prefectures, prefix

from .books import industries, industry_title, service_names, service_title
from .kernel.codes import CATEGORIES
from .kernel.kinds import FUNCTIONS, KINDS, SIZES, STATUSES
from .models import Party
from .queries import search_parties

TITLE = Text("主体", "Parties")
REGISTERED = Text("登记信息", "Registered facts")
FORMER: Mapping[str, Text] = {
    "": Text("现名", "present name"),
    "former": Text("曾用名", "former name"),
    "merged": Text("并入的记录", "a merged record"),
}
_COLOURS: Mapping[str, Colour] = {"active": "green", "suspended": "amber", "closed": "grey", "merged": "grey"}


def status(party: Party) -> Status:
    """The state of a party with its colour."""
    return Status(STATUSES[party.status], _COLOURS[party.status])


def category(party: Party) -> Text | None:
    """What the first two characters of the unified code say."""
    return CATEGORIES[party.uscc[:2]][0] if party.uscc else None


def industry(party: Party) -> str:
    """Code and name of the industry."""
    return f"{party.industry} {industry_title(party.industry)}" if party.industry else ""


def service(party: Party) -> Text | None:
    """The class of producer services."""
    return service_title(party.service) if party.service else None


def functions(party: Party) -> Text | None:
    """What a party does in the services of the plan."""
    titles = [FUNCTIONS[name] for name in party.functions]
    return Text("、".join(t.zh for t in titles), ", ".join(t.en for t in titles)) if titles else None


def filters() -> Sequence[Filter]:
    """What narrows the list of parties."""
    kinds = tuple((kind, title) for kind, title in KINDS.items() if kind != "citizen")
    states = tuple((state, title) for state, title in STATUSES.items() if state != "merged")
    services = tuple((code, service_title(code)) for code in service_names() if len(code) == len("2015/01"))
    return (
        Filter("q", Text("名称或代码", "Name or code"), lambda rows, said: search_parties(said, rows), by_index=True),
        Filter("kind", Text("类别", "Kind"), _equals("kind"), kinds),
        Filter(
            "function",
            Text("职能", "Function"),
            lambda rows, said: rows.filter(functions__contains=[said]),
            tuple(FUNCTIONS.items()),
        ),
        Filter(
            "region",
            Text("所在地", "Place"),
            lambda rows, said: rows.filter(region__startswith=prefix(said)),
            prefectures(),
        ),
        Filter("section", Text("行业门类", "Section"), _equals("section"), industries().top()),
        Filter(
            "service",
            Text("生产性服务业", "Producer services"),
            lambda rows, said: rows.filter(service__startswith=said),
            services,
        ),
        Filter("size", Text("规模", "Size"), _equals("size"), tuple(SIZES.items())),
        Filter("status", Text("状态", "State"), _equals("status"), states),
    )


def _equals(field: str) -> Callable[[QuerySet[Party], str], Any]:
    return lambda rows, said: rows.filter(**{field: said})
