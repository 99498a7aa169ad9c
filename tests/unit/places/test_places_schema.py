"""A council's file."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.content.reading import read_yaml
from app.places.schema import CouncilFile

CONTACTS = {"asc_day": {"number": "01632 960100", "hours": "Weekdays"}}
FILE = {"code": "E99000001", "name": "Marlshire", "contacts": CONTACTS}


def test_a_number_that_is_not_given_is_not_kept_and_is_named_as_missing() -> None:
    council = CouncilFile.model_validate(FILE | {"asc_email": "adult-social-care@example.org"})
    assert set(council.kept_contacts()) == {"asc_day", "asc_email"}
    assert council.missing() == [
        "asc_name",
        "contacts.asc_out_of_hours.number",
        "contacts.safeguarding.number",
        "contacts.urgent_community_response.number",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "Marlshire"},
        {"contacts": {"asc_day": {"number": "ring us"}}},
        {"contacts": {"duty_desk": {"number": "01632 960100"}}},
        {"asc_form_url": "javascript:alert(1)"},
        {"asc_email": "nobody"},
        {"towns": [{"name": "Marlbury", "lat": 0.6, "lon": 54.4}]},
        {"towns": [{"name": "Marlbury", "lat": 54.4, "lon": 0.6}, {"name": "marlbury", "lat": 54.5, "lon": 0.6}]},
    ],
)
def test_a_file_with_a_mistake_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CouncilFile.model_validate(FILE | change)


def test_the_demonstration_council_gives_everything() -> None:
    council = read_yaml(Path(__file__).resolve().parents[3] / "content" / "demo" / "council.yaml", CouncilFile)
    assert council.is_demonstration
    assert council.missing() == []
    assert all(line.hours for _, line in council.contacts)
