"""The page of one's own account."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.door.factors.api import factors_of
from qilian.core.door.provider.api import is_configured
from qilian.core.door.sessions.api import running_of
from qilian.core.door.tokens.api import tokens_of
from qilian.core.house import pages as page
from qilian.core.log.events.api import Event, actor_names, timeline
from qilian.core.rights.grants.api import Permit, action_title, permits_of, signed_in
from qilian.core.rights.privacy.api import looks_at, mask, masked_fact
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.api import Person

TITLE = Text("我的账号", "My account")
_LOOKS_SHOWN = 20


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """Show the signed-in person his account, his rights, and who looked at his personal values."""
    me = signed_in()
    person = Person.objects.get(code=me.code)
    head = page.Head(person.name, crumbs=[page.Crumb(TITLE)], facts=_facts(person), actions=_actions())
    sections = [
        page.Section(Text("我的权限", "My rights"), anchor="rights", table=_rights(list(permits_of(me)))),
        page.Section(Text("谁看过我的信息", "Who looked at my data"), anchor="looks", table=_looks(person)),
    ]
    return page.show(page.RecordPage(head, sections, timeline(Ref("core.person", person.code))))


def _facts(person: Person) -> list[page.Fact]:
    ref, factors = Ref("core.person", person.code), factors_of(person.pk).count()
    protected = Text(f"已设置 {factors} 项", f"{factors} set up") if factors else Text("未设置", "none")
    sessions, tokens = running_of(person.pk).count(), tokens_of(person.pk).count()
    return [
        page.Fact(Text("登录名", "Login"), person.login),
        masked_fact(Text("电话", "Phone"), person.phone, ref, "phone"),
        masked_fact(Text("电子邮箱", "E-mail"), mask("email", person.email), ref, "email"),
        page.Fact(Text("第二重验证", "Second factor"), protected, url=reverse("factors:mine")),
        page.Fact(Text("登录的设备", "Signed in"), sessions, url=reverse("sessions:mine")),
        page.Fact(Text("接口令牌", "Tokens"), tokens, url=reverse("tokens:mine")),
    ]


def _actions() -> list[page.Action]:
    return [
        page.Action(Text("修改密码", "Change the password"), reverse("account_change_password"), primary=True),
        page.Action(Text("更换邮箱", "Change the mail address"), reverse("signup:address")),
        page.Action(Text("第二重验证", "Second factor"), reverse("factors:mine")),
        *(
            [page.Action(Text("统一身份认证", "Identity provider"), reverse("provider:mine"))]
            if is_configured()
            else []
        ),
        page.Action(Text("登录的设备", "Where I am signed in"), reverse("sessions:mine")),
        page.Action(Text("接口令牌", "Tokens for programs"), reverse("tokens:mine")),
    ]


def _rights(permits: list[Permit]) -> page.Table:
    columns = (
        page.Column("action", Text("可以", "May"), lambda permit: _titles(permit)),
        page.Column("scope", Text("范围", "Where"), lambda permit: " ".join(v for _, v in permit.scope.limits())),
        page.Column("until", Text("至", "Until"), lambda permit: permit.valid_to or "", "date"),
    )
    none = Text(
        "您没有另外授予的权限；公开页面人人可看。", "No right was given to you; public pages are open to everybody."
    )
    return page.Table(columns, permits, page.Empty(none))


def _titles(permit: Permit) -> Text:
    titles = [action_title(action) for action in permit.actions]
    return Text("、".join(title.zh for title in titles), "; ".join(title.en for title in titles))


def _looks(person: Person) -> page.Table:
    events = list(looks_at(Ref("core.person", person.code))[:_LOOKS_SHOWN])
    names = actor_names(events)

    def who(event: Event) -> Text | str:
        return names[event.actor]

    columns = (
        page.Column("at", Text("时间", "When"), lambda event: event.at, "datetime"),
        page.Column("who", Text("谁", "Who"), who),
        page.Column(
            "field", Text("哪一项", "What"), lambda event: _FIELDS.get(event.data["field"], event.data["field"])
        ),
        page.Column("purpose", Text("用途", "What for"), lambda event: event.data["purpose"]),
    )
    return page.Table(columns, events, page.Empty(Text("没有人看过您的完整信息。", "Nobody saw your data in full.")))


_FIELDS = {"phone": Text("电话", "phone"), "email": Text("电子邮箱", "e-mail")}
