"""A council sets itself up on pages, and by one file, and neither way loses what was typed."""

import html
import re
from pathlib import Path

import pytest
import yaml
from flask import Flask

from app.extensions import db
from app.places import actions, queries
from app.places.actions import CouncilFile
from app.places.models import Council, District, Practice
from tests.web.accounts.browser import Browser, letters, new_person, said

pytestmark = pytest.mark.both
COUNTY, OTHER = "E99000001", "E99000002"
START = f"/councils/{COUNTY}/set-up"


@pytest.fixture
def county(app: Flask) -> str:
    """A county with two districts and two practices, and another council beside it."""
    with db.writing() as session:
        session.add_all([Council(code=COUNTY, name="Marlshire", contacts={}), Council(code=OTHER, name="Farley", contacts={})])
        session.flush()
        session.add_all(
            District(code=code, name=name, council_code=COUNTY) for code, name in (("E07999001", "Upmarl"), ("E07999002", "Netherby"))
        )
        session.add_all(
            Practice(ods_code=code, name=name, postcode="ZZ1 1AA", council_code=council)
            for code, name, council in (("Z99001", "Beck Lane", COUNTY), ("Z99002", "Larch Hill", COUNTY), ("Z99003", "Far Street", OTHER))
        )
    return COUNTY


@pytest.fixture
def boss(app: Flask, county: str) -> Browser:
    """The county's administrator."""
    new_person(app, "boss@example.org", ("council_admin", county, None))
    browser = Browser(app)
    browser.sign_in("boss@example.org")
    return browser


def form_of(browser: Browser, path: str) -> dict[str, str]:
    """What the page's form would send as it stands."""
    page = browser.get(path).get_data(as_text=True)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        made = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if made.get("name") and (made.get("type") != "checkbox" or re.search(r"\schecked", tag)):
            fields[made["name"]] = html.unescape(made.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page):
        fields[name] = html.unescape(text)
    return fields


def test_what_is_missing_is_said_until_it_is_there(boss: Browser) -> None:
    assert "the safeguarding number" in said(boss.get(START))
    sent = form_of(boss, f"{START}/words") | {"asc_name": "First Contact", "safeguarding_number": "01632 960110"}
    assert boss.post(f"{START}/words", sent).status_code == 303
    page = said(boss.get(START))
    assert "the safeguarding number" not in page
    assert "the out-of-hours number" in page
    council = queries.council_or_none(COUNTY)
    assert council and council.asc_name == "First Contact"


def test_a_wrong_number_keeps_all_that_was_typed_and_says_what_to_do(boss: Browser) -> None:
    sent = form_of(boss, f"{START}/words") | {"safeguarding_number": "ring the office", "thresholds": "Two outcomes that cannot be managed"}
    refused = boss.post(f"{START}/words", sent)
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "ring the office" in page
    assert "Two outcomes that cannot be managed" in page
    assert "digits and spaces, such as 01632 960100" in page


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(boss: Browser) -> None:
    first = form_of(boss, f"{START}/words")
    second = dict(first)
    assert boss.post(f"{START}/words", first | {"asc_name": "First Contact"}).status_code == 303
    refused = boss.post(f"{START}/words", second | {"thresholds": "Mine"})
    assert refused.status_code == 409
    assert "Somebody else changed this" in said(refused)
    assert "Mine" in refused.get_data(as_text=True)
    again = re.search(r'name="as_of" value="(\w+)"', refused.get_data(as_text=True))
    assert again
    assert boss.post(f"{START}/words", second | {"thresholds": "Mine", "as_of": again.group(1)}).status_code == 303


def test_what_a_referral_has_to_say_is_chosen_from_a_list_and_stands_in_the_file(boss: Browser) -> None:
    path = f"{START}/checklist"
    stamp = re.search(r'name="as_of" value="(\w+)"', boss.get(path).text)
    assert stamp
    sent = {"as_of": stamp[1], "told": ["tried", "moving", "consent", "no such"]}
    assert boss.post(path, sent).status_code == 303
    council = queries.council_or_none(COUNTY)
    assert council and council.checklist == ("moving", "tried")
    assert re.search(r"checklist:\n- moving\n- tried\n", boss.get(f"{START}/file").text)
    stale = boss.post(path, sent | {"told": ["wish"]})
    assert stale.status_code == 409 and "Somebody else changed this" in said(stale)


def test_an_alternative_that_is_not_offered_is_said_so_and_one_that_is_owed_cannot_be(boss: Browser) -> None:
    path = f"{START}/alternatives/shared_lives"
    sent = form_of(boss, path)
    del sent["offered"]
    assert boss.post(path, sent).status_code == 303
    listed = boss.get(f"{START}/alternatives").get_data(as_text=True)
    assert re.search(r'<li id="shared_lives">[^\n]*: not offered</li>', listed)
    owed = f"{START}/alternatives/carers_assessment"
    sent = form_of(boss, owed)
    del sent["offered"]
    refused = boss.post(owed, sent)
    assert refused.status_code == 422
    assert "The law requires this" in said(refused)


def test_a_figure_without_its_day_is_refused(boss: Browser) -> None:
    path = f"{START}/alternatives/reablement"
    refused = boss.post(path, form_of(boss, path) | {"wait": "3 working days"})
    assert refused.status_code == 422
    assert "Give a figure and its day together" in said(refused)


