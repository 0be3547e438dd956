"""The list of parameters, one parameter over time, and one value with the change that it makes."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Column, Crumb, Empty, Head, Section, Table
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import actions, columns, forms, listed, record, visible
from qilian.core.values.text import Text

from .models import Parameter, ParameterValue
from .queries import held_of, values_of
from .resource import PARAMETERS, TITLE, VALUES, table_sections
from .showing import heading, word_in


@require_safe
def parameter_list(_request: HttpRequest) -> HttpResponse:
    """All parameters with the value of today; open to everyone, as the rules that use them are."""
    empty = Text("还没有设立参数。服务项启用后，它用到的参数会列在这里。", "No parameters yet: offers bring theirs.")
    return listed(PARAMETERS, "", Head(TITLE, (Crumb(TITLE),)), empty=empty)


@require_safe
def parameter_page(_request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: what holds today, all values with their sources and the two people who published each."""
    row: Parameter = visible(PARAMETERS, "", key)
    rows = list(values_of(key))
    propose = next(iter(actions(PARAMETERS, row, current_principal())), None)
    empty = Empty(Text("还没有提出过值。", "No value has been proposed yet."), propose)
    over_time = Table(columns(VALUES, ""), rows, empty)
    held = held_of(row)
    table = _table_today(key, held.value) if held and isinstance(held.value, tuple) else ()
    return record(PARAMETERS, row, *table, Section(Text("历次取值", "Values over time"), "values", over_time))


@require_safe
def value_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One value: what holds without it, what with it; whoever may decide on it publishes it or turns it down."""
    row: ParameterValue = visible(VALUES, "", code)
    return record(VALUES, row, *table_sections(row))


def _table_today(key: str, rows: Sequence[Any]) -> tuple[Section, ...]:
    found = [Column(name, heading(key, name), _cell(key, name)) for name in rows[0]]
    return (Section(Text("今日表格", "Table today"), "table", Table(found, rows)),)


def _cell(key: str, name: str) -> Any:
    return lambda row: word_in(key, row[name])


app_name = "parameters"
urlpatterns = [
    path("", parameter_list, name="list"),
    path("values/<str:code>/", value_page, name="value"),
    *forms(VALUES),
    path("<str:key>/", parameter_page, name="parameter"),
    *forms(PARAMETERS),
]
