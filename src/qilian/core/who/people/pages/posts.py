"""Posts for officials: my posts, a unit's people, hand-over, deputising."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import Scope, allowed, require, signed_in
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.models import Deputy, Post
from qilian.core.who.people.queries import holders, people_of
from qilian.core.who.people.services import deputise, end_deputy, hand_over
from qilian.core.who.units.api import units

from .reading import MINE, chosen_person, crumbs, day, post_columns, unit_title, unit_url

_HAND_OVER = Text("交接岗位", "Hand over a post")
_DEPUTISE = Text("指定代理", "Name a deputy")


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """Show the signed-in person his posts, those that he deputises, and who deputises him."""
    me = signed_in()
    own = Post.objects.filter(person=me.person).select_related("unit").prefetch_related("unit__names")
    lent = Post.objects.filter(pk__in=me.posts).exclude(person=me.person).select_related("unit", "person")
    words, go = Text("交接、代理", "Hand over, deputise"), lambda post: reverse("people:post", args=[post.code])
    manage = page.Column("manage", Text("办理", "Do"), lambda _: words, url=go)
    none = page.Empty(Text("您还没有岗位，请联系系统管理员。", "You have no post yet; ask the system administrator."))
    posts = page.Table((*post_columns(), manage), list(own.order_by("-valid_from", "-pk")), none)
    sections = [page.Section(Text("岗位", "Posts"), anchor="posts", table=posts)]
    if lent:
        holder = page.Column("holder", Text("代理谁", "In place of"), lambda post: post.person.name)
        table = page.Table((holder, *post_columns()), list(lent.prefetch_related("unit__names")))
        sections.append(page.Section(Text("我代理的岗位", "Posts that I deputise"), anchor="deputising", table=table))
    return page.show(page.RecordPage(page.Head(MINE, crumbs=[page.Crumb(MINE)]), sections, page.NOT_A_RECORD))


@require_GET
def unit_people(_request: HttpRequest, slug: str) -> HttpResponse:
    """List who holds which post of a unit today; for its own people and for those who may see people."""
    unit = get_object_or_404(units(), slug=slug)
    me = signed_in()
    if slug not in me.units:
        require(me, "people.view", Scope(unit=slug, region=unit.region))
    columns = (
        page.Column("section", Text("处室", "Section"), lambda post: post.section, sort="section"),
        page.Column("role", Text("职务", "Role"), lambda post: post.role, sort="role"),
        page.Column("name", Text("姓名", "Name"), lambda post: post.person.name, sort="person__name_pinyin"),
        page.Column("from", Text("任职", "From"), lambda post: post.valid_from, "date", sort="valid_from"),
    )
    title = unit_title(unit)
    empty = page.Empty(Text("这个单位还没有人任职。", "Nobody holds a post in this unit yet."))
    head = page.Head(title, crumbs=crumbs(page.Crumb(title)))
    return page.show(page.ListPage(head, holders(unit=slug, on=clock.today()), columns, empty, page_size=200))


@require_GET
def post_record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one post with its deputies, and what its holder may do with it."""
    post = _managed(code)
    rows = list(post.deputies.select_related("person").order_by("-valid_from", "-pk"))
    columns = (
        page.Column("name", Text("代理人", "Deputy"), lambda deputy: deputy.person.name),
        page.Column("from", Text("自", "From"), lambda deputy: deputy.valid_from, "date"),
        page.Column("to", Text("至", "To"), lambda deputy: deputy.valid_to, "date"),
        page.Column("reason", Text("原因", "Reason"), lambda deputy: deputy.reason),
    )
    deputies = page.Table(columns, rows, page.Empty(Text("没有代理。", "Nobody deputises.")))
    actions = [
        page.Action(_HAND_OVER, reverse("people:hand-over", args=[code]), primary=True),
        page.Action(_DEPUTISE, reverse("people:deputise", args=[code])),
        *(_end_action(deputy) for deputy in rows if deputy.valid_to >= clock.today()),
    ]
    head = page.Head(post.role, crumbs=crumbs(page.Crumb(post.role)), facts=_facts(post), actions=actions)
    section = page.Section(Text("代理", "Deputies"), anchor="deputies", table=deputies)
    return page.show(page.RecordPage(head, [section], timeline(Ref("core.post", post.code))))


