"""Doing an operation, for pages and programs alike: who may, what was sent, the verb, and what stands afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qilian.core.house.forms.api import Form, Written, check
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import (
    Scope,
    allowed,
    not_told,
    possible,
    require,
    require_somewhere,
    signed_in,
    told,
)
from qilian.core.values.text import Refusal, Text, Unfit, refuse_all

from .shapes import Operation, Resource, Values


def may(me: Principal, operation: Operation[Any], subject: Any, scope: Scope | None) -> bool:
    """Whether a reader may do an operation with a subject, whatever its state."""
    if _is_own(me, operation, subject) and told(me, personal=operation.personal, right=operation.right):
        return True
    if not operation.right:
        return False
    return bool(possible(me, [operation.right])) if scope is None else allowed(me, operation.right, scope)


def admit(me: Principal, operation: Operation[Any], subject: Any, scope: Scope | None) -> None:
    """Let nobody pass who may not do it; Refusal `grants.denied`."""
    own = _is_own(me, operation, subject)
    if own and told(me, personal=operation.personal, right=operation.right):
        return
    if not operation.right:
        signed_in()
        raise not_told(personal=operation.personal) if own else _not_theirs(operation)
    if scope is not None:
        require(me, operation.right, scope)
    else:
        require_somewhere(me, operation.right)


def _is_own(me: Principal, operation: Operation[Any], subject: Any) -> bool:
    """Whether a reader needs no right for it: those whom `own` names, or whoever is signed in where nothing is said."""
    if operation.own is not None:
        return operation.own(me, subject)
    return not operation.right and me.person is not None


def _not_theirs(operation: Operation[Any]) -> Refusal:
    title, whose = operation.title, operation.whose
    message = Text(f"“{title.zh}”只能由{whose.zh}办理。", f"“{title.en}” can only be done by {whose.en}.")
    return Refusal("grants.denied", message, remedy=Text("请以其账号登录后办理。", "Sign in with such an account."))


def fitting(resource: Resource[Any], me: Principal, row: Any) -> list[Operation[Any]]:
    """The operations that a reader may do with a row as it stands, in the order of the declaration."""
    if not me.signed_in or not resource.serving(resource.place_of(row)):
        return []
    scope = resource.scope(row)
    return [each for each in resource.operations if each.when(row) and may(me, each, row, scope)]


def visible_row(resource: Resource[Any], me: Principal, place: str, key: str) -> Any:
    """The row of an address, for whom may see it; to everybody else it does not exist. Refusal of `find`."""
    row = resource.find(place, key)
    if not (resource.seen(me, row) or fitting(resource, me, row)):
        raise _absent(resource, place, key)
    return row


def _absent(resource: Resource[Any], place: str, key: str) -> Refusal:
    """What `find` says of a row that is not there, so that nobody learns which rows are there and hidden."""
    try:
        resource.find(place, _NOBODY)
    except Refusal as refusal:
        return Refusal(refusal.code, refusal.message, where=key, remedy=refusal.remedy)
    raise AssertionError(f"{resource.plural} finds a row without a key")


_NOBODY = "-"
"""A key that no row has: public codes and numbers are longer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a request: what was written, and what could not even be that (JSON of a wrong type)."""

    written: Mapping[str, Written]
    wrong: Sequence[Refusal] = ()

    def read(self, form: Form) -> dict[str, Any]:
        """The typed values of a form; everything that is wrong is one Refusal."""
        checked, told = check(form, self.written), {each.where for each in self.wrong}
        refuse_all([*self.wrong, *(each for each in checked.refusals if each.where not in told)])
        return dict(checked.values)


def create(resource: Resource[Any], me: Principal, place: str, sent: Sent) -> Any:
    """Call the verb that makes a row; it checks the right itself. Raises its refusals and those of the form."""
    assert resource.creation is not None
    return gather(resource, resource.creation, me, place, sent)


def gather(resource: Resource[Any], operation: Operation[str], me: Principal, place: str, sent: Sent) -> Any:
    """Call the verb of an operation on a place as a whole; it checks the right itself. Raises its refusals too."""
    return _call(operation, me, {"path": place} if resource.kind else {}, place, sent)


def act(resource: Resource[Any], operation: Operation[Any], me: Principal, row: Any, sent: Sent) -> Any:
    """Call the verb of an operation on a row; it checks the right itself. Raises its refusals and those of the form."""
    name = resource.row if operation.subject is None else operation.subject
    return _call(operation, me, {name: row} if name else {}, row, sent)


def _call(operation: Operation[Any], me: Principal, named: Values, subject: Any, sent: Sent) -> Any:
    """Read what was sent and call the verb; what either refuses is said of what was sent, never of the address."""
    try:
        values = sent.read(operation.asked(subject))
        taken = {name: value for name, value in operation.takes(subject, values).items() if value is not None}
        return operation.verb(actor=me, **named, **taken)
    except Refusal as refusal:
        raise Unfit.of(refusal) from refusal


def reached(resource: Resource[Any], operation: Operation[Any], row: Any, result: Any) -> tuple[Resource[Any], Any]:
    """The resource and row that stand after an operation: what the verb gave, else the row itself; read anew."""
    stands = operation.gives() if operation.gives is not None else resource
    given = result is not None and (operation.gives is not None or type(result) is type(row))
    return stands, anew(stands, result if given else row)


def anew(resource: Resource[Any], row: Any) -> Any:
    """A row as its address finds it, with all that its traits need."""
    return resource.find(resource.place_of(row), resource.key_of(row))
