"""What another organisation's sign-in service says, and the file that names it, whatever stands there."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from app.accounts.providers import LATEST, LONGEST_NAME, LONGEST_SUBJECT, Provider, ProvidersError, read
from tests.typed import JSON, YAML, objects

TENANT = "https://login.example.org/tenant"
ENTRY: dict[str, Any] = {
    "name": "council", "label": "Sign in with Marlshire", "metadata": TENANT, "issuer": TENANT, "client_id": "c", "client_secret": "s",
    "scopes": ["openid"], "organisations": {"claim": "orgs", "code": "org_code"}, "email_domains": ["marlshire.example.org"],
    "second_factor": {"amr": ["mfa"]},
}  # fmt: skip
PROVIDER = Provider.model_validate(ENTRY)
CLAIMS = objects("sub", "name", "email", "email_verified", "orgs", "org_code", "amr", "auth_time")


@given(YAML | objects(*ENTRY).map(lambda change: yaml.safe_dump({"providers": [{**ENTRY, **change}]})))
@example("providers: 2024-13-45")
@example("a: !!int")
@example("a: !!bool x")
@example("a: !!timestamp x")
@example("&a [*a]")
@example("[" * 5000)
def test_a_file_names_services_or_is_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder: Path = tmp_path_factory.getbasetemp()
    (folder / "sign-in.yaml").write_bytes(text.encode(errors="surrogatepass"))
    try:
        services = read(folder)
    except ProvidersError as error:
        assert str(error).startswith("sign-in.yaml: ") and "\n" not in str(error)
    else:
        assert all(service.metadata.startswith(("https://", "http://localhost")) for service in services)


@given(CLAIMS, CLAIMS)
@example({"sub": "s", "auth_time": 10**400}, {})
@example({"sub": "s", "auth_time": float("nan")}, {})
@example({"sub": "\ud800"}, {})
@example({"sub": "s\x00"}, {})
@example({"sub": "s" * 256}, {})
@example({}, {"sub": "s"})
def test_claims_of_any_shape_give_somebody_or_nobody(token: dict[str, Any], more: dict[str, Any]) -> None:
    try:
        somebody = PROVIDER.identity(token, more)
    except ValueError:
        return
    assert 0 < len(somebody.subject) <= LONGEST_SUBJECT and somebody.subject.isascii() and somebody.subject.isprintable()
    assert len(somebody.name) <= LONGEST_NAME and somebody.name.isprintable()
    assert somebody.email == "" or somebody.email.endswith("@marlshire.example.org")
    assert 0 <= somebody.signed_in_at <= LATEST
    assert somebody.second_factor is False or "mfa" in str(token["amr"])


@given(JSON, st.booleans())
def test_organisations_of_any_shape_are_codes_each_once(said: Any, listed: bool) -> None:
    assert PROVIDER.organisations
    codes = PROVIDER.organisations.codes({"orgs": [said, {"org_code": said}] if listed else said})
    assert len(codes) == len(set(codes)) and all(isinstance(code, str) and code == code.strip() for code in codes)
