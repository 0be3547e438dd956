"""Passkeys: WebAuthn through Yubico's fido2, user verification required, so that a passkey is both factors at once."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from qilian.core.house.principal import Principal
from qilian.core.rights.privacy.api import unseal
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .models import Factor
from .services import add_passkey, show_passkey

State = Mapping[str, Any]
_VERIFIED = UserVerificationRequirement.REQUIRED


def ask_to_register(person: Person, *, host: str) -> tuple[str, State]:
    """What the browser is asked for a new passkey, as JSON, and the state to keep in the session until it answers."""
    user = PublicKeyCredentialUserEntity(name=person.login, id=person.code.encode(), display_name=person.name)
    known = [_descriptor(row) for row in Factor.objects.filter(person=person, kind="passkey")]
    options, state = _server(host).register_begin(
        user, known, resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
    )
    return _json(options), state


def register(*, actor: Principal, name: str, answer: str, state: State | None, host: str) -> Factor:
    """Verify the browser's answer and keep the passkey; Refusal `factors.passkey`, and those of `add_passkey`."""
    try:
        registration = RegistrationResponse.from_dict(_read(answer))
        data = _server(host).register_complete(_known(state), registration)
    except (ValueError, KeyError, TypeError) as wrong:
        raise _refused() from wrong
    public = data.credential_data
    assert public is not None
    encoded = base64.b64encode(bytes(public)).decode()
    return add_passkey(
        actor=actor, name=name, credential=websafe_encode(public.credential_id), data=encoded, counter=data.counter
    )


def ask_to_sign_in(*, host: str) -> tuple[str, State]:
    """What the browser is asked for to sign in with any passkey of this house."""
    options, state = _server(host).authenticate_begin(user_verification=_VERIFIED)
    return _json(options), state


def sign_in(*, answer: str, state: State | None, host: str) -> Person:
    """Verify a passkey's signature; return its owner. Refusals: `factors.passkey`, and those of `show_passkey`."""
    try:
        authentication = AuthenticationResponse.from_dict(_read(answer))
        credential = websafe_encode(authentication.raw_id)
        known = [_public(row) for row in Factor.objects.filter(credential=credential, kind="passkey")]
        _server(host).authenticate_complete(_known(state), known, authentication)
        data: AuthenticatorData = authentication.response.authenticator_data
    except (ValueError, KeyError, TypeError) as wrong:
        raise _refused() from wrong
    return show_passkey(credential=credential, counter=data.counter)


def _server(host: str) -> Fido2Server:
    """The verifier for this very address: a neighbour below the same name is another house (WebAuthn would take it)."""
    name = host.partition(":")[0]
    ours = {f"https://{host}", *([f"http://{host}"] if name == "localhost" else [])}
    return Fido2Server(PublicKeyCredentialRpEntity(name="祁连 Qilian", id=name), verify_origin=ours.__contains__)


def _descriptor(row: Factor) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=_public(row).credential_id)


def _public(row: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(unseal(row.secret)))


def _json(options: Any) -> str:
    return json.dumps(dict(options)["publicKey"], default=dict)


def _read(answer: str) -> Mapping[str, Any]:
    data = json.loads(answer)
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data


def _known(state: State | None) -> State:
    """The state of the question; without one nothing was asked, and an answer is none."""
    if not state:
        raise ValueError("nothing was asked")
    return state


def _refused() -> Refusal:
    message = Text("通行密钥没有通过验证。", "The passkey was not accepted.")
    remedy = Text("请重试，或改用密码登录。", "Try again, or sign in with your password.")
    return Refusal("factors.passkey", message, where="answer", remedy=remedy)
