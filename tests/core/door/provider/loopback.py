"""An identity provider on this machine: discovery, keys, codes with PKCE, tokens that it signs; and it can lie."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from qilian.core.values import clock

CLIENT, SECRET = "qilian", "s3cret:with/signs"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def b64(number: int, length: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(length, "big")).decode().rstrip("=")


def rsa_jwk(name: str, key: rsa.RSAPrivateKey = RSA_KEY) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "kid": name, "use": "sig", "n": b64(numbers.n, 256), "e": b64(numbers.e, 3)}


def ec_jwk(name: str) -> dict[str, str]:
    numbers = EC_KEY.public_key().public_numbers()
    place = {"x": b64(numbers.x, 32), "y": b64(numbers.y, 32)}
    return {"kty": "EC", "crv": "P-256", "kid": name, "use": "sig", **place}


@dataclass
class Loopback:
    """The provider's mind: who signs in, with which key it signs, and which lies it tells in its tokens."""

    issuer: str = ""
    subject: str = "official-7"
    key: Any = RSA_KEY
    algorithm: str = "RS256"
    kid: str | None = "k1"
    keys: list[dict[str, str]] = field(default_factory=lambda: [rsa_jwk("k1")])
    lies: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    discovery: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False

    def authorize(self, address: str) -> str:
        """What the browser does there: sign in, and come back with a code; returns the path and query of the answer."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code" and query["client_id"] == CLIENT and query["scope"] == "openid"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"], "iss": self.issuer})
        return f"{urlsplit(query['redirect_uri']).path}?{back}"

    def exchange(self, fields: Mapping[str, str], authorization: str) -> dict[str, str] | None:
        """A token for a code: once, for our client, with the verifier of its challenge, to the same address."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        client, _, secret = pair.partition(":")
        asked = self.codes.pop(fields["code"], None)
        proof = base64.urlsafe_b64encode(sha256(fields["code_verifier"].encode()).digest()).decode().rstrip("=")
        right = (unquote(client), unquote(secret)) == (CLIENT, SECRET) and asked is not None
        if not right or proof != asked["code_challenge"] or fields["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self.token or self.sign(asked["nonce"])}

    def sign(self, nonce: str) -> str:
        now = int(clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": nonce, "iat": now, "exp": now + 300}
        told = {name: value for name, value in {**claims, "auth_time": now, **self.lies}.items() if value is not None}
        headers = {"kid": self.kid} if self.kid is not None else {}
        return jwt.encode(told, self.key, algorithm=self.algorithm, headers=headers)

    def document(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        found = {name: f"{self.issuer}/{place}" for name, place in places.items()}
        return {"issuer": self.issuer, **found, "end_session_endpoint": f"{self.issuer}/out", **self.discovery}


class _Handler(BaseHTTPRequestHandler):
    mind: Loopback

    def do_GET(self) -> None:
        self.mind.asked.append(self.path)
        if self.path == "/.well-known/openid-configuration":
            self._say(self.mind.document())
        elif self.path == "/keys":
            self._say({"keys": self.mind.keys})
        else:
            self._say(None, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        answer = self.mind.exchange(fields, self.headers.get("Authorization", ""))
        self._say(answer if answer else {"error": "invalid_grant"}, 200 if answer else 400)

    def _say(self, body: object, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(503 if self.mind.down else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving() -> Iterator[Loopback]:
    """Serve a provider until the end of the block."""
    mind = Loopback()
    handler = type("Handler", (_Handler,), {"mind": mind})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    mind.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield mind
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
