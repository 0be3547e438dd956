"""What the layout knows on every page: who reads, the menu, the plan, the demonstration banner."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, parts
from qilian.core.offers.packs.api import packs
from qilian.core.rights.grants.api import Principal, current_principal, possible
from qilian.core.values import clock
from qilian.core.values.text import Text, current_language
from qilian.core.who.inbox.api import count_waiting
from qilian.spine.coverage.api import SectionFact
from qilian.web import telling
from qilian.web.components.plan import domains, measures, plan_facts, section_url

_INBOX: Final = "inbox:mine"  # stands beside the reader's name, with its count, and not among the parts
_FIRST: Final = 4  # entries that stand in the bar itself
_GROUPS: Final = {
    "mine": Text("我的", "Mine"),
    "do": Text("办理", "Do"),
    "look": Text("查询", "Look up"),
    "manage": Text("管理", "Manage"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu."""

    title: Text
    url: str
    id: str = ""
    current: bool = False
    group: str = ""


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the layout's context; it asks the database for the reader's inbox, and how far a demonstration is."""
    facts = plan_facts()
    principal = current_principal()
    return {
        "principal": principal,
        "inbox_url": reverse(_INBOX),
        "inbox_count": count_waiting(principal) if principal.signed_in else 0,
        "demo": settings.MODE == "demo",
        "telling": telling.progress() if settings.MODE == "demo" else None,
        "english": current_language() == "en",
        "menu": _menu_html(current_language(), _menu_links(principal, request.path), *_sections_of_plan()),
        "sign_in_url": _sign_in_url(request),
        "plan_title": facts.title,
        "plan_basis": facts.based_on,
        "version": house_version(),
        "printed_at": clock.now(),
    }


@lru_cache(maxsize=1)
def house_version() -> str:
    """Return the version of this house."""
    try:
        return version("qilian")
    except PackageNotFoundError:
        return "0.1.0"


def _menu_links(principal: Principal, path: str) -> tuple[Link, ...]:
    return tuple(
        Link(item.title, url, current=path.startswith(url), group=item.group) for item, url in _menu_of(principal)
    )


@lru_cache(maxsize=512)
def _menu_html(
    language: str, menu: tuple[Link, ...], domains: tuple[Link, ...], measures: tuple[Link, ...]
) -> SafeString:
    """The menu as HTML, which is the same on a thousand pages; it stands on each of them twice."""
    assert language == current_language()
    rest = [(title, [link for link in menu[_FIRST:] if link.group == name]) for name, title in _GROUPS.items()]
    groups = [(title, links) for title, links in rest if links]
    context = {"first": menu[:_FIRST], "groups": groups, "domains": domains, "measures": measures}
    return render_to_string("layout/menu.html", context)


def _menu_of(principal: Principal) -> list[tuple[MenuItem, str]]:
    """The entries that lead somewhere for this reader; who is signed in costs one query."""
    rights = {item.needs for item, _ in _menu()} - {"", SIGNED_IN}
    seen = {"", SIGNED_IN, *possible(principal, rights)} if principal.signed_in else {""}
    return [(item, url) for item, url in _menu() if item.needs in seen]


@lru_cache(maxsize=1)
def _menu() -> tuple[tuple[MenuItem, str], ...]:
    """Every part's menu entries in their order, with addresses; a wrong name is a defect and raises."""
    items = sorted(
        (item for part in parts() for item in part.menu if item.url_name != _INBOX), key=lambda item: item.order
    )
    return tuple((item, reverse(item.url_name)) for item in items)


def _sections_of_plan() -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    slugs = {pack.section: pack.slug for pack in packs()}
    return _sections(domains(), slugs), _sections(measures(), slugs)


def _sections(sections: list[SectionFact], slugs: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(
        Link(section.title, f"/{slugs[section.id]}/" if section.id in slugs else section_url(section.id), section.id)
        for section in sections
    )


def _sign_in_url(request: HttpRequest) -> str:
    here = request.get_full_path()
    back = "" if here.startswith("/accounts/") or request.method != "GET" else f"?next={quote(here)}"
    return f"{reverse('account_login')}{back}"
