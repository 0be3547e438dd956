"""People for the system administrator: the list, a record, registering, appointing, closing an account."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.house.tables import running
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import mask, masked_fact
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.models import Person, Post
from qilian.core.who.people.queries import search_people
from qilian.core.who.people.services import appoint, deactivate_person, register_person
from qilian.core.who.units.api import units

from .reading import EMAIL, PEOPLE, PHONE, added_actions, crumbs, day, person_url, post_columns, unit_title

_REGISTER = Text("登记人员", "Register a person")
_APPOINT = Text("任职", "Appoint")
_CLOSE = Text("停用账号", "Close the account")


@require_GET
def people(_request: HttpRequest) -> HttpResponse:
    """List everybody, with search by name, pinyin, login or whole phone."""
    require(current_principal(), "people.view")
    running_posts = Post.objects.filter(running(clock.today())).select_related("unit").order_by("pk")
    rows = Person.objects.prefetch_related(Prefetch("posts", running_posts.prefetch_related("unit__names")))
    add = page.Action(_REGISTER, reverse("people:register"), primary=True)
    listed = page.ListPage(
        page.Head(PEOPLE, actions=[add]),
        rows,
        _columns(),
        page.Empty(Text("没有找到人员。", "Nobody is found."), add),
        filters=_filters(),
        order="name",
    )
    return page.show(listed)


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one person with the posts of all times."""
    require(current_principal(), "people.view")
    person = get_object_or_404(Person, code=code)
    posts = Post.objects.filter(person=person).select_related("unit").prefetch_related("unit__names")
    none = page.Empty(Text("还没有任职。", "No post yet."))
    history = page.Table(post_columns(), list(posts.order_by("-valid_from", "-pk")), none)
    sections = [page.Section(Text("任职经历", "Posts"), anchor="posts", table=history)]
    path = crumbs(page.Crumb(person.name))
    head = page.Head(person.name, crumbs=path, facts=_facts(person), actions=_actions(person))
    return page.show(page.RecordPage(head, sections, timeline(Ref("core.person", code))))


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Open an account: the form, and its answer."""
    require(current_principal(), "people.register")
    return page.answer_form(request, _register_form, _register)


@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person a post: the form, and its answer."""
    require(current_principal(), "people.view")
    person = get_object_or_404(Person, code=code)
    return page.answer_form(request, partial(_appoint_form, person), partial(_appoint, person))


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Close an account: the question for the reason, and its answer."""
    require(current_principal(), "people.deactivate")
    person = get_object_or_404(Person, code=code)
    return page.answer_form(request, partial(_closing_form, person), partial(_close, person))


def _columns() -> Sequence[page.Column]:
    return (
        page.Column("name", Text("姓名", "Name"), lambda row: row.name, url=person_url, sort="name_pinyin"),
        page.Column("login", Text("登录名", "Login"), lambda row: row.login, "code", sort="login"),
        page.Column("posts", Text("现任职务", "Posts today"), _posts_today),
        page.Column("phone", PHONE, lambda row: row.phone, "code"),
        page.Column("state", Text("账号", "Account"), _account, "status", sort="is_active"),
    )


def _filters() -> Sequence[page.Filter]:
    states = (("open", Text("正常", "Open")), ("closed", Text("已停用", "Closed")))

    def narrow(rows: QuerySet[Person], words: str) -> QuerySet[Person]:
        return rows.filter(pk__in=search_people(words).values("pk"))

    def by_state(rows: QuerySet[Person], state: str) -> QuerySet[Person]:
        return rows.filter(is_active=state == "open")

    return (
        page.Filter("q", Text("姓名、拼音、登录名或完整电话", "Name, pinyin, login or whole phone"), narrow),
        page.Filter("state", Text("账号", "Account"), by_state, states),
    )


def _posts_today(person: Person) -> str:
    return "；".join(f"{unit_title(post.unit)} {post.role}" for post in person.posts.all())


def _account(person: Person) -> page.Status:
    if person.is_active:
        return page.Status(Text("正常", "Open"), "green")
    return page.Status(Text("已停用", "Closed"), "grey")


def _facts(person: Person) -> Sequence[page.Fact]:
    ref = Ref("core.person", person.code)
    return (
        page.Fact(Text("登录名", "Login"), person.login),
        page.Fact(Text("账号", "Account"), _account(person)),
        masked_fact(PHONE, person.phone, ref, "phone"),
        masked_fact(EMAIL, mask("email", person.email), ref, "email"),
        page.Fact(Text("登记", "Registered"), person.created_at),
    )


def _actions(person: Person) -> Sequence[page.Action]:
    if not person.is_active:
        return ()
    return (
        page.Action(_APPOINT, reverse("people:appoint", args=[person.code]), primary=True),
        *added_actions(person),
        page.Action(_CLOSE, reverse("people:close", args=[person.code]), dangerous=True),
    )


def _register(values: QueryDict) -> str:
    person = register_person(
        actor=current_principal(),
        login=values.get("login", ""),
        name=values.get("name", ""),
        email=values.get("email", ""),
        phone=values.get("phone", ""),
        language="en" if values.get("language") == "en" else "zh",
    )
    return person_url(person)


def _register_form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
    languages = (("zh", "中文"), ("en", "English"))
    fields = (
        page.Field("name", Text("姓名", "Name"), value=values.get("name", "")),
        page.Field("login", Text("登录名", "Login"), value=values.get("login", "")),
        page.Field("phone", PHONE, value=values.get("phone", ""), required=False),
        page.Field("email", EMAIL, "email", values.get("email", ""), required=False),
        page.Field("language", Text("语言", "Language"), "choice", values.get("language", "zh"), choices=languages),
    )
    head = page.Head(_REGISTER, crumbs=crumbs(page.Crumb(_REGISTER)))
    return page.StepForm(head, fields, Text("登记", "Register"), refusals=refusals, dense=True)


def _appoint(person: Person, values: QueryDict) -> str:
    unit = units().filter(slug=values.get("unit", "")).first()
    if unit is None:
        raise Refusal("people.unit.unknown", Text("请选择单位。", "Choose a unit."), where="unit")
    appoint(
        actor=current_principal(),
        person=person,
        unit=unit,
        section=values.get("section", "").strip(),
        role=values.get("role", ""),
        valid_from=day(values, "valid_from"),
        valid_to=day(values, "valid_to") if values.get("valid_to") else None,
    )
    return person_url(person)


def _appoint_form(person: Person, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    choices = [(unit.slug, unit_title(unit)) for unit in units(on=clock.today())]
    today = str(clock.today())
    fields = (
        page.Field("unit", Text("单位", "Unit"), "choice", values.get("unit", ""), choices=choices),
        page.Field("section", Text("处室", "Section"), value=values.get("section", ""), required=False),
        page.Field("role", Text("职务", "Role"), value=values.get("role", "")),
        page.Field("valid_from", Text("任职日期", "First day"), "date", values.get("valid_from", today)),
        page.Field("valid_to", Text("截止日期", "Last day"), "date", values.get("valid_to", ""), required=False),
    )
    head = page.Head(_APPOINT, crumbs=crumbs(page.Crumb(person.name, person_url(person)), page.Crumb(_APPOINT)))
    return page.StepForm(head, fields, _APPOINT, refusals=refusals, dense=True)


def _close(person: Person, values: QueryDict) -> str:
    deactivate_person(actor=current_principal(), person=person, reason=values.get("reason", ""))
    return person_url(person)


def _closing_form(person: Person, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    hint = Text("停用后不能登录；历史记录保留。", "The person can no longer sign in; all records stay.")
    fields = (page.Field("reason", Text("原因", "Reason"), value=values.get("reason", ""), hint=hint),)
    head = page.Head(_CLOSE, crumbs=crumbs(page.Crumb(person.name, person_url(person)), page.Crumb(_CLOSE)))
    return page.StepForm(head, fields, _CLOSE, refusals=refusals)
