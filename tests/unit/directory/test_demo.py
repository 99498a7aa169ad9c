"""The demonstration area's files, and what becomes of them."""

import json
import re
from pathlib import Path

import pytest

from app.content.problems import ContentError
from app.directory import demo
from app.directory.findings import Verdict
from app.directory.record import read
from tests.unit.directory.records import a_setting

CONTENT = Path(__file__).resolve().parents[3] / "content"
SERVICE = CONTENT / "demo" / "services" / "home-care.yaml"


@pytest.fixture(scope="module")
def records() -> list[dict[str, object]]:
    return demo.records(CONTENT, "E99000001", "Marlshire")


def test_every_service_is_accepted_without_a_repair(records: list[dict[str, object]]) -> None:
    setting = a_setting(council_of=lambda code: code)
    found = {str(raw["source_id"]): read(raw, setting) for raw in records}
    assert len(found) >= 140
    assert {slug: [*map(str, one.notes.findings)] for slug, one in found.items() if one.notes.verdict is not Verdict.ACCEPT} == {}


def test_what_a_file_says_arrives(records: list[dict[str, object]]) -> None:
    raw = next(record for record in records if record["source_id"] == "teasel-home-care")
    service = read(raw, a_setting(council_of=lambda code: code)).service
    assert service
    assert (service.organisation, service.phone, service.council_code) == ("Teasel Home Care (Marlbury) Ltd", "01632 960460", "E99000001")
    assert (service.accepting, service.self_referral, service.cost_kind) == (True, True, "means_tested")
    assert service.opening == ("Every day, 7am to 10pm",)
    assert service.cqc and (service.cqc.rating, service.cqc.url) == ("Good", "")
    assert service.sites[0].postcode == "ZZ1 1GH" and len(service.how_to_refer) == 2


def test_phones_and_addresses_are_invented_ones(records: list[dict[str, object]]) -> None:
    text = json.dumps(records)
    numbers = re.findall(r'"number": "([^"]+)"', text)
    assert numbers
    assert all(re.fullmatch(r"01632 960\d{3}|0113 496 0\d{3}|07700 900\d{3}|0808 157 0\d{3}", number) for number in numbers)
    assert set(re.findall(r"[\w.-]+@([\w.-]+)", text)) == {"example.org"}
    assert all(re.fullmatch(r"(?:[\w-]+\.)*example\.org", host) for host in re.findall(r"https?://([^/\"]+)", text))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("id: 2314554d", "id: 3314554d", "the UUIDv5 of the slug"),
        ("types: [Home care]", "types: [Home carre]", "'Home carre' is not in the list"),
        ("accepting_referrals: true", "accepting: true", "accepting"),
    ],
)
def test_a_mistake_in_a_file_is_reported_with_its_file(tmp_path: Path, old: str, new: str, what: str) -> None:
    (tmp_path / "demo" / "services").mkdir(parents=True)
    (tmp_path / "demo" / "service_types.yaml").write_text((CONTENT / "demo" / "service_types.yaml").read_text())
    (tmp_path / "demo" / "services" / SERVICE.name).write_text(SERVICE.read_text().replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        demo.read_files(tmp_path)
    assert any(what in str(problem) and SERVICE.name in str(problem) for problem in caught.value.problems)