@require_http_methods(["GET", "POST"])
def handing_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a post over: the form, and its answer."""
    post = _managed(code)
    return page.answer_form(request, partial(_hand_over_form, post), partial(_hand_over, post))


@require_http_methods(["GET", "POST"])
def deputising(request: HttpRequest, code: str) -> HttpResponse:
    """Name a deputy: the form, and its answer."""
    post = _managed(code)
    return page.answer_form(request, partial(_deputise_form, post), partial(_deputise, post))


@require_POST
def ending(_request: HttpRequest, code: str) -> HttpResponse:
    """End a deputising."""
    end_deputy(actor=current_principal(), deputy=get_object_or_404(Deputy, code=code))
    return HttpResponseRedirect(reverse("people:mine"))


def _managed(code: str) -> Post:
    """Find a post that the signed-in person holds, or may pass on for others."""
    me = signed_in()
    post = get_object_or_404(Post.objects.select_related("person", "unit"), code=code)
    if me.person != post.person_id:
        require(me, "people.appoint", Scope(unit=post.unit.slug, region=post.unit.region))
    return post


def _facts(post: Post) -> Sequence[page.Fact]:
    return (
        page.Fact(Text("单位", "Unit"), unit_title(post.unit), url=unit_url(post.unit)),
        page.Fact(Text("处室", "Section"), post.section or "—"),
        page.Fact(Text("任职人", "Holder"), post.person.name),
        page.Fact(Text("任职", "From"), post.valid_from),
        page.Fact(Text("至", "To"), post.valid_to or Text("未定", "Open")),
    )


def _end_action(deputy: Deputy) -> page.Action:
    name = deputy.person.name
    title = Text(f"结束{name}的代理", f"End the deputising of {name}")
    return page.Action(title, reverse("people:end-deputy", args=[deputy.code]), "post", dangerous=True)


def _administers(post: Post) -> bool:
    """Whether the reader may appoint people in the unit of a post, and therefore name anybody."""
    return allowed(current_principal(), "people.appoint", Scope(unit=post.unit.slug, region=post.unit.region))


def _who_field(name: str, label: Text, post: Post, values: QueryDict) -> page.Field:
    """A choice among the colleagues of the unit; whoever administers people may name anybody by login."""
    if _administers(post):
        hint = Text("填写登录名。", "Enter the login.")
        return page.Field(name, label, value=values.get(name, ""), hint=hint)
    colleagues = people_of(post.unit.slug, on=clock.today()).exclude(pk=post.person_id).filter(is_active=True)
    choices = [(person.code, person.name) for person in colleagues]
    return page.Field(name, label, "choice", values.get(name, ""), choices=choices)


def _hand_over_form(post: Post, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    hint = Text(
        "从这一天起由接任人负责，未办结的待办和岗位权限一并移交。",
        "From this day the successor is in charge; open work and the rights of the post go with it.",
    )
    fields = (
        _who_field("to_person", Text("接任人", "Successor"), post, values),
        page.Field(
            "on", Text("交接日期", "Day of the hand-over"), "date", values.get("on", str(clock.today())), hint=hint
        ),
    )
    head = page.Head(_HAND_OVER, crumbs=_path(post, _HAND_OVER), facts=_facts(post))
    return page.StepForm(head, fields, Text("交接", "Hand over"), refusals=refusals, dense=True)


def _hand_over(post: Post, values: QueryDict) -> str:
    successor, on = chosen_person(values, "to_person", by_login=_administers(post)), day(values, "on")
    hand_over(actor=current_principal(), post=post, to_person=successor, on=on)
    return unit_url(post.unit)


def _deputise(post: Post, values: QueryDict) -> str:
    deputise(
        actor=current_principal(),
        post=post,
        person=chosen_person(values, "person", by_login=_administers(post)),
        valid_from=day(values, "valid_from"),
        valid_to=day(values, "valid_to"),
        reason=values.get("reason", "").strip(),
    )
    return reverse("people:post", args=[post.code])


def _deputise_form(post: Post, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    today = str(clock.today())
    fields = (
        _who_field("person", Text("代理人", "Deputy"), post, values),
        page.Field("valid_from", Text("自", "From"), "date", values.get("valid_from", today)),
        page.Field("valid_to", Text("至", "To"), "date", values.get("valid_to", "")),
        page.Field("reason", Text("原因", "Reason"), value=values.get("reason", ""), required=False),
    )
    head = page.Head(_DEPUTISE, crumbs=_path(post, _DEPUTISE), facts=_facts(post))
    return page.StepForm(head, fields, _DEPUTISE, refusals=refusals, dense=True)


def _path(post: Post, last: Text) -> Sequence[page.Crumb]:
    return crumbs(page.Crumb(post.role, reverse("people:post", args=[post.code])), page.Crumb(last))
