"""Addresses of the house: the layout's own, the home page, those of every part below its prefix, and of every offer."""

from django.urls import URLPattern, URLResolver, include, path

from qilian.core.house.parts.api import parts
from qilian.core.offers.offers.api import register_addresses

from .api import compose, document
from .components.styleguide import styleguide
from .home.views import home
from .layout import accounts, again, errors, federation, health, joining, language, postbox

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


register_addresses()


def _parts() -> list[URLPattern | URLResolver]:
    mounted = [(part.prefix.lstrip("/"), part.urls) for part in parts() if part.urls]
    offers = [(f"<{kind}:{kind}>", urls) for part in parts() for kind, urls in part.pages.items()]
    return [
        path(f"{prefix.rstrip('/')}/" if prefix.strip("/") else "", include(urls)) for prefix, urls in mounted + offers
    ]


_api = compose()

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("language/", language.choose, name="language"),
    path("accounts/login/", accounts.sign_in, name="account_login"),
    path("accounts/login/passkey/", accounts.passkey_sign_in, name="account_passkey"),
    path("accounts/logout/", accounts.sign_out, name="account_logout"),
    path("accounts/password/change/", accounts.change_password, name="account_change_password"),
    path("accounts/password/reset/", joining.forgetting, name="account_reset"),
    path("accounts/password/reset/sent/", joining.forgetting_sent, name="account_reset_sent"),
    path("accounts/password/set/", joining.setting, name="account_set"),
    path("accounts/password/set/done/", joining.setting_done, name="account_set_done"),
    path("accounts/signup/", joining.joining, name="account_signup"),
    path("accounts/signup/sent/", joining.joining_sent, name="account_signup_sent"),
    path("accounts/confirm/", joining.confirming, name="account_confirm"),
    path("accounts/provider/", federation.going, name="account_provider"),
    path("accounts/provider/answer/", federation.answering, name="account_provider_answer"),
    path("accounts/provider/left/", federation.left, name="account_provider_left"),
    path("accounts/postbox/", postbox.postbox, name="postbox"),
    path("account/again/", again.again, name="account_again"),
    path("health", health.health, name="health"),
    path("", include("qilian.web.guide.pages")),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<slug:name>/", styleguide, name="styleguide-page"),
    path("api/v1/openapi.json", document(_api), name="openapi"),
    path("api/v1/", _api.urls),
    *_parts(),
]
