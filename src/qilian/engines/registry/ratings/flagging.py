"""Raising flags: after each rating the kernel looks at the party's latest ratings; officials find what looks wrong."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import Addressee, put
from qilian.engines.registry.parties.api import Party

from .events import RatingsFlagged
from .kernel.alarms import KINDS, Alarm, alarms
from .models import RatingFlag
from .queries import flag_ref, given_to, limits_on, rating_scope, seen_by_kind

WATCH = "ratings.judge"
CLAUSE = "3.3.4"


def look_at(party: Party) -> list[RatingFlag]:
    """Raise or renew the flags of a party; called by `rate` under the lock of the party's tally."""
    found = alarms(given_to(party), limits_on(clock.today()), seen_by_kind(party))
    return [_raised(party, alarm) for alarm in found]


def flag_key(row: RatingFlag) -> str:
    """The key under which a flag lies in the inbox."""
    return f"registry.rating_flag:{row.code}"


def _raised(party: Party, alarm: Alarm) -> RatingFlag:
    now = clock.now()
    first = {"figures": dict(alarm.figures), "renewed_at": now, "region": party.region[:6], "raised_at": now}
    row, fresh = RatingFlag.objects.get_or_create(party=party, kind=alarm.kind, settled_at=None, defaults=first)
    if not fresh:
        row.figures, row.renewed_at = dict(alarm.figures), now
        row.save(update_fields=["figures", "renewed_at"])
        return row
    body = RatingsFlagged(alarm.kind, int(alarm.figures["count"]), int(alarm.figures["number"]))
    emit(body, actor=SYSTEM, subject=flag_ref(row), clause=CLAUSE, party=party.code, region=row.region)
    _lay_on_desk(row)
    return row


def _lay_on_desk(row: RatingFlag) -> None:
    kind = KINDS[row.kind]
    put(
        actor=SYSTEM,
        key=flag_key(row),
        subject=flag_ref(row),
        kind="registry.rating_flag",
        title=Text(f"核查评分：{row.party.name}（{kind.zh}）", f"Look into ratings of {row.party.name}: {kind.en}"),
        url=f"/ratings/flags/{row.code}/",
        addressee=Addressee.right(WATCH),
        scope=rating_scope(row),
    )
