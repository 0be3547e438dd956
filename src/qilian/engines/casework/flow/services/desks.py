"""Whose desk a step lies on."""

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import offer_url
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.people.api import holders
from qilian.engines.casework.flow.kernel import Step
from qilian.engines.casework.flow.models import Case, CaseStep
from qilian.engines.casework.flow.queries import applicants, case_ref, case_scope, step_ref
from qilian.engines.casework.flow.rights import ACCEPT, HANDLE, STEER, step_scope
from qilian.engines.casework.flow.words import node_title

from .timing import WHOLE


def lay(actor: Principal, row: Case, kept: CaseStep, step: Step) -> None:
    """Lay a step on the desk of who does it: who took it, the applicant, a role at a unit, else who handles there."""
    if step.kind != "task" or step.state != "open":
        return
    running = open_clock(step_ref(row, step.number), step.kind) or open_clock(case_ref(row), WHOLE)
    put(
        actor=actor,
        key=_key(row, kept),
        subject=case_ref(row),
        kind="casework.step",
        title=_titled(node_title(row, step.node), row),
        url=url_of(row),
        addressee=_addressee(row, step),
        scope=step_scope(row, step.performer),
        due=running.due_at if running else None,
    )


def lift(actor: Principal, row: Case, kept: CaseStep) -> None:
    """Take a step off the desk on which it lies."""
    done(actor=actor, key=_key(row, kept))


def ask_for_way(actor: Principal, row: Case, kept: CaseStep) -> None:
    """Lay a step that nobody can do before who steers: the case it called ended in a way that leads nowhere."""
    said = Text("子流程没有正常办结，请跳转或终止", "the case it called did not end: jump or terminate")
    put(
        actor=actor,
        key=_key(row, kept),
        subject=case_ref(row),
        kind="casework.step",
        title=_titled(said, row),
        url=url_of(row),
        addressee=Addressee.right(STEER),
        scope=case_scope(row),
    )


def url_of(row: Case) -> str:
    """Where a case stands."""
    return f"{offer_url(row.offer)}cases/{row.code}/"


def _titled(words: Text, row: Case) -> Text:
    return Text("{words}：{title}", "{words}: {title}").filled(words=words, title=row.title).cut(200)


def _addressee(row: Case, step: Step) -> Addressee:
    if step.holder:
        return Addressee.person(int(step.holder))
    if applicants(step.performer):
        if row.party is not None:
            return Addressee.party(row.party.code)
        return Addressee.person(row.opened_by_id) if row.opened_by_id else Addressee.right(ACCEPT)
    role, unit = step.performer.partition("@")[0], step_scope(row, step.performer).unit
    pool = holders(unit=unit, on=clock.today(), role=role).exists()
    return Addressee.pool(unit, role) if pool else Addressee.right(HANDLE)


def _key(row: Case, kept: CaseStep) -> str:
    """The key of a step in inboxes: another one each time that it is laid on a desk."""
    return f"casework:{row.code}/{kept.number}/{kept.turn}"
