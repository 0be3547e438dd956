"""Forms of ratings: rating a party for an engagement, the deeds on a rating, settling a flag."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Fact, Field, Head, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import Event, event_title
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Ref, Refusal, Text, whole
from qilian.engines.registry.parties.api import Party, party_by_code
from qilian.engines.registry.ratings.kernel.mean import STARS
from qilian.engines.registry.ratings.models import Rating
from qilian.engines.registry.ratings.queries import flag_by_code, open_engagements, rating_by_code, rating_scope
from qilian.engines.registry.ratings.services import CLAUSE, JUDGE, rate, settle

from .deeds import DEEDS, Deed
from .reading import figures
from .words import FLAGS, crumbs, flag_url, party_url, rating_url, status

_RATE, _SETTLE = Text("评分", "Rate"), Text("记录核查结论", "Say what was found")
_WORDS = {5: Text("很好", "very good"), 4: Text("好", "good"), 3: Text("一般", "fair")}
_WORDS |= {2: Text("差", "poor"), 1: Text("很差", "very poor")}
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def rating_form(request: HttpRequest, code: str) -> HttpResponse:
    """Rate a party for one of the finished things that one's own parties share with it."""
    me, rated = signed_in(), party_by_code(code)
    shared = {f"{event.pk}:{rater.code}": (event, rater) for event, rater in open_engagements(me, rated)}
    if request.method != "POST":
        return show(_rating(rated, shared, {}))
    sent = request.POST.dict()
    try:
        made = _rated(rated, shared, sent)
    except Refusal as refusal:
        return show(_rating(rated, shared, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(rating_url(made))


@_methods
def deed_form(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one of DEEDS with a rating."""
    me, doing = current_principal(), DEEDS.get(deed)
    if doing is None:
        raise Http404(deed)
    row = rating_by_code(code)
    doing.ask(me, row)
    if request.method != "POST":
        return show(_deed(row, doing, {}))
    sent = request.POST.dict()
    try:
        doing.run(me, row, sent.get("words", ""))
    except Refusal as refusal:
        return show(_deed(row, doing, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(rating_url(row))


@_methods
def settling(request: HttpRequest, code: str) -> HttpResponse:
    """Say what was found about ratings that looked wrong."""
    me, row = current_principal(), flag_by_code(code)
    require(me, JUDGE, rating_scope(row))

    def form(sent: Mapping[str, str], *refusals: Refusal) -> StepForm:
        path = crumbs(Crumb(FLAGS, reverse("ratings:flags")), Crumb(row.party.name, flag_url(row)), Crumb(_SETTLE))
        facts = (Fact(Text("主体", "Party"), row.party.name), Fact(Text("数据", "Figures"), figures(row)))
        field = Field("finding", Text("核查结论", "Finding"), "textarea", sent.get("finding", ""))
        return StepForm(Head(_SETTLE, path, CLAUSE, facts=facts), (field,), _SETTLE, refusals=refusals, dense=True)

    if request.method != "POST":
        return show(form({}))
    sent = request.POST.dict()
    try:
        settle(actor=me, flag=row, finding=sent.get("finding", ""))
    except Refusal as refusal:
        return show(form(sent, _passed_on(refusal)), status=422)
    return HttpResponseRedirect(flag_url(row))


def _passed_on(refusal: Refusal) -> Refusal:
    """A missing right is a page of its own; all else stands on the form."""
    if refusal.code == "grants.denied":
        raise refusal
    return refusal


def _rated(rated: Party, shared: Mapping[str, tuple[Event, Party]], sent: Mapping[str, str]) -> Rating:
    chosen = shared.get(sent.get("engagement", ""))
    if chosen is None:
        message = Text("请选择要评分的事项。", "Choose what you rate.")
        raise Refusal("registry.rating.engagement", message, where="engagement")
    event, rater = chosen
    stars, words = sent.get("stars", ""), sent.get("words", "")
    evidence = Ref("core.event", str(event.pk))
    given = whole(stars, 2) or 0
    return rate(actor=current_principal(), evidence=evidence, rater=rater, rated=rated, stars=given, words=words)


def _rating(
    rated: Party,
    shared: Mapping[str, tuple[Event, Party]],
    sent: Mapping[str, str],
    refusals: Sequence[Refusal] = (),
) -> StepForm:
    wrong = {refusal.where: refusal.message for refusal in refusals}
    engagements = [(key, _shared_words(event, rater)) for key, (event, rater) in shared.items()]
    first = engagements[0][0] if len(engagements) == 1 else ""
    stars = [
        (str(each), Text(f"{each} 分，{_WORDS[each].zh}", f"{each}, {_WORDS[each].en}")) for each in reversed(STARS)
    ]
    none = Text("没有可以评分的事项。", "There is nothing to rate.")
    fields = (
        Field(
            "engagement",
            Text("办结的事项", "Finished engagement"),
            "choice",
            sent.get("engagement", first),
            choices=engagements,
            hint=None if engagements else none,
            error=wrong.get("engagement", ""),
        ),
        Field(
            "stars", Text("评分", "Stars"), "choice", sent.get("stars", ""), choices=stars, error=wrong.get("stars", "")
        ),
        Field(
            "words",
            Text("评语", "Words"),
            "textarea",
            sent.get("words", ""),
            required=False,
            hint=Text(
                "公开，最多 500 字。一件事只评一次，可以撤回，不能修改。",
                "Public, 500 characters. Once; withdrawn, never edited.",
            ),
        ),
    )
    path = crumbs(Crumb(rated.name, party_url(rated)), Crumb(_RATE))
    title = Text(f"给“{rated.name}”评分", f"Rate “{rated.name}”")
    return StepForm(Head(title, path, CLAUSE), fields, _RATE, refusals=refusals)


def _shared_words(event: Event, rater: Party) -> Text:
    title, day = event_title(event), event.at.astimezone(SHANGHAI).date()
    return Text(f"{day} {title.zh}（以“{rater.name}”名义）", f"{day} {title.en} (for “{rater.name}”)")


def _deed(row: Rating, doing: Deed, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    path = crumbs(Crumb(row.rated.name, party_url(row.rated)), Crumb(Text("一条评分", "A rating"), rating_url(row)))
    facts = (
        Fact(Text("评分", "Stars"), Text(f"{row.stars} / 5", f"{row.stars} / 5")),
        Fact(Text("评分人", "Rater"), row.rater.name),
        Fact(Text("状态", "State"), status(row)),
    )
    field = Field(
        "words", doing.asks, "textarea", sent.get("words", ""), hint=Text(row.words, row.words) if row.words else None
    )
    head = Head(doing.title, (*path, Crumb(doing.title)), row.clause, facts=facts)
    return StepForm(head, (field,), doing.title, refusals=refusals, dense=True)
