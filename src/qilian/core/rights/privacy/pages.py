"""Looking at a personal value: the question what for, and the value, once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.house import pages as page
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.values.text import Ref, Refusal, Text

from .registry import Looking, looking_at
from .services import PURPOSE_MAX, PURPOSE_MIN, reveal

_LOOK = Text("查看完整内容", "See it in full")
_HINT = Text(
    f"{PURPOSE_MIN} 至 {PURPOSE_MAX} 字。谁在何时为何查看会记入日志，本人可以看到。",
    f"{PURPOSE_MIN} to {PURPOSE_MAX} characters. Who looked, when and what for is logged, and the person can see it.",
)
_ONCE = Text("只在这一页显示；这次查看已经记入日志。", "Shown on this page only; this look is in the log.")


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, kind: str, code: str, field: str) -> HttpResponse:
    """Ask what for, then show one value; browsers and proxies are told to keep nothing."""
    me, ref = signed_in(), Ref(kind, code)
    looking, row = looking_at(ref, field)
    if looking.about(row) != me.person:
        require(me, looking.action, looking.scope(row))
    purpose = request.POST.get("purpose", "")
    if request.method != "POST":
        return page.show(_form(looking, row, field, purpose))
    try:
        value = reveal(actor=me, ref=ref, field=field, purpose=purpose)
    except Refusal as refusal:
        if refusal.code != "privacy.purpose":
            raise
        return page.show(_form(looking, row, field, purpose, refusal), status=422)
    answer = page.show(_shown(looking, row, field, value))
    answer["Cache-Control"] = "no-store"
    return answer


def look_url(ref: Ref, field: str) -> str:
    """The address at which a personal value of a record is asked for."""
    return reverse("privacy:look", args=[ref.kind, ref.id, field])


def masked_fact(label: Text, value: object, ref: Ref, field: str) -> page.Fact:
    """A fact of a record that shows the mask and leads to the question what for; a dash when there is no value."""
    words = str(value) if value else ""
    return page.Fact(label, words or "—", url=look_url(ref, field) if words else "")


def _form(looking: Looking, row: object, field: str, purpose: str, *refusals: Refusal) -> page.StepForm:
    asked = page.Field("purpose", Text("用途", "What for"), value=purpose, hint=_HINT)
    return page.StepForm(_head(looking, row, field), (asked,), _LOOK, refusals=refusals)


def _shown(looking: Looking, row: object, field: str, value: str) -> page.RecordPage:
    facts = [page.Fact(looking.fields[field], value)]
    sections = [page.Section(facts=facts, anchor="value"), page.Section(paragraphs=[_ONCE])]
    return page.RecordPage(_head(looking, row, field), sections, page.NOT_A_RECORD)


def _head(looking: Looking, row: object, field: str) -> page.Head:
    label = looking.fields[field]
    title = Text(f"查看：{label.zh}", f"See: {label.en}")
    back = page.Crumb(Text("所在记录", "The record"), looking.url(row))
    return page.Head(title, crumbs=[back, page.Crumb(label)] if back.url else [page.Crumb(label)])
