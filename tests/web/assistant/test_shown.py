"""What the answer's page shows beside its first lines: what was set aside, the reasons, whom to ask, what is unsure."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.assistant.test_page import buttons
from tests.web.assistant.test_states import page

ROOT = Path(__file__).resolve().parents[3]
LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential"
ORDER = """
from tests.unit.assistant.test_answering import ask
made = ask("82F lives alone, 2 falls, forgetful, lonely, cannot wash, smokes in bed, no food in house, says he is suicidal")
print([item.id for item in (*made.ranking.core, *made.ranking.support)])
"""


def test_what_was_set_aside_is_listed_with_why_and_its_words_and_can_be_put_back(client: FlaskClient) -> None:
    html = page(client, "82F lonely. h/o falls 2019. Denies suicidal ideation.")
    assert "Falls (in the past)" in html and re.search(r"uicid[^<(]* \(absent\)", html)
    falls = next(value for value in buttons(html, "flip") if value.startswith("falls:"))
    assert falls.endswith("=present") and re.search(rf'value="{falls}" title="read from: falls"', html)
    back = page(client, "", earlier="82F lonely. h/o falls 2019. Denies suicidal ideation.", flip=falls)
    assert "Falls (in the past)" not in back and "Falls <span" in back


def test_what_was_laid_aside_and_everything_typed_so_far_stand_on_the_page(client: FlaskClient) -> None:
    html = page(client, "new patient: 90F lonely", earlier="47M with 2 falls")
    assert "What was said before message 2 was laid aside: it was about somebody else." in html
    assert [re.sub("<[^>]+>", "", turn) for turn in re.findall(r"You:</span> (.*?)</p>", html)] == [
        "47M with 2 falls",
        "new patient: 90F lonely",
    ]


def test_each_reading_shows_the_words_that_it_was_read_from(client: FlaskClient) -> None:
    assert 'title="read from: falls"' in page(client, "82F, 2 falls this month")


def test_a_need_is_chosen_from_a_list_and_sent_with_the_conversation(client: FlaskClient) -> None:
    form = page(client, LINE).split('id="conversation"')[1].split("</form>")[0]
    choices = re.search(r'<select[^>]*name="add">(.*?)</select>', form, re.S)
    assert choices and '<option value="loneliness">' in choices[1]


def test_each_place_has_its_reasons_with_words_rule_and_points(client: FlaskClient) -> None:
    html = page(client, LINE)
    first = html[html.index('class="fp-alternative"') :].split("</details>")[0]
    assert re.search(r"<li>[^<]+: [\d.]+ points?, rule <code>[\w.]+</code>, characters \d+ to \d+", first)


def test_what_cannot_fit_is_named_with_why(client: FlaskClient) -> None:
    html = page(client, "82F end of life, falls, weak since the chest infection, cannot wash")
    assert ": Not listed because the text speaks of the last stage of an illness." in html


def test_the_order_of_the_same_words_is_the_same_in_every_process() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        environ = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        said.add(subprocess.run([sys.executable, "-c", ORDER], cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout)
    assert len(said) == 1


def test_without_a_service_the_page_says_whom_to_ask(client: FlaskClient) -> None:
    html = page(client, LINE)
    first = html[html.index("fp-alternative__refer") :].split("</p>")[0]
    assert "/services/" not in first and re.search(r"Refer:</strong>\s+\w+", first)


def test_what_is_not_held_is_said_on_the_page(client: FlaskClient) -> None:
    assert "Fingerpost does not hold an answer to that." in page(client, "what is the capital of France?")


def test_the_caution_stands_before_what_is_offered(client: FlaskClient) -> None:
    text = "84F dementia, son looks after her and is exhausted, he hits her"
    entries = page(client, text).split('<li class="fp-alternative')[1:]
    cautioned = [entry for entry in entries if "The unpaid carer may be the one who harms." in entry]
    assert len(cautioned) >= 3
    for entry in cautioned:
        after = entry[entry.index("may be the one who harms") :]
        assert "<p>" not in entry[: entry.index('class="fp-caution"')] and "What it is" in after


@pytest.mark.parametrize("shown", ["/alternatives/live_in_care", ""])
def test_a_price_that_differs_by_area_is_marked_to_be_checked(client: FlaskClient, shown: str) -> None:
    html = unescape(client.get(shown).text) if shown else page(client, "82F up all night, cannot be left. How much does live-in care cost?")
    parts = html.split("<dt>Cost</dt>" if shown else "fp-information__title")[1:]
    assert any("ypically; check locally" in part.split("</dd>" if shown else "</p>")[0] for part in parts)


def test_an_identifier_is_said_to_have_been_blanked(client: FlaskClient) -> None:
    assert "Something that looks like a personal identifier was typed. It is blanked here" in page(client, "NHS 999 000 0018, 2 falls")
    assert "personal identifier" not in page(client, "2 falls")


def test_a_slip_is_said_to_have_been_read_through(client: FlaskClient) -> None:
    assert "Read one word as “forgetful”." in page(client, "82F very forgetfull")


def test_the_patient_safe_view_is_off_until_somebody_ticks_it(client: FlaskClient) -> None:
    box = re.search(r"<input[^>]*data-safe-view[^>]*>", page(client, LINE))
    assert box and "checked" not in box[0]


def test_the_foot_says_who_decides_and_links_to_when_a_home_may_be_right(client: FlaskClient) -> None:
    html = page(client, LINE)
    assert "Fingerpost informs; it never refers. You decide. Not for emergencies: call 999." in html
    assert '<a href="/care-home">A care home may be right when …</a>' in html


def test_the_directorys_day_is_told(app: Flask, client: FlaskClient) -> None:
    app.test_cli_runner().invoke(args=["demo", "load"])
    told = client.post("/api/assistant", json={"text": LINE}).get_json()["versions"]["directory"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told) and f"directory {told}" in page(client, LINE)
