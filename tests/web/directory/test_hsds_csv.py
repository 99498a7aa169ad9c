"""HSDS tables, joined in a database of their own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.directory.doors import READERS
from app.directory.record import read
from tests.unit.directory.records import a_setting
from tests.unit.directory.tables import TEMPLATE, checked, csv_of, zip_of


def test_tables_are_joined() -> None:
    (entry,) = READERS["hsds-csv"](
        zip_of(
            services="id,organization_id,name,description,status,minimum_age\ns1,o1,Lunch Club,Lunch.,active,60\n",
            organizations="id,name,description\no1,Lane End Trust,A charity.\n",
            locations="id,name,latitude,longitude\nl1,Hall,53.541,-2.131\n",
            service_at_location="id,service_id,location_id\na1,s1,l1\n",
            addresses="id,location_id,address_1,city,postal_code,address_type\nd1,l1,1 Lane End,Oldham,OL9 9HH,physical\n",
            phones="id,location_id,number\np1,l1,01632 960123\n",
            schedules="id,service_id,byday,opens_at,closes_at\nc1,s1,TU,12:00,14:00\n",
            attributes="id,link_id,taxonomy_term_id\nt1,s1,k1\n",
            taxonomy_terms="id,name,taxonomy_id\nk1,Home care,x1\n",
            taxonomies="id,name\nx1,pilot-service-type\n",
            service_capacity="id,service_id,available\nq1,s1,0\n",
        ),
        "the-source",
        TEMPLATE,
    )
    service = read(entry.raw, a_setting(source="the-source"), entry.notes).service
    assert service and service.source == "the-source"
    assert (service.organisation, service.sites[0].name, service.sites[0].address) == ("Lane End Trust", "Hall", "1 Lane End, Oldham")
    assert (service.phone, service.opening, service.types) == ("01632 960123", ("Tuesday, midday to 2pm",), ("Home care",))
    assert (service.minimum_age, service.accepting, service.lat) == (60, False, 53.541)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=4, max_size=4), st.text(max_size=60))
def test_any_tables_are_joined(cells: list[str], other: str) -> None:
    row = csv_of(("id", "name", "organization_id", "status"), tuple(cells)).getvalue().decode()
    checked(zip_of(services=row, organizations=other, phones=other, schedules=row), "hsds-csv", a_setting())
