"""A person of a party, said once: masked everywhere, ended and never deleted."""

from collections.abc import Callable, Sequence
from functools import partial

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb
from qilian.core.house.principal import Principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, facts_named
from qilian.core.rights.privacy.api import look_url
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import AMEND, PARTIES, REGISTER, region_code, scope_of, sees_all

from .kernel import ADDED, ROLES, may_end
from .models import Contact
from .queries import contact_by_code, contact_ref, contacts
from .services import Details, add_contact, end_contact, register_citizen
from .words import SEALED, TITLE

_PERSON = (
    FieldSpec("name", SEALED["name"], length=80),
    FieldSpec("phone", SEALED["phone"], required=False, length=32),
    FieldSpec("email", SEALED["email"], "email", required=False, length=200),
)
_ADDING = Form(
    "contact",
    Text("添加联系人", "Add a contact"),
    (
        FieldSpec("party", Text("主体", "Party"), length=120, picks="party"),
        FieldSpec("role", Text("身份", "Role"), "choice", choices=tuple(ADDED.items())),
        *_PERSON,
    ),
)
_CITIZEN = Form(
    "citizen",
    Text("登记自然人", "Register a natural person"),
    (
        *_PERSON,
        FieldSpec("identity", Text("公民身份号码", "Identity number"), length=40),
        FieldSpec(
            "region", Text("行政区划", "Division"), required=False, length=40, finds=region_code, picks="division"
        ),
    ),
)


def _details(values: Values) -> Details:
    return Details(**{name: values.get(name) or "" for name in SEALED})


def _added(_place: str, values: Values) -> Values:
    return {"party": values["party"], "role": values["role"], "details": _details(values)}


def _written_down(_place: str, values: Values) -> Values:
    return {"details": _details(values), "region": values.get("region")}


def _own(me: Principal, row: Contact) -> bool:
    return row.party.code in me.parties


def _crumbs(_at: Contact | str) -> Sequence[Crumb]:
    return (Crumb(TITLE, CONTACTS.home("")),)


def _masked(name: str) -> Callable[[Contact], str]:
    return lambda row: str(getattr(row, name) or "")


def _look(row: Contact, *, name: str) -> str:
    """The address at which a value is asked for in full."""
    return look_url(contact_ref(row), name) if getattr(row, name) else ""


def _sealed(name: str) -> Trait[Contact]:
    return Trait(name, SEALED[name], _masked(name), "code", url=partial(_look, name=name))


CONTACTS: Resource[Contact] = Resource(
    plural="contacts", under="contacts", row="contact", title=TITLE, noun=Text("联系人", "Person of a party"),
    find=lambda _place, code: contact_by_code(code), rows=lambda _me, _place: contacts(),
    seen=lambda me, row: sees_all(me, row.party), named=lambda row: f"{ROLES[row.role]} {row.name}", ref=contact_ref,
    scope=lambda row: scope_of(row.party.region), crumbs=_crumbs,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("role", Text("身份", "Role"), lambda row: ROLES[row.role], plain=lambda row: row.role, leads=True),
        Trait("party", Text("主体", "Party"), lambda row: row.party.name, plain=lambda row: row.party.code,
              url=lambda row: PARTIES.url(row.party)),
        *(_sealed(name) for name in SEALED),
        Trait("since", Text("自", "Since"), lambda row: row.since, "date"),
        Trait("ended_on", Text("停用", "Ended"), lambda row: row.ended_on, "date"),
    ),
    creation=Operation("contact", _ADDING.title, AMEND, add_contact, _ADDING, takes=_added,
                       own=lambda me, _place: bool(me.parties)),
    together=(
        Operation("citizen", _CITIZEN.title, REGISTER, register_citizen, _CITIZEN, takes=_written_down,
                  gives=lambda: PARTIES, leads=PARTIES.url),
    ),
    operations=(
        Operation("ending", Text("停用联系人", "End a contact"), AMEND, end_contact, own=_own,
                  when=lambda row: may_end(row.role, row.ended_on),
                  facts=lambda row: facts_named(CONTACTS, row, "role", "party", "since")),
    ),
)  # fmt: skip
