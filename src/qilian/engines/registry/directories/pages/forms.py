"""The forms of officials: admitting an entry, and what happens to it afterwards."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import check, screen_fields, written_in
from qilian.core.house.pages import Crumb, Fact, Field, Head, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import crumbs_of, scope_of
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.offering import Directory
from qilian.engines.registry.directories.queries import directory_at, entry_by_code, entry_scope
from qilian.engines.registry.directories.services.common import ADMIT
from qilian.engines.registry.directories.services.entering import Subject, admit
from qilian.engines.registry.parties.api import party_by_uscc

from .deeds import DEEDS, Deed, criterion_fields, findings_in, texts
from .words import division_choices, division_names, entry_url, status

_ADMISSION = Text("登记入选", "Admit an entry")
_USCC = Text("统一社会信用代码", "Unified social credit code")
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def admission(request: HttpRequest, directory: str) -> HttpResponse:
    """Admit a party or thing: who or what it is, its facts, and the evidence for every criterion."""
    shape, me = directory_at(directory), current_principal()
    require(me, ADMIT, scope_of(directory))
    if request.method != "POST":
        return show(_admission(directory, shape, QueryDict()))
    sent = request.POST
    refusals = list(check(shape.form, written_in(shape.form, sent)).refusals)
    if not refusals:
        try:
            row = admit(
                actor=me,
                path=directory,
                subject=_subject(sent),
                attributes=written_in(shape.form, sent),
                findings=findings_in(shape, texts(sent)),
            )
            return HttpResponseRedirect(entry_url(row))
        except Refusal as refusal:
            refusals = [_passed_on(refusal)]
    return show(_admission(directory, shape, sent, refusals), status=422)


@_methods
def deed_form(request: HttpRequest, directory: str, code: str, deed: str) -> HttpResponse:
    """Do one of DEEDS with an entry."""
    shape, row, me = directory_at(directory), entry_by_code(directory, code), current_principal()
    doing = DEEDS.get(deed)
    if doing is None:
        raise Http404(deed)
    require(me, doing.action, entry_scope(row))
    if request.method != "POST":
        return show(_deed(shape, row, doing, {}))
    try:
        doing.run(me, row, shape, request.POST)
    except Refusal as refusal:
        sent = {name: ",".join(map(str, values)) for name, values in request.POST.lists()}
        return show(_deed(shape, row, doing, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(entry_url(row))


def _passed_on(refusal: Refusal) -> Refusal:
    """A missing right is a page of its own; all else stands on the form."""
    if refusal.code == "grants.denied":
        raise refusal
    return refusal


def _subject(sent: QueryDict) -> Subject:
    code, region = sent.get("uscc", "").strip(), sent.get("region", "")
    party = party_by_uscc(code) if code else None
    return Subject(party, sent.get("name", ""), sent.get("identifier", ""), region)


def _admission(path: str, shape: Directory, sent: QueryDict, refusals: Sequence[Refusal] = ()) -> StepForm:
    errors = {refusal.where: refusal.message for refusal in refusals}
    written: dict[str, Sequence[str]] = {name: sent.getlist(name) for name in sent}
    return StepForm(
        Head(
            _ADMISSION, crumbs=crumbs_of(path, Crumb(_ADMISSION)), facts=(Fact(Text("名录", "Directory"), shape.title),)
        ),
        (
            *_who(shape, sent, errors),
            *screen_fields(shape.form, written, refusals),
            *criterion_fields(shape, texts(sent), errors),
        ),
        submit=Text("登记", "Admit"),
        refusals=refusals,
        dense=True,
    )


def _who(shape: Directory, sent: QueryDict, errors: Mapping[str, Text]) -> tuple[Field, ...]:
    party = Field("uscc", _USCC, value=sent.get("uscc", ""), error=errors.get("party") or errors.get("code") or "")
    places = division_choices(division_names())
    place = Field("region", Text("所在地", "Place"), "choice", sent.get("region", ""), required=False, choices=places)
    if shape.of_parties:
        return party, place
    name = Field("name", Text("名称", "Name"), value=sent.get("name", ""), error=errors.get("name", ""))
    code = shape.identifier or Text("代码", "Identifier")
    identifier = Field("identifier", code, value=sent.get("identifier", ""), error=errors.get("identifier", ""))
    holder = (
        (Field("uscc", Text(f"{shape.holder.zh}的{_USCC.zh}", f"{_USCC.en} of: {shape.holder.en}"),
               value=sent.get("uscc", ""), required=False),)
        if shape.holder
        else ()
    )  # fmt: skip
    return (name, identifier, *holder, *((place,) if shape.mapped else ()))


def _deed(
    shape: Directory, row: DirectoryEntry, doing: Deed, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()
) -> StepForm:
    title = Text(f"{doing.title.zh}：{row.name}", f"{doing.title.en}: {row.name}")
    facts = (
        Fact(Text("状态", "State"), status(row, clock.today())),
        Fact(Text("编号", "Number"), row.number or None),
    )
    crumbs = crumbs_of(row.offer, Crumb(row.name, entry_url(row)), Crumb(doing.title))
    fields = doing.fields(shape, row, sent)
    return StepForm(Head(title, crumbs, facts=facts), fields, submit=doing.title, refusals=refusals, dense=True)