def test_districts_answer_for_what_is_ticked(boss: Browser) -> None:
    path = f"{START}/districts"
    assert boss.post(path, {"duties-E07999001": "housing", "number-E07999001": "not a number"}).status_code == 422
    assert boss.post(path, {"duties-E07999001": "housing", "number-E07999001": "01632 960155"}).status_code == 303
    assert [(one.name, one.duties, one.number) for one in queries.districts(COUNTY)] == [
        ("Netherby", (), None), ("Upmarl", ("housing",), "01632 960155"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["dob 3/4/41", "NHS 999 000 0018"])
def test_words_of_a_council_hold_nothing_of_a_patient(boss: Browser, typed: str) -> None:
    refused = boss.post(f"{START}/words", form_of(boss, f"{START}/words") | {"thresholds": f"As for {typed}"})
    assert refused.status_code == 422
    assert f"As for {typed}" in refused.get_data(as_text=True)
    assert boss.post(f"{START}/neighbourhoods", {"Z99001": typed}).status_code == 422
    council = queries.council_or_none(COUNTY)
    assert council and council.thresholds == ""


def test_practices_are_grouped_and_those_of_others_are_not_touched(boss: Browser) -> None:
    sent = {"Z99001": "North", "Z99003": "North"}
    assert boss.post(f"{START}/neighbourhoods", sent).status_code == 303
    assert [(practice.ods_code, name) for practice, name in queries.practices_of(COUNTY)] == [("Z99001", "North"), ("Z99002", "")]
    assert [name for _, name in queries.practices_of(OTHER)] == [""]


def test_what_the_pages_keep_comes_out_as_the_file_that_puts_it_back(boss: Browser) -> None:
    boss.post(f"{START}/words", form_of(boss, f"{START}/words") | {"asc_name": "First Contact", "asc_day_number": "01632 960100"})
    boss.post(f"{START}/neighbourhoods", {"Z99001": "North"})
    file = CouncilFile.model_validate(yaml.safe_load(boss.get(f"{START}/file").get_data(as_text=True)))
    assert file.asc_name == "First Contact"
    assert file.contacts.asc_day.number == "01632 960100"
    assert actions.load_council(council=file, by="command line").unchanged == 1


def test_the_file_is_named_by_the_councils_code(boss: Browser) -> None:
    code = START.split("/")[2]
    said = boss.get(f'{START}/file?filename="evil.exe').headers["Content-Disposition"]
    assert said == f'attachment; filename="{code}.yaml"'


def test_one_file_sets_up_and_invites_once(app: Flask, county: str, tmp_path: Path) -> None:
    file = tmp_path / "county.yaml"
    file.write_text(
        "code: E99000001\nname: Marlshire\ncontacts: {asc_day: {number: 01632 960100}}\n"
        "neighbourhoods: [{name: North, practices: [Z99001]}]\n"
        "invitations:\n  - {email: Boss@example.org, role: council_admin}\n"
        "  - {email: lead@example.org, role: practice_lead, practice: Z99001}\n"
    )
    first = app.test_cli_runner().invoke(args=["council", "load", str(file)])
    again = app.test_cli_runner().invoke(args=["council", "load", str(file)])
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "Invited: lead@example.org as Practice lead." in first.output
    assert "Invited" not in again.output
    assert len(letters(app, "boss@example.org")) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("neighbourhoods: [{name: North, practices: [Z99003]}]", "Z99003 is not in this council's area"),
        ("neighbourhoods: [{name: A1, practices: [Z99001]}, {name: B1, practices: [Z99001]}]", "more than one neighbourhood"),
        ("invitations: [{email: a@example.org, role: platform_admin}]", "a@example.org"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(app: Flask, county: str, tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "county.yaml"
    file.write_text(f"code: E99000001\nname: Renamed\ncontacts: {{}}\n{line}\n")
    ran = app.test_cli_runner().invoke(args=["council", "load", str(file)])
    assert ran.exit_code == 1
    assert why in ran.output
    council = queries.council_or_none(COUNTY)
    assert council and council.name == "Marlshire"


def test_an_answer_shows_what_the_council_looks_for(app: Flask, boss: Browser) -> None:
    boss.post(f"{START}/words", form_of(boss, f"{START}/words") | {"thresholds": "Two outcomes that cannot be managed"})
    visitor = Browser(app)
    visitor.post("/practice/choose", {"choice": f"council:{COUNTY}"})
    answer = visitor.post("/ask", {"text": "82F lives alone, not coping with washing, dtr exhausted"})
    assert "Two outcomes that cannot be managed" in said(answer)


@pytest.mark.parametrize("sign", ["\x00", "\u202e", "\u200b", "\x1b"])
def test_signs_that_nobody_sees_are_not_kept(boss: Browser, sign: str) -> None:
    typed = f"First{sign} Contact"
    sent = form_of(boss, f"{START}/words") | {"asc_name": typed, "thresholds": typed, "safeguarding_note": typed}
    assert boss.post(f"{START}/words", sent).status_code == 303
    assert boss.post(f"{START}/neighbourhoods", {"Z99001": typed}).status_code == 303
    council = queries.council_or_none(COUNTY)
    assert council and council.asc_name == council.thresholds == "First Contact"
    assert queries.practices_of(COUNTY)[0][1] == "First Contact"
