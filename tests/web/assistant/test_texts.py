"""Texts that leave the room: short enough, safe by default, and made of nothing that was typed."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.assistant.codes import read_codes
from app.content.problems import ContentError
from app.vocabulary import queries as vocabulary

LONG = "Marlshire and Wexholme Reablement and Home First Service (North East neighbourhood team), 01632 960131"
COUNCIL = "code: E10999001\nname: Farshire County\nasc_name: Farshire Care\ncontacts: {asc_day: {number: 01632 960500}}\n"
ABUSED = "82F, cannot wash, lonely. Her son hits her and takes her pension. Daughter exhausted."


def answer(client: FlaskClient, text: str, **where: str) -> dict[str, Any]:
    data: dict[str, Any] = client.post("/api/assistant", json={"text": text, **where}).get_json()
    return data


def every_text(data: dict[str, Any]) -> list[str]:
    own = [text for item in data["alternatives"] for text in item.get("texts", {}).values()]
    return [data["texts"]["record"], data["texts"]["handover"], *own]


def test_every_alternative_has_a_referral_and_a_message_that_fit(app: Flask) -> None:
    from app.assistant.local import Local
    from app.assistant.texts import texts_for

    for entry in vocabulary.alternatives().values():
        item = {"local": {"name": LONG[:80], "number": "01632 960131"}, "services": [], "responsible": LONG, "responsible_kind": "council"}
        made = texts_for(entry, item, Local(None, None))
        coded = texts_for(entry, item, Local(None, None), "ABCD-EFGH-2345-G")
        assert len(coded["message"]) <= 306 and "Code ABCD-EFGH-2345-G: not a referral." in coded["message"], entry.id
        assert len(coded["referral"]) <= 900 and "Code ABCD-EFGH-2345-G: not a referral." in coded["referral"], entry.id
        assert len(made["referral"]) <= 900, entry.id
        assert len(made["message"]) <= 306, entry.id
        assert re.fullmatch(r"[\x20-\x7e£]+", made["message"]), entry.id  # What a phone counts as one character each.
        assert made["message"].index("999") < made["message"].index(entry.text_message)
        assert "Nothing has been sent: you still need to refer." in made["referral"]
        assert "Nothing has been sent for you." in made["message"]
        assert all(line in made["referral"] for line in entry.write_in_referral) and "Interpreter? [ ]" in made["referral"]
        assert made["referral"].index("Consent:") < made["referral"].index("What the person wants")


def test_the_record_the_hand_over_and_the_leaflet_say_that_nothing_was_sent(client: FlaskClient) -> None:
    texts = answer(client, "82F lives alone, lonely, cannot wash")["texts"]
    assert all("Nothing has been sent: you still need to refer." in texts[name] for name in ("record", "handover"))
    assert "Nothing has been sent for you." in client.get("/leaflet?a=telecare").text


def test_nothing_typed_stands_in_a_text(client: FlaskClient) -> None:
    data = answer(client, "82F zebrafinch lives alone, 2 falls, cannot wash")
    assert len(every_text(data)) > 4
    assert not [text for text in every_text(data) if "zebrafinch" in text]


def test_no_danger_no_carer_strain_and_no_reason_in_what_the_patient_or_the_record_gets(client: FlaskClient) -> None:
    data = answer(client, ABUSED)
    assert data["red_flags"] and "carers_assessment" in [item["id"] for item in data["alternatives"][:5]]
    for text in (data["texts"]["record"], data["texts"]["handover"]):
        assert not re.search(r"abuse|safeguard|hits|strain|exhausted|unpaid carer|lonel", text, re.IGNORECASE)
    assert "carers_assessment" not in data["texts"]["leaflet"]


def test_the_record_asks_to_be_hidden_only_where_a_danger_was_read(client: FlaskClient) -> None:
    assert "hiding this entry from online access" in answer(client, ABUSED)["texts"]["record"]
    assert "hiding" not in answer(client, "82F lives alone, cannot wash")["texts"]["record"]


def test_where_abuse_was_read_the_page_asks_before_anything_is_given(client: FlaskClient) -> None:
    assert answer(client, ABUSED)["texts"]["safe_to_give"] is False
    assert client.post("/ask", data={"text": ABUSED}).text.count("Safe to give?") == 2
    assert "Safe to give?" not in client.post("/ask", data={"text": "82F lives alone, cannot wash"}).text


def test_the_number_for_practices_is_never_given_to_patients(app: Flask, client: FlaskClient, tmp_path: Any) -> None:
    file = tmp_path / "council.yaml"
    file.write_text(COUNCIL + "alternatives:\n  reablement: {professionals: 01632 960501, number: 01632 960502}\n")
    app.test_cli_runner().invoke(args=["council", "load", str(file)])
    data = answer(client, "82F home from hospital, cannot wash, weak since the fall", council="E10999001")
    made = next(item["texts"] for item in data["alternatives"] if item["id"] == "reablement")
    assert "01632 960501" in made["referral"] and "01632 960502" in made["message"] and "960501" not in made["message"]
    leaflet = client.get("/leaflet?a=reablement&council=E10999001").text
    assert "01632 960502" in leaflet and "960501" not in leaflet


def test_only_codes_of_the_file_are_shown(app: Flask, client: FlaskClient) -> None:
    codes = set(re.findall(r"\b\d{6,18}\b", (Path(app.config["CONTENT_DIR"]) / "codes.yaml").read_text()))
    shown = set(re.findall(r"\b\d{6,18}\b", answer(client, "82F lives alone, lonely, cannot wash")["texts"]["record"]))
    assert shown and shown <= codes


def test_a_code_stands_behind_its_term_and_has_to_be_checked(client: FlaskClient) -> None:
    record = answer(client, "82F lives alone, lonely, cannot wash")["texts"]["record"]
    assert "Codes, to be checked in your system: Referral to social services 306238000" in record


def test_a_code_whose_check_digit_does_not_fit_is_refused(app: Flask, tmp_path: Path) -> None:
    text = (Path(app.config["CONTENT_DIR"]) / "codes.yaml").read_text()
    (tmp_path / "codes.yaml").write_text(text.replace("306238000", "306238001"))
    with pytest.raises(ContentError, match="306238001"):
        read_codes(tmp_path)


@pytest.mark.parametrize("address", ["/leaflet", "/leaflet?a=nothing", "/leaflet?a=carers_assessment", "/leaflet?a=telecare&council=X"])
def test_a_leaflet_about_nothing_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_leaflet_begins_with_ringing_oneself_and_holds_four_at_most(client: FlaskClient) -> None:
    names = list(vocabulary.alternatives())[:8]
    html = client.get("/leaflet?" + "&".join(f"a={name}" for name in names)).text
    assert html.index("You can ring yourself") < html.index("<h2>") and 1 <= html.count("<section>") <= 4


def test_a_leaflet_is_in_large_print(client: FlaskClient) -> None:
    sheet = re.search(r'href="(/static/leaflet.css[^"]*)"', client.get("/leaflet?a=telecare").text)
    assert sheet
    with client.get(sheet[1]) as styles:
        sizes = re.findall(r"(?:font|font-size): (\d+)pt", styles.text)
    assert sizes and min(map(int, sizes)) >= 16


def reading_grade(text: str) -> float:
    """The automated readability index: 6 is read at ten to eleven years of age."""
    words = re.findall(r"[A-Za-z0-9'£]+", text)
    letters = sum(len(re.sub(r"[^A-Za-z0-9]", "", word)) for word in words)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text)) or 1
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def test_the_index_tells_hard_words_from_plain_ones() -> None:
    assert reading_grade("Notwithstanding multidisciplinary considerations, eligibility determinations necessitate assessment.") > 20


def test_every_text_for_a_patient_is_read_at_eleven(app: Flask) -> None:
    for entry in vocabulary.alternatives().values():
        assert reading_grade(entry.say_to_patient) <= 6, entry.id
        assert reading_grade(entry.text_message) <= 6, entry.id
