"""Words that every template may use without loading them: how values, states, facts and tables are drawn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import segno
from django import template
from django.conf import settings
from django.template import Engine
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qilian.core.house.pages import Field, Head, Status, StepForm, Table
from qilian.core.values.text import Text, current_language
from qilian.web.guide.words import MEANINGS

from .drawing import sections_view
from .fields import form_view
from .plan import clause_url, section_of
from .proofs import proof_figure
from .tables import Cell, TableView, options_html, rows_html, table_view
from .values import Drawn, date_words, drawn, moment_words, number_words, said

register = template.Library()
_MEASURE = "单位"  # also of quantities
_TABLE = Text("表", "Table")


@register.filter
def value(anything: object) -> SafeString | str:
    """Draw any value: states with colour and word, dates with their machine-readable moment, else words."""
    return drawn_html(drawn(anything))


@register.filter
def words(anything: object) -> str:
    """Say any value as plain words."""
    return said(anything)


@register.filter
def number(anything: object) -> str:
    """Write a number with thousands separated."""
    return said(anything)


@register.filter
def money(fen: int) -> str:
    """Write an amount of fen as yuan with two decimals."""
    return number_words(fen // 100) + f".{fen % 100:02d}" if fen >= 0 else "-" + money(-fen)


@register.filter
def day(moment: date) -> str:
    """Write a day in Asia/Shanghai."""
    return date_words(moment)


@register.filter
def moment(at: Any) -> str:
    """Write a moment in Asia/Shanghai to the minute."""
    return moment_words(at)


@register.filter
def status(state: Status) -> SafeString:
    """Draw a state: its colour and always its word."""
    return _coloured(Drawn(str(state.word), colour=state.colour))


@register.filter
def text(pair: Text | str) -> str:
    """Speak a text in the language of the reader."""
    return str(pair)


@register.simple_tag
def term(label: Text | str) -> SafeString | str:
    """Lead from a word of the house to its meaning, where the glossary explains it; else nothing."""
    if not isinstance(label, Text) or label.zh not in MEANINGS or label.zh == _MEASURE:
        return ""
    said = Text(f"“{label.zh}”是什么意思", f"What “{label.en}” means")
    link = '<a class="term" href="/glossary/?q={}">?<span class="visually-hidden"> {}</span></a>'
    return format_html(link, label.zh, said)


@register.simple_tag
def page_language() -> str:
    """The language of the page, as `lang` writes it."""
    return "en" if current_language() == "en" else "zh-CN"


@register.inclusion_tag("components/table.html")
def table(of: Table | TableView, label: Text | str = "") -> dict[str, Any]:
    """Draw a table inside a page; `label` names its region where it has no caption."""
    return {"view": of if isinstance(of, TableView) else table_view(of), "label": label or _TABLE}


@register.simple_tag
def rows(of: Sequence[Sequence[Cell]], headings: Mapping[int, str] | None = None) -> SafeString:
    """Draw the rows of a table or list, with the headings of their groups."""
    return rows_html(of, headings)


@register.simple_tag
def options(of: Sequence[tuple[str, object]], chosen: str) -> SafeString:
    """Draw the options of a choice."""
    return options_html(of, chosen)


@register.inclusion_tag("components/clause.html")
def clause(identifier: str, quote: Text | str = "") -> dict[str, Any]:
    """Draw the clause that a page stands on: its words behind a brand bar, its link into the plan."""
    return {"clause": identifier, "quote": quote, "url": clause_url(identifier), "section": section_of(identifier)}


@register.inclusion_tag("components/facts.html")
def facts(of: Sequence[Any]) -> dict[str, Any]:
    """Draw a row of facts."""
    return {"facts": of}


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(context: Context, of: Sequence[Any]) -> dict[str, Any]:
    """Draw actions; only the first primary one is drawn so, and none where a form has its own button."""
    primary = None if context.get("one_primary") else next((each for each in of if each.primary), None)
    return {"actions": of, "primary": primary}


@register.inclusion_tag("components/empty.html")
def empty(of: Any) -> dict[str, Any]:
    """Draw an empty state."""
    return {"empty": of, "actions_of_empty": [of.action] if of.action else [], "one_primary": True}


@register.inclusion_tag("components/timeline.html")
def timeline(of: Sequence[Any]) -> dict[str, Any]:
    """Draw a timeline; printed, its latest sealed event carries the QR code of its receipt."""
    latest = next((entry.proof for entry in of if entry.proof and entry.proof.url), None)
    return {"entries": of, "address": settings.BASE_URL + latest.url if latest else "", "latest": latest}


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """Draw an address as a QR code (SVG, medium error correction)."""
    code = segno.make(address, error="m", micro=False)
    return SafeString(code.svg_inline(scale=3, border=2, title=address, dark="#000"))


@register.inclusion_tag("pictures/figure.html")
def proof_path(proof: Mapping[str, Any]) -> Mapping[str, object]:
    """Draw the way of a fact to the signed root."""
    return proof_figure(proof)


@register.inclusion_tag("components/sections.html", takes_context=True)
def sections(context: Context, of: Any) -> dict[str, Any]:
    """Draw the sections of a page, as shapes or as already prepared views."""
    prepared = of if of and isinstance(of[0], dict) else sections_view(list(of))
    return {**{str(name): value for name, value in context.flatten().items()}, "views": prepared}


@register.inclusion_tag("components/fields.html")
def fields(of: Sequence[Field]) -> dict[str, Any]:
    """Draw fields of a form within a page of an engine's own, each with what is wrong with it."""
    return {"views": form_view(StepForm(Head(""), of, _TABLE, dense=True)).fields}


@register.simple_tag(takes_context=True)
def work(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    """Draw a template of an engine's own pages within this page."""
    with context.push(**values):
        return Engine.get_default().get_template(name).render(context)


def drawn_html(value: Drawn) -> SafeString | str:
    """Turn a drawn value into HTML."""
    if value.colour:
        return _coloured(value)
    if value.moment:
        return format_html('<time datetime="{}">{}</time>', value.moment, value.text)
    return value.text


def _coloured(value: Drawn) -> SafeString:
    return format_html('<span class="status status-{}">{}</span>', value.colour, value.text)
