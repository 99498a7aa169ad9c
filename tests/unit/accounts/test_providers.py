"""Reading sign-in.yaml, and what claims say of somebody."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from joserfc.jwk import RSAKey

from app.accounts.providers import Identity, OrganisationClaim, Provider, ProvidersError, read

TENANT = "https://login.microsoftonline.com/0f0e0d0c-0000-4000-8000-000000000000/v2.0"
COUNCIL: dict[str, Any] = {
    "name": "council", "label": "Sign in with Marlshire Council", "metadata": f"{TENANT}/.well-known/openid-configuration",
    "issuer": TENANT, "client_id": "c", "client_secret": "s", "scopes": ["openid", "email"], "council": "E08000004",
    "email_domains": ["marlshire.example.org"], "email_verified_by": "xms_edov",
}  # fmt: skip


def written(folder: Path, *providers: dict[str, Any]) -> Path:
    (folder / "sign-in.yaml").write_text(yaml.safe_dump({"providers": list(providers)}))
    return folder


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read(tmp_path) == ()


def test_a_good_file(tmp_path: Path) -> None:
    (provider,) = read(written(tmp_path, COUNCIL))
    assert provider.label == "Sign in with Marlshire Council"
    assert "'s'" not in repr(provider)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": None}, "providers.0.label"),
        ({"lable": "x"}, "providers.0.lable"),
        ({"name": "Not this"}, "providers.0.name"),
        ({"metadata": "http://login.example.org/x"}, "must start with https://"),
        ({"issuer": "http://localhost.example.org/x"}, "must start with https://"),
        ({"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}, "must name one tenant"),
        ({"metadata": "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"}, "must name one tenant"),
        ({"metadata": "https://login.microsoftonline.com/organizations/v2.0/x"}, "must name one tenant"),
        ({"private_key_file": "k.pem"}, "either client_secret or private_key_file"),
        ({"client_secret": None}, "either client_secret or private_key_file"),
        ({"scopes": ["email"]}, "scopes must hold openid"),
        ({"organisations": {"claim": "x"}}, "either organisations or council"),
        ({"council": None, "newcomers": "join"}, "says what they join"),
        ({"newcomers": "anybody"}, "providers.0.newcomers"),
        ({"email_verified_by": "nothing"}, "providers.0.email_verified_by"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    changed = {name: value for name, value in (COUNCIL | change).items() if value is not None}
    with pytest.raises(ProvidersError) as error:
        read(written(tmp_path, changed))
    assert str(error.value).startswith("sign-in.yaml: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_http_is_for_this_machine_only(tmp_path: Path) -> None:
    here = "http://localhost:9999/x"
    assert read(written(tmp_path, COUNCIL | {"metadata": here, "issuer": here}))


@pytest.mark.parametrize("text", ["providers: [", "- 1", "", "\x00"])
def test_what_is_no_such_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "sign-in.yaml").write_text(text)
    with pytest.raises(ProvidersError, match="^sign-in.yaml: [^\n]+$"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"), [({"issuer": "https://other.example.org"}, "the name council"), ({"name": "other"}, "the issuer")]
)
def test_two_services_are_two(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(ProvidersError, match=f"two providers have {said}"):
        read(written(tmp_path, COUNCIL, COUNCIL | change))


def test_a_private_key_has_to_be_there_and_private(tmp_path: Path) -> None:
    card = {name: value for name, value in COUNCIL.items() if name != "client_secret"} | {"private_key_file": "card.pem"}
    key = RSAKey.generate_key(2048)
    for content, said in ((None, "FileNotFoundError"), (b"no key", "no RSA key"), (key.as_pem(private=False), "holds a public key")):
        if content:
            (tmp_path / "card.pem").write_bytes(content)
        with pytest.raises(ProvidersError, match=said):
            read(written(tmp_path, card))
    (tmp_path / "card.pem").write_bytes(key.as_pem(private=True))
    assert read(written(tmp_path, card))


def provider(**change: Any) -> Provider:
    return Provider.model_validate(COUNCIL | change)


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": "Ada@Marlshire.Example.org", "xms_edov": True}, "ada@marlshire.example.org"),
        ({"email": "ada@marlshire.example.org", "xms_edov": "1"}, "ada@marlshire.example.org"),
        ({"email": "ada@marlshire.example.org", "xms_edov": False}, ""),
        ({"email": "ada@marlshire.example.org", "xms_edov": "false"}, ""),
        ({"email": "ada@marlshire.example.org", "email_verified": True}, ""),
        ({"email": "ada@marlshire.example.org"}, ""),
        ({"email": "ada@sub.marlshire.example.org", "xms_edov": True}, ""),
        ({"email": ["ada@marlshire.example.org"], "xms_edov": True}, ""),
        ({"xms_edov": True}, ""),
    ],
)
def test_only_a_verified_address_of_an_allowed_domain_counts(claims: dict[str, Any], address: str) -> None:
    assert provider().vouched_address(claims) == address


def test_without_domains_no_address_is_believed() -> None:
    assert provider(email_domains=[]).vouched_address({"email": "ada@example.org", "xms_edov": True}) == ""


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ([{"org_code": "A81001"}, {"org_code": "b82002 "}, {"org_code": "A81001"}], ["A81001", "B82002"]),
        ({"org_code": "A81001"}, ["A81001"]),
        ("A81001", ["A81001"]),
        (["A81001", 7, None, {"other": "X"}], ["A81001"]),
        (None, []),
    ],
)
def test_organisations(value: Any, codes: list[str]) -> None:
    assert OrganisationClaim(claim="orgs", code="org_code").codes({"orgs": value}) == codes


def test_the_council_of_a_tenant_is_not_for_the_tenant_to_say() -> None:
    assert provider().identity({"sub": "s", "org": "E99999999"}, {}).organisations == ["E08000004"]


@pytest.mark.parametrize(
    ("token", "said"),
    [({"acr": "AAL3_ANY"}, True), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "AAL2_ANY"}, False), ({"amr": "mfaX"}, False), ({}, False)],
)
def test_a_second_factor_is_what_the_file_says(token: dict[str, Any], said: bool) -> None:
    assert provider(second_factor={"acr": ["AAL3_ANY"], "amr": ["mfa"]}).says_second_factor(token) is said


def test_a_second_factor_is_for_the_signed_token_to_say() -> None:
    asked = provider(second_factor={"acr": ["AAL3_ANY"]})
    assert not asked.identity({"sub": "s"}, {"acr": "AAL3_ANY"}).second_factor


def test_the_signed_token_goes_before_what_was_asked_later() -> None:
    told = {"sub": "s", "name": "Ada Invented"}
    assert provider().identity(told, {"sub": "other", "name": "Somebody Else"}).name == "Ada Invented"


@pytest.mark.parametrize("name", ["x" * 121, "a\u202eb", None])
def test_a_name_that_could_not_stand_on_a_certificate_is_left_out(name: str | None) -> None:
    assert provider().identity({"sub": "s", "name": name}, {}).name == ""


def test_where_an_address_is_vouched_for_it_has_to_be_that_one() -> None:
    who = Identity("p", "i", "s", "", "ada@example.org", [], False, 0.0)
    assert who.fits("ada@example.org")
    assert not who.fits("beth@example.org")
    assert Identity("p", "i", "s", "", "", [], False, 0.0).fits("beth@example.org")
