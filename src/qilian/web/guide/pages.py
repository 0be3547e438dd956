"""The pages of help: all roles, one role's steps, and the words of the house."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Column, Crumb, Empty, Filter, Head, ListPage, Page, show
from qilian.core.values.text import Text

from .roles import GUIDES
from .words import Word, words

TITLE, WORDS = Text("帮助", "Help"), Text("词语", "Words")


@require_safe
def everything(_request: HttpRequest) -> HttpResponse:
    """Every role with what it is for."""
    context = {"guides": [(f"/help/{each.slug}/", each) for each in GUIDES], "words": WORDS}
    return show(Page(Head(TITLE, crumbs=(Crumb(TITLE),)), "guide/all.html", context))


@require_safe
def role(_request: HttpRequest, slug: str) -> HttpResponse:
    """One role, step by step."""
    guide = next((each for each in GUIDES if each.slug == slug), None)
    if guide is None:
        raise Http404(slug)
    head = Head(guide.title, crumbs=(Crumb(TITLE, "/help/"), Crumb(guide.title)))
    return show(Page(head, "guide/role.html", {"guide": guide}))


@require_safe
def glossary(_request: HttpRequest) -> HttpResponse:
    """The words of the house in both languages, those of every day explained."""
    columns = (
        Column("zh", Text("中文", "Chinese"), lambda word: word.zh, key=True),
        Column("en", Text("英文", "English"), lambda word: word.en, key=True),
        Column("means", Text("意思", "Meaning"), lambda word: word.means if word.means.zh else None),
        Column("source", Text("出处", "Source"), _source),
    )
    filters = (Filter("q", Text("词语", "Word"), lambda rows, asked: [row for row in rows if _has(row, asked)]),)
    empty = Empty(Text("这个省的文件夹里没有词汇表。", "The province's folder has no glossary."))
    head = Head(WORDS, crumbs=(Crumb(TITLE, "/help/"), Crumb(WORDS)))
    return show(ListPage(head, words(), columns, empty, filters, page_size=300))


def _source(word: Word) -> Text | str | None:
    if word.recalled and word.source:
        return Text(f"{word.source}（待核对）", f"{word.source} (from memory)")
    return word.source or None


def _has(word: Word, asked: str) -> bool:
    return asked.lower() in f"{word.zh} {word.en.lower()} {word.means.zh} {word.means.en.lower()}"


urlpatterns = [
    path("help/", everything, name="help"),
    path("help/<slug:slug>/", role, name="help-role"),
    path("glossary/", glossary, name="glossary"),
]
