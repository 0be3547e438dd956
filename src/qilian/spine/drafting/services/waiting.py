"""Drafts in the inbox: one whose questions are all settled waits for whoever may publish it, its author hears of it."""

from qilian.core.house.principal import Principal
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person
from qilian.spine.drafting.models import Draft
from qilian.spine.plan.api import PUBLISH, scope_of

from .common import draft_ref


def lay(actor: Principal, draft: Draft) -> None:
    """Lay a draft before those who may publish it, once nothing of it is open."""
    if draft.items.filter(state="open").exists():
        return
    plan = draft.plan
    put(
        actor=actor,
        key=_key(draft),
        subject=draft_ref(draft),
        kind="plan.draft",
        title=Text(
            f"待发布：{plan.title_zh}（草稿 {draft.number}）", f"To publish: {plan.title_en}, draft {draft.number}"
        ).cut(200),
        url=_url(draft),
        addressee=Addressee.right(PUBLISH),
        scope=scope_of(plan),
    )


def take(actor: Principal, draft: Draft, said: Text) -> None:
    """Take a draft off all desks; its author is told what somebody else did with it."""
    done(actor=actor, key=_key(draft))
    if draft.created_by == actor.ref:
        return
    author = Person.objects.filter(code=draft.created_by.partition(":")[2])
    plan = draft.plan
    title = Text(f"{said.zh}：{plan.title_zh}", f"{said.en}: {plan.title_en}").cut(200)
    notify(actor=actor, to=author, title=title, body=Text(draft.note, draft.note), url=_url(draft))


def _key(draft: Draft) -> str:
    return f"plan.draft:{draft.code}"


def _url(draft: Draft) -> str:
    return f"/drafts/{draft.code}/"
