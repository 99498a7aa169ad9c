"""Talking OpenID Connect with one sign-in service: Authlib's client, held to what we accept."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App, OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
from flask import request, session
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import JWSRegistry
from requests import RequestException, Response
from urllib3.util import Timeout

from app.accounts.providers import LOOPBACK, Identity, Provider, private_key, subject_of

ALGORITHMS = ("RS256", "ES256", "PS256")
"""Signatures that we accept, whatever the service's metadata allow. Never none, and never a shared secret."""
ASSERTION_ALGORITHMS = ("RS512", "PS256", "RS256")
"""With which we sign that we are the client, the first that the service names. Care Identity asks for RS512."""
ASSERTION_LASTS = 300
LONGEST_WAIT = 5.0
"""Seconds that one page waits for a service, over all that it asks of it."""
KEPT_FOR = 3600
"""Seconds after which metadata and keys are fetched anew."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
LOGOUT_LASTS = 120
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OTHER_ENDPOINTS = ("userinfo_endpoint", "end_session_endpoint")
_UNTIL = "fingerpost.outside_until"


class Trouble(Exception):
    """Why somebody could not be signed in. `kind` names the message: "cancelled", "unavailable", "refused", "address", "closed"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@contextmanager
def judged() -> Iterator[None]:
    """What goes wrong between us and the service, as Trouble. Its cause is for the log, never for the page."""
    try:
        yield
    except RequestException as error:
        raise Trouble("unavailable") from error
    except OAuthError as error:
        kinds = {"access_denied": "cancelled", "server_error": "unavailable", "temporarily_unavailable": "unavailable"}
        raise Trouble(kinds.get(error.error, "refused")) from error
    except (AuthlibBaseError, JoseError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Trouble("refused") from error


class DirectSession(OAuth2Session):  # type: ignore[misc]
    """HTTP that follows no redirect, so that a code or a secret goes nowhere else, and that does not keep a page waiting."""

    def request(self, method: str, url: str, **kwargs: Any) -> Response:
        until = request.environ.setdefault(_UNTIL, time.monotonic() + LONGEST_WAIT)
        left = max(0.1, until - time.monotonic())
        answer: Response = super().request(method, url, **{**kwargs, "allow_redirects": False, "timeout": Timeout(total=left)})
        if answer.is_redirect:
            raise requests.TooManyRedirects(response=answer)
        return answer


class Assertion(PrivateKeyJWT):  # type: ignore[misc]
    """private_key_jwt: we prove to be the client with a short-lived token that only our key can sign."""

    def __init__(self, key: RSAKey, metadata: Mapping[str, Any]) -> None:
        offered = metadata.get("token_endpoint_auth_signing_alg_values_supported") or ["RS256"]
        super().__init__(alg=next((algorithm for algorithm in ASSERTION_ALGORITHMS if algorithm in offered), "RS256"))
        self.key = key

    def sign(self, auth: Any, token_endpoint: str) -> Any:
        return private_key_jwt_sign(
            self.key, client_id=auth.client_id, token_endpoint=token_endpoint, alg=self.alg, header={"kid": self.key.thumbprint()},
            expires_in=ASSERTION_LASTS,
        )  # fmt: skip


class Client(FlaskOAuth2App):  # type: ignore[misc]
    """Us, to one service. State, nonce and PKCE verifier of a sign-in under way are in the server's own session."""

    client_cls = DirectSession

    def __init__(self, provider: Provider, folder: Path) -> None:
        secret = provider.client_secret.get_secret_value() if provider.client_secret else None
        super().__init__(
            FlaskIntegration(provider.name), f"outside-{provider.name}", client_id=provider.client_id, client_secret=secret,
            client_kwargs={"scope": " ".join(provider.scopes), "code_challenge_method": "S256"}, server_metadata_url=provider.metadata,
        )  # fmt: skip
        self.provider = provider
        self._key = private_key(provider, folder)
        self._fetched_at = float("-inf")

    def load_server_metadata(self) -> dict[str, Any]:
        """The service's metadata, of which we take what we know: the rest would become settings of the HTTP session."""
        if time.monotonic() - self._fetched_at > KEPT_FOR:
            with self._get_session() as http:
                answer = http.request("GET", self._server_metadata_url, withhold_token=True)
            answer.raise_for_status()
            said = answer.json()
            if said["issuer"] != self.provider.issuer:
                raise ValueError("issuer")
            metadata: dict[str, Any] = {name: _safe(said[name], self.provider) for name in ENDPOINTS}
            metadata |= {name: _safe(said[name], self.provider) for name in OTHER_ENDPOINTS if name in said}
            metadata["issuer"] = self.provider.issuer
            metadata["id_token_signing_alg_values_supported"] = list(ALGORITHMS)
            metadata["authorization_response_iss_parameter_supported"] = said.get("authorization_response_iss_parameter_supported") is True
            metadata["token_endpoint_auth_method"] = self._proof(said)
            self.server_metadata, self._fetched_at = metadata, time.monotonic()
        return self.server_metadata

    def _proof(self, said: Mapping[str, Any]) -> str:
        if self._key:
            self.client_auth_methods = [Assertion(self._key, said)]
            return "private_key_jwt"
        basic = "client_secret_basic" in said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_basic" if basic else "client_secret_post"

    def begin(self, back: str, next_page: str) -> str:
        """The address at the service to which the browser is sent. `back` is ours, to which it returns."""
        with judged():
            begun = self.create_authorization_url(back)
        self.save_authorize_data(redirect_uri=back, next_page=next_page, **begun)
        address: str = begun["url"]
        return address

    def next_page(self) -> str:
        """The page that was wanted when the sign-in began of which this request says the state; home where there is none."""
        begun = self.framework.get_state_data(session, request.args.get("state")) or {}
        page: str = begun.get("next_page", "/")
        return page

    def arrived(self) -> tuple[Identity, str]:
        """Who has come back, after every check, and their ID token. The state is used up whether or not they are let in."""
        with judged():
            self._check_issuer_of_answer()
            token = self.authorize_access_token(claims_options=self._ours(), leeway=LEEWAY)
            claims = token["userinfo"]
            more: Mapping[str, Any] = {}
            if "userinfo_endpoint" in self.server_metadata:
                more = self.userinfo(token=token)
                if more["sub"] != claims["sub"]:
                    raise ValueError("sub")
            return self.provider.identity(claims, more), token["id_token"]

    def _ours(self) -> dict[str, Any]:
        return {"iss": {"essential": True, "value": self.provider.issuer}, "aud": {"essential": True, "value": self.client_id}}

    def _check_issuer_of_answer(self) -> None:
        """RFC 9207: where the service says who answers, it has to be the one that was asked."""
        said = request.args.get("iss")
        expected = self.load_server_metadata()["authorization_response_iss_parameter_supported"]
        if (expected or said is not None) and said != self.provider.issuer:
            self.framework.clear_state_data(session, request.args.get("state"))
            raise ValueError("iss")

    def leaving(self, id_token: str) -> str | None:
        """The address at which somebody signs out of the service itself; None where it has none, or does not answer."""
        try:
            with judged():
                if "end_session_endpoint" not in self.load_server_metadata():
                    return None
                address: str = self.create_logout_url(id_token_hint=id_token, client_id=self.client_id)["url"]
        except Trouble:
            return None
        return address

    def ended_subject(self, logout_token: str) -> str:
        """Whose sessions the service asks us to end (OpenID Connect Back-Channel Logout 1.0; OWASP ASVS 5.0, 10.5.5)."""
        with judged():
            try:
                token = self._decoded(logout_token, self.fetch_jwk_set())
            except InvalidKeyIdError:
                token = self._decoded(logout_token, self.fetch_jwk_set(force=True))
            there: Any = {name: {"essential": True} for name in ("sub", "jti", "iat", "exp", "events")}
            jwt.JWTClaimsRegistry(leeway=LEEWAY, **there, **self._ours()).validate(token.claims)
            is_new = time.time() - token.claims["iat"] <= LOGOUT_LASTS + LEEWAY
            if token.header.get("typ") != "logout+jwt" or "nonce" in token.claims or LOGOUT not in token.claims["events"] or not is_new:
                raise ValueError("logout_token")
            return subject_of(token.claims)

    @staticmethod
    def _decoded(token: str, keys: Any) -> jwt.Token:
        return jwt.decode(token, KeySet.import_key_set(keys), registry=JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False))


def _safe(address: str, provider: Provider) -> str:
    """An endpoint's address: https, unless the whole service is on this machine."""
    parts, home = urlsplit(address), urlsplit(provider.metadata)
    if parts.scheme == "https" or (parts.scheme == home.scheme == "http" and parts.hostname in LOOPBACK):
        return address
    raise ValueError("endpoint")
