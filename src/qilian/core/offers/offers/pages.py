"""The forms that open an offer to its users and close it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Fact, Field, Head, Section, StepForm, done, show
from qilian.core.house.parts.api import KINDS
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Refusal, Text

from .queries import clause_of, crumbs_of, declared, offer_url, scope_of
from .services import OPEN, close_offer, open_offer

_OPENING, _CLOSING = Text("开通", "Open to users"), Text("停用", "Close")
_MEANS = Text(
    "开通以后，公众能看到这项服务，办理可以开始；开通记入事实日志，并计入落实情况。",
    "Once open, everybody sees this offer and work can begin; the opening is logged and counts in the coverage.",
)
_ENDS = Text(
    "停用以后，已有的内容仍可查阅，不再受理新的办理。",
    "Once closed, what stands there stays readable; nothing new is taken.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, offer: str) -> HttpResponse:
    """Open an offer: say what that means, and do it."""
    me = current_principal()
    require(me, OPEN, scope_of(offer))
    if request.method != "POST":
        return show(StepForm(_head(offer, _OPENING), (), submit=_OPENING, before=[Section(paragraphs=(_MEANS,))]))
    open_offer(actor=me, path=offer)
    return done(request, offer_url(offer), _OPENING)


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, offer: str) -> HttpResponse:
    """Close an offer, with the reason that its users will read."""
    me = current_principal()
    require(me, OPEN, scope_of(offer))
    if request.method != "POST":
        return show(_closing(offer, ""))
    reason = request.POST.get("reason", "")
    try:
        close_offer(actor=me, path=offer, reason=reason)
    except Refusal as refusal:
        return show(_closing(offer, reason, (refusal,)), status=422)
    return done(request, offer_url(offer), _CLOSING)


def _closing(offer: str, reason: str, refusals: tuple[Refusal, ...] = ()) -> StepForm:
    fields = (Field("reason", Text("理由", "Reason"), value=reason),)
    before = [Section(paragraphs=(_ENDS,))]
    return StepForm(_head(offer, _CLOSING), fields, submit=_CLOSING, refusals=refusals, before=before)


def _head(path: str, title: Text) -> Head:
    _, offer = declared(path)
    return Head(
        Text(f"{title.zh}：{offer.title.zh}", f"{title.en}: {offer.title.en}"),
        crumbs=crumbs_of(path, Crumb(title)),
        clause=clause_of(path),
        facts=(Fact(Text("类别", "Kind"), KINDS[offer.kind].title),),
    )
