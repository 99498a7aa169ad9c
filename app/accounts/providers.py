"""The sign-in services of other organisations, as `sign-in.yaml` names them, and what their claims say of somebody. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import yaml
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from app.accounts.emails import in_one_way
from app.content.reading import UNREADABLE

FILE = "sign-in.yaml"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_TENANT = frozenset({"common", "organizations", "consumers"})
"""Microsoft's addresses at which people of every organisation, or of none, sign in."""
LATEST = 2.0**40
"""Seconds since 1970 that a clock may show; 0 stands for what is beyond, and for what is no number."""
LONGEST_NAME = 120
LONGEST_SUBJECT = 255
"""ASCII characters of a subject (OpenID Connect Core 1.0, section 2)."""


class ProvidersError(ValueError):
    """`sign-in.yaml` cannot be used. Its text is one line that says what to change."""


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("must start with https://")
    if "{" in text or ANY_TENANT & set(parts.path.split("/")):
        raise ValueError("must name one tenant, with its own id in the address")
    return text


Address = Annotated[str, AfterValidator(_address)]
"""https, or http to this machine itself, for development; of one tenant."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationClaim(_Strict):
    """Which claim gives somebody's organisations: a code, a list of them, or a list of objects of which `code` names the member."""

    claim: str
    code: str = ""

    def codes(self, claims: Mapping[str, Any]) -> list[str]:
        """The codes in these claims, each once, in their order."""
        found = claims.get(self.claim) or []
        each = found if isinstance(found, list) else [found]
        codes = [one.get(self.code) if isinstance(one, dict) else one for one in each]
        return list(dict.fromkeys(code.strip().upper() for code in codes if isinstance(code, str)))


class Provider(_Strict):
    """One sign-in service. docs/sign-in.md explains each member."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,29}$")
    label: str = Field(min_length=1, max_length=80)
    metadata: Address
    issuer: Address
    client_id: str = Field(min_length=1)
    client_secret: SecretStr | None = None
    private_key_file: str | None = None
    scopes: list[str]
    organisations: OrganisationClaim | None = None
    council: str | None = Field(default=None, pattern=r"^E\d{8}$")
    second_factor: dict[str, list[str]] = {}
    email_domains: list[str] = []
    email_verified_by: Literal["email_verified", "xms_edov"] = "email_verified"
    newcomers: Literal["invited", "join"] = "invited"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.client_secret is None) == (self.private_key_file is None):
            raise ValueError("give either client_secret or private_key_file")
        if "openid" not in self.scopes:
            raise ValueError("scopes must hold openid")
        if self.organisations and self.council:
            raise ValueError("give either organisations or council")
        if self.newcomers == "join" and not (self.organisations or self.council):
            raise ValueError("newcomers can join only where organisations or council says what they join")
        return self

    def vouched_address(self, claims: Mapping[str, Any]) -> str:
        """The e-mail address that the service has verified and that is of an allowed domain, as addresses are compared; else empty."""
        address = claims.get("email")
        if not isinstance(address, str) or claims.get(self.email_verified_by) not in (True, "true", "1"):
            return ""
        address = in_one_way(address)
        return address if address.rpartition("@")[2] in {domain.lower() for domain in self.email_domains} else ""

    def says_second_factor(self, token: Mapping[str, Any]) -> bool:
        """Whether the ID token says that there was a second factor."""
        for claim, wanted in self.second_factor.items():
            said = token.get(claim)
            if {str(one) for one in (said if isinstance(said, list) else [said])} & set(wanted):
                return True
        return False

    def identity(self, token: Mapping[str, Any], more: Mapping[str, Any]) -> "Identity":
        """Who has arrived, from the claims of a checked ID token and, where that is silent, of the userinfo endpoint.

        Raises ValueError without a subject.
        """
        claims = {**more, **token}
        name = " ".join(str(claims.get("name") or "").split())
        codes = [self.council] if self.council else self.organisations.codes(claims) if self.organisations else []
        return Identity(
            provider=self.name,
            issuer=self.issuer,
            subject=subject_of(token),
            name=name if len(name) <= LONGEST_NAME and name.isprintable() else "",
            email=self.vouched_address(claims),
            organisations=codes,
            second_factor=self.says_second_factor(token),
            signed_in_at=_moment(token.get("auth_time")),
        )


@dataclass(frozen=True)
class Identity:
    """Who somebody is to their organisation's sign-in service. `signed_in_at` is in seconds since 1970, 0 where it is not said."""

    provider: str
    issuer: str
    subject: str
    name: str
    email: str
    organisations: list[str]
    second_factor: bool
    signed_in_at: float

    def fits(self, email: str) -> bool:
        """Whether this may be whoever has this address: where the service vouches for an address, it has to be that one."""
        return not self.email or self.email == email


def subject_of(claims: Mapping[str, Any]) -> str:
    """Whom the claims are about. Raises ValueError where they do not say it as the standard does."""
    subject = str(claims.get("sub") or "")
    if not 0 < len(subject) <= LONGEST_SUBJECT or not (subject.isascii() and subject.isprintable()):
        raise ValueError("sub")
    return subject


def _moment(said: object) -> float:
    return float(said) if isinstance(said, int | float) and 0 <= said <= LATEST else 0.0


class _File(_Strict):
    providers: list[Provider]


def read(folder: Path) -> tuple[Provider, ...]:
    """The services that the folder's sign-in.yaml names; none where there is no such file. Raises ProvidersError."""
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        providers = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).providers
    except ValidationError as error:
        first = error.errors()[0]
        raise ProvidersError(f"{FILE}: {'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}.") from None
    except (OSError, *UNREADABLE) as error:
        raise ProvidersError(f"{FILE}: cannot be read ({type(error).__name__}). It has to be YAML.") from None
    for member in ("name", "issuer"):
        values = [getattr(provider, member) for provider in providers]
        if twice := {value for value in values if values.count(value) > 1}:
            raise ProvidersError(f"{FILE}: two providers have the {member} {twice.pop()}. Each needs its own.")
    for provider in providers:
        private_key(provider, folder)
    return tuple(providers)


def private_key(provider: Provider, folder: Path) -> RSAKey | None:
    """The key with which we prove to be the client, from a PEM file named from the folder. Raises ProvidersError."""
    if provider.private_key_file is None:
        return None
    try:
        key = RSAKey.import_key((folder / provider.private_key_file).read_bytes())
    except (OSError, ValueError, JoseError) as error:
        raise ProvidersError(f"{FILE}: {provider.name}: private_key_file: no RSA key in PEM there ({type(error).__name__}).") from None
    if not key.is_private:
        raise ProvidersError(f"{FILE}: {provider.name}: private_key_file: holds a public key. Name the private one.")
    return key
