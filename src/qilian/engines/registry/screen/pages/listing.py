"""The list of parties, open to everyone; natural persons are on it for officials only."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import Action, Empty, Filter, Head, ListPage, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import possible
from qilian.core.values.text import Text
from qilian.core.who.regions.api import prefix
from qilian.engines.registry.parties.api import (
    FUNCTIONS,
    KINDS,
    MERGE,
    REGISTER,
    SIZES,
    STATUSES,
    VIEW,
    Party,
    duplicates,
    industries,
    parties,
    search_parties,
    service_names,
    service_title,
)

from .common import TITLE, party_columns, region_names


@require_GET
def party_list(_request: HttpRequest) -> HttpResponse:
    """All parties by pinyin, found by fragments of names and codes."""
    may = possible(current_principal(), (REGISTER, MERGE, VIEW))
    names = region_names()
    rows = parties().order_by("pinyin", "pk")
    if VIEW not in may:
        rows = rows.exclude(kind="citizen")
    add = Action(Text("登记主体", "Register a party"), reverse("parties:register"), primary=True)
    actions = [add] if REGISTER in may else []
    if MERGE in may:
        actions.append(Action(_duplicates_title(), reverse("parties:duplicates")))
    if REGISTER in may:
        actions.append(Action(Text("批量导入", "Import a file"), reverse("imports:bring", args=["parties"])))
    empty = Empty(
        Text(
            "没有找到主体。可换用名称中的两个字或代码的前几位。", "No party is found. Try two characters of the name."
        ),
        add if REGISTER in may else None,
    )
    head = Head(TITLE, actions=actions)
    return show(ListPage(head, rows, party_columns(names), empty, filters=_filters(names)))


def _filters(names: dict[str, Text]) -> Sequence[Filter]:
    top = [(code, name) for code, name in names.items() if code.endswith("00") and len(code) == 6]
    kinds = tuple((kind, title) for kind, title in KINDS.items() if kind != "citizen")
    states = tuple((state, title) for state, title in STATUSES.items() if state != "merged")
    services = tuple((code, service_title(code)) for code in service_names() if len(code) == len("2015/01"))
    return (
        Filter("q", Text("名称或代码", "Name or code"), _search, by_index=True),
        Filter("kind", Text("类别", "Kind"), _equals("kind"), kinds),
        Filter("function", Text("职能", "Function"), _function, tuple(FUNCTIONS.items())),
        Filter("region", Text("所在地", "Place"), _inside, top),
        Filter("section", Text("行业门类", "Section"), _equals("section"), industries().top()),
        Filter("service", Text("生产性服务业", "Producer services"), _service, services),
        Filter("size", Text("规模", "Size"), _equals("size"), tuple(SIZES.items())),
        Filter("status", Text("状态", "State"), _equals("status"), states),
    )


def _search(rows: QuerySet[Party], words: str) -> QuerySet[Party]:
    return search_parties(words, rows)


def _equals(field: str) -> Any:
    def narrow(rows: QuerySet[Party], value: str) -> QuerySet[Party]:
        return rows.filter(**{field: value})

    return narrow


def _function(rows: QuerySet[Party], value: str) -> QuerySet[Party]:
    return rows.filter(functions__contains=[value])


def _inside(rows: QuerySet[Party], code: str) -> QuerySet[Party]:
    return rows.filter(region__startswith=prefix(code))


def _service(rows: QuerySet[Party], code: str) -> QuerySet[Party]:
    return rows.filter(service__startswith=code)


def _duplicates_title() -> Text:
    waiting = duplicates()[:100].count()
    shown = "99+" if waiting > 99 else str(waiting)
    return Text(f"疑似重复（{shown}）", f"Likely duplicates ({shown})")
