"""Reading offers: what is declared, what is open, and what every verb of an offer asks first."""

from qilian.core.house.pages import Crumb
from qilian.core.offers.packs.api import Offer, Pack, offer_at, pack_of
from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Ref, Refusal, Text

from .models import OpenOffer


def is_open(path: str) -> bool:
    """Whether an offer serves its users today."""
    return OpenOffer.objects.filter(path=path, closed_at__isnull=True).exists()


def open_paths() -> frozenset[str]:
    """The paths of all offers that are open."""
    return frozenset(OpenOffer.objects.filter(closed_at__isnull=True).values_list("path", flat=True))


def closed_paths() -> frozenset[str]:
    """The paths of the offers that were open once and are closed now."""
    return frozenset(OpenOffer.objects.filter(closed_at__isnull=False).values_list("path", flat=True))


def serving(path: str) -> None:
    """Refuse what a closed offer is asked: `offers.closed`. Every verb asks it after the grants."""
    if not is_open(path):
        title = _declared(path).title
        raise Refusal(
            "offers.closed",
            Text(f"“{title.zh}”还没有开通。", f"“{title.en}” is not open."),
            where=path,
            remedy=Text("请主管单位在服务项页面开通。", "Its unit opens it on the page of the offer."),
        )


def scope_of(path: str, *, region: str = "", unit: str = "") -> Scope:
    """What grants compare for an act in an offer: its path, its first clause, and the record's region or unit."""
    return Scope(unit=unit, region=region, offer=path, clause=clause_of(path))


def clause_of(path: str) -> str:
    """The first clause that an offer answers."""
    return _declared(path).cites[0].clause


def offer_ref(path: str) -> Ref:
    """An offer as the subject of events."""
    return Ref("core.offer", path)


def offer_url(path: str) -> str:
    """Where an offer stands."""
    return f"/{path}/"


def crumbs_of(path: str, *below: Crumb) -> tuple[Crumb, ...]:
    """The way from the plan's section to an offer and further down; the last step is where the reader stands."""
    pack, offer = pack_of(path), _declared(path)
    section = Text(f"{pack.section} {pack.title.zh}", f"{pack.section} {pack.title.en}")
    return Crumb(section, f"/{pack.slug}/"), Crumb(offer.title, offer_url(path) if below else ""), *below


def crumbs_to(path: str) -> tuple[Crumb, ...]:
    """The path to an offer for a page below it: its section and itself, both linked."""
    return crumbs_of(path, Crumb(""))[:-1]


def declared(path: str) -> tuple[Pack, Offer]:
    """A pack and its offer at a path; Refusal `offers.unknown` (HTTP 404)."""
    try:
        return pack_of(path), _declared(path)
    except KeyError:
        message = Text(f"没有“{path}”这项服务。", f"There is no offer “{path}”.")
        raise Refusal("offers.unknown", message, where=path) from None


def _declared(path: str) -> Offer:
    return offer_at(path, Offer)
