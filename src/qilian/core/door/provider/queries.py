"""Reading the provider: whether there is one, what it says of itself, who stands behind an identity."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from qilian.core.values.text import Refusal, Text

from .adapters.http import DeclinedError, fetch
from .kernel import Provider, read_discovery
from .models import LinkedIdentity

_HOUR: Final = 3600
_MINUTE: Final = 60


def is_configured() -> bool:
    """Whether this house has an identity provider (QILIAN_OIDC_ISSUER and QILIAN_OIDC_CLIENT)."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT)


def provider_title() -> Text:
    """What people call it (QILIAN_OIDC_TITLE)."""
    zh, _, en = str(settings.OIDC_TITLE).partition("|")
    return Text(zh.strip(), en.strip() or zh.strip())


def provider() -> Provider:
    """The provider as it describes itself, read hourly; Refusals `provider.absent`, `.unreachable`, `.discovery`."""
    if not is_configured():
        raise Refusal("provider.absent", Text("本系统没有接入统一身份认证。", "This house has no identity provider."))
    issuer = str(settings.OIDC_ISSUER)
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    return read_discovery(_cached(f"oidc:{issuer}", address, _HOUR), issuer)


def signing_keys(source: Provider, *, anew: bool = False) -> Sequence[Mapping[str, Any]]:
    """The provider's keys, read once an hour, and `anew` when it may have turned them, at most once a minute."""
    name = f"oidc-keys:{source.keys}"
    if anew and cache.add(f"{name}:anew", 1, _MINUTE):
        cache.delete(name)
    found = _cached(name, source.keys, _HOUR).get("keys")
    return [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []


def identities_of(person: int) -> QuerySet[LinkedIdentity]:
    """The identities that sign in as a person (primary key)."""
    return LinkedIdentity.objects.filter(person=person).order_by("linked_at", "pk")


def unreachable() -> Refusal:
    """The refusal when the provider does not answer."""
    message = Text("统一身份认证暂时连不上。", "The identity provider cannot be reached.")
    remedy = Text("请稍后再试，或用密码登录。", "Try again later, or sign in with your password.")
    return Refusal("provider.unreachable", message, where="provider", remedy=remedy)


def _cached(name: str, address: str, seconds: int) -> Mapping[str, Any]:
    known: Mapping[str, Any] | None = cache.get(name)
    if known is not None:
        return known
    try:
        found = fetch(address)
    except (OSError, DeclinedError) as error:
        raise unreachable() from error
    cache.set(name, found, seconds)
    return found
