"""A feed's records and their parts, whatever stands in them: read, mended and shown safely, or left out."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from app.directory import values
from app.directory.cleaning import LONGEST_LINE, LONGEST_TEXT, line, paragraphs
from app.directory.feeds import from_objects
from app.directory.findings import Notebook
from app.directory.opening import DAYS, days_open, opening_of
from app.directory.record import read
from app.directory.service import from_record, to_record
from app.directory.sites import postcode_of
from tests.typed import JSON, SIGNS, objects
from tests.unit.directory.records import TODAY, a_location, a_record, a_setting

FIELDS = (
    "id", "name", "description", "url", "email", "status", "fees", "fees_description", "accreditations", "minimum_age", "maximum_age",
    "assured_date", "alert", "last_modified", "schedules", "service_areas", "service_at_locations", "languages", "organization",
    "cost_options", "contacts", "attributes", "phones", "eligibility_description", "application_process", "wait_time", "service_capacity",
    "source", "source_id", "fingerpost",
)  # fmt: skip
INSIDE = objects(
    "id", "name", "number", "email", "amount", "option", "description", "location", "addresses", "postal_code", "address_1", "latitude",
    "longitude", "location_type", "taxonomy_term", "extent", "byday", "opens_at", "closes_at", "available", "phones", "cqc", "access",
    "rated_on", "summary", "accessibility", "not_for", "cost_kind", "national", "accepting",
)  # fmt: skip
PART = JSON | INSIDE | st.lists(INSIDE, max_size=3) | INSIDE.map(lambda place: [{"location": place}])
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
CLOCK = re.compile(r"([0-9]+)(?:\.([0-9]+))?[ap]m")
TAG = re.compile(r"<[a-zA-Z/!?]")


def texts(found: Any) -> list[str]:
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [found] if isinstance(found, str) else [text for part in inside for text in texts(part)]


@given(JSON | st.dictionaries(st.sampled_from(FIELDS), PART, max_size=5).map(lambda change: a_record(**change)))
@example(a_record(last_modified="1990-01-01T00:00:00+23:59", minimum_age=10**400, service_at_locations=a_location(latitude="1e999")))
@example(a_record(description="&amp;lt;script&amp;gt;x<scr<script>ipt>"))
def test_a_record_of_any_shape_is_shown_safely_or_refused(raw: Any) -> None:
    (entry,) = from_objects([raw])
    reading = read(entry.raw, a_setting())
    service = reading.service
    if service is None:
        assert reading.notes.findings
        return
    kept = json.loads(json.dumps(to_record(service)))
    assert from_record(kept) == service
    assert str(UUID(service.id)) == service.id
    assert not any(UNSEEN.search(text) or TAG.search(text) for text in texts(kept))
    assert 0 < len(service.name) <= LONGEST_LINE and len(service.description) <= LONGEST_TEXT
    assert all(url == "" or re.match(r"https?://[^\s<>\"]+$", url) for url in (service.url, service.referral_form_url))
    assert all(site.lat is None or (49 <= site.lat <= 61 and -9 <= (site.lon or 0) <= 2.5) for site in service.sites)
    assert all(day is None or day <= TODAY + timedelta(days=1) for day in (service.assured_on, service.modified_on))


@given(SIGNS | st.text("<>&;#aglt/[]()ht:p. "), st.integers(20, 400))
def test_text_of_any_kind_keeps_to_its_length_and_shows_no_markup(text: str, longest: int) -> None:
    for clean in (line, paragraphs):
        shown = clean(text, "name", Notebook(), longest)
        assert len(shown) <= longest and shown == shown.strip() and not UNSEEN.search(shown) and not TAG.search(shown)
    assert "\n" not in line(text, "name", Notebook(), longest)


@given(SIGNS | st.text("ABOI019 ", max_size=9))
def test_a_postcode_is_written_once_in_the_usual_way(text: str) -> None:
    usual = postcode_of(text, "postal_code", Notebook())
    assert postcode_of(usual, "postal_code", notes := Notebook()) == usual and not notes.findings
    assert usual == "" or re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", usual)


@given(JSON | st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?", fullmatch=True))
@example("9999-12-31T23:59:59-23:59")
@example("٣١/١٢/٢٠٢٠")
def test_a_value_of_any_shape_is_what_its_field_holds_or_nothing(value: Any) -> None:
    day = values.date_of(value, "assured_date", TODAY, Notebook())
    assert day is None or values.EARLIEST_DATE <= day <= TODAY + timedelta(days=1)
    lowest, highest = values.ages_of({"minimum_age": value, "maximum_age": value}, Notebook())
    assert lowest == highest and (lowest is None or 0 <= lowest <= values.OLDEST_AGE)
    assert values.yes_or_no(value, "accepting", Notebook()) in (True, False, None)
    written = str(value)
    assert values.url_of(written, "url", Notebook()).startswith(("http://", "https://", "Http", "HTTP")) or not values.url_of(
        written, "url", Notebook()
    )
    for read_alike in (values.url_of, values.email_of, values.phone_of):
        usual = read_alike(written, "where", Notebook())
        assert read_alike(usual, "where", Notebook()) == usual
    assert str(UUID(values.uuid_of(written, "feed", Notebook())))


@given(st.lists(objects("byday", "opens_at", "closes_at", "freq", "description"), max_size=3), SIGNS)
@example([{"opens_at": "25:00", "closes_at": "09:99"}], "")
def test_opening_times_are_times_of_the_day_on_days_of_the_week(schedules: list[dict[str, Any]], text: str) -> None:
    said = opening_of({name: value for name, value in one.items() if name != "description"} for one in schedules)
    assert all(re.match(r"(Every day|all day and night|mid(day|night)|\d{1,2}(\.[0-5]\d)?[ap]m|[A-Z][a-z]+day)\b", one) for one in said)
    assert all(0 < int(hour) <= 12 and int(minute or 0) < 60 for one in said for hour, minute in CLOCK.findall(one))
    assert set(days_open([*said, text])) <= set(DAYS) and days_open([]) == ()
