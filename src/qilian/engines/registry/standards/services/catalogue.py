"""Bringing standards into a set, verifying them against their issuer's list, abolishing them."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.api import clause_of, serving
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text, required_text
from qilian.engines.registry.standards.events import StandardAbolished, StandardRegistered, StandardVerified
from qilian.engines.registry.standards.kernel.codes import read_code
from qilian.engines.registry.standards.kernel.life import abolished, check_term
from qilian.engines.registry.standards.models import Standard
from qilian.engines.registry.standards.offering import Fact
from qilian.engines.registry.standards.queries import set_at, set_scope, standard_ref, term_of

REGISTER = "standards.register"

_BY = Text("代替它的标准", "standard that replaces it")


@transaction.atomic
def register_standard(*, actor: Principal, path: str, fact: Fact) -> Standard:
    """Bring one standard into a set. Its code is written as codes are; laws keep the number they are cited by.

    Refusals: `registry.standards.unknown`, `grants.denied`, `offers.closed`, `registry.standard.code`, `.title`,
    `.term`, `.twice`.
    """
    shape = set_at(path)
    require(actor, REGISTER, set_scope(path))
    serving(path)
    number = fact.code.strip() if shape.of_laws else read_code(fact.code)
    if not number or not fact.title.strip():
        message = Text("没有写编号或名称。", "Number or title is missing.")
        raise Refusal("registry.standard.title", message, where="title" if number else "code")
    check_term(fact.term)
    if Standard.objects.filter(offer=path, number=number).exists():
        raise Refusal(
            "registry.standard.twice",
            Text(f"目录里已有 {number}。", f"{number} stands in the catalogue already."),
            where="code",
        )
    facts = {name: value for name, value in asdict(fact).items() if name != "code"}
    row = Standard(offer=path, clause=clause_of(path), number=number, registered_at=clock.now(), **facts)
    row.save(force_insert=True)
    _tell(actor, row, StandardRegistered(number, row.title, row.effective, row.ended))
    return row


@transaction.atomic
def load_catalogue(*, actor: Principal, path: str) -> list[Standard]:
    """Bring the catalogue that the pack lays beside its offer into the set; what is there already stays.

    Refusals as for `register_standard`.
    """
    shape = set_at(path)
    require(actor, REGISTER, set_scope(path))
    serving(path)
    known = set(Standard.objects.filter(offer=path).values_list("number", flat=True))
    fresh = [fact for fact in shape.facts if fact.code not in known]
    return [register_standard(actor=actor, path=path, fact=fact) for fact in fresh]


@transaction.atomic
def verify_standard(*, actor: Principal, standard: Standard, source: str) -> Standard:
    """Say that an entry was compared with the list of its issuer, and where.

    Refusals: `grants.denied`, `offers.closed`, `text.…`.
    """
    row = _locked(actor, standard)
    row.checked, row.source = True, required_text(source, "source", Text("核对的出处", "source"), most=200)
    row.save(update_fields=["checked", "source"])
    _tell(actor, row, StandardVerified(row.number, row.source))
    return row


@transaction.atomic
def abolish_standard(*, actor: Principal, standard: Standard, on: date, replaced_by: str = "") -> Standard:
    """Say from which day a standard holds no more, and what replaces it; adoptions stay as they are and say so.

    Refusals: `grants.denied`, `offers.closed`, `registry.standard.abolished`, `registry.standard.term`.
    """
    row = _locked(actor, standard)
    row.ended = abolished(term_of(row), on).ended
    row.replaced_by = fitting_text(replaced_by, "replaced_by", _BY, most=200) or row.replaced_by
    row.save(update_fields=["ended", "replaced_by"])
    _tell(actor, row, StandardAbolished(row.number, on, row.replaced_by))
    return row


def _locked(actor: Principal, standard: Standard) -> Standard:
    row = Standard.objects.select_for_update().get(pk=standard.pk)
    require(actor, REGISTER, set_scope(row.offer))
    serving(row.offer)
    return row


def _tell(actor: Principal, row: Standard, body: object) -> None:
    emit(body, actor=actor, subject=standard_ref(row), offer=row.offer, clause=row.clause)
