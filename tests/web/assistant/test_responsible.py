"""Which body answers for an alternative: in a two-tier area housing is the district's, care the county's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.places import models

COUNTY, UNITARY = "E10999001", "E06999001"


@pytest.fixture
def two_tier(app: Flask) -> None:
    with db.writing() as session:
        session.add_all([models.Council(code=COUNTY, name="Farshire County"), models.Council(code=UNITARY, name="Nearton")])
        session.flush()
        session.add_all(
            [
                models.District(code="E07999001", name="Farley Borough", council_code=COUNTY),
                models.District(code="E07999002", name="Upton District", council_code=COUNTY),
                models.District(code=UNITARY, name="Nearton", council_code=UNITARY),
                models.Postcode(postcode="ZZ21AA", lat=50.9, lon=-1.4, lad_code="E07999002"),
            ]
        )


def responsible(client: FlaskClient, **where: str) -> dict[str, str]:
    reply = client.post("/api/assistant", json={"text": "cannot manage the stairs at home, bath too high, cannot wash", **where})
    assert reply.status_code == 200, reply.text
    return {item["id"]: item["responsible"] for item in reply.get_json()["alternatives"]}


@pytest.mark.both
@pytest.mark.usefixtures("two_tier")
def test_in_a_county_housing_is_the_districts_and_care_the_countys(client: FlaskClient) -> None:
    found = responsible(client, council=COUNTY)
    assert found["disabled_facilities_grant"] == "the district council (Farley Borough, Upton District): housing, not Farshire County"
    assert found["care_needs_assessment"] == "Farshire County: adult social care"


@pytest.mark.usefixtures("two_tier")
def test_a_postcode_says_which_district(client: FlaskClient) -> None:
    assert responsible(client, near="ZZ2 1AA")["disabled_facilities_grant"] == "Upton District: housing, not Farshire County"


@pytest.mark.usefixtures("two_tier")
def test_a_unitary_council_answers_for_both(client: FlaskClient) -> None:
    assert responsible(client, council=UNITARY)["disabled_facilities_grant"] == "Nearton: housing"
