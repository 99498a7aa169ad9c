"""POST /api/assistant: the contract, and clear refusals."""

import json

import pytest
from flask.testing import FlaskClient

KEYS = {
    "red_flags", "needs", "absent", "cues", "alternatives", "support", "not_listed", "changed", "not_understood",
    "identifiers", "information", "question", "reading", "versions",
}  # fmt: skip
LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential"


def ask(client: FlaskClient, **body: object) -> dict:  # type: ignore[type-arg]
    response = client.post("/api/assistant", json=body)
    assert response.status_code == 200, response.text
    return response.get_json()  # type: ignore[no-any-return]


@pytest.mark.both
def test_the_answer_has_the_shape_of_the_contract(client: FlaskClient) -> None:
    answer = ask(client, text=LINE)
    assert set(answer) >= KEYS
    assert {"id", "label", "about", "rule", "spans"} == set(answer["needs"][0])
    assert {"id", "span", "state", "rule"} == set(answer["cues"][0])
    first = answer["alternatives"][0]
    assert set(first) >= {"id", "label", "score", "because", "how_to_refer", "cost", "speed", "eligibility", "sources", "services"}
    assert {"need", "rule", "text", "sources", "spans", "points"} == set(first["because"][0])
    assert set(answer["versions"]) == {"rules", "content", "directory"}
    assert answer["alternatives"] == sorted(answer["alternatives"], key=lambda item: answer["alternatives"].index(item))


def test_spans_point_into_the_turn_that_said_it(client: FlaskClient) -> None:
    turns = ["2 falls", "also incontinent"]
    answer = ask(client, text=turns[1], earlier=turns[:1])
    said = {need["id"]: [turns[turn][start:end] for turn, start, end in need["spans"]] for need in answer["needs"]}
    assert said == {"falls": ["falls"], "continence": ["incontinent"]}
    assert {change["what"]: change["id"] for change in answer["changed"] if change["what"] == "need"} == {"need": "continence"}


def test_what_does_not_count_is_told_with_its_words(client: FlaskClient) -> None:
    text = "82F lonely, denies suicidal ideation"
    absent = next(item for item in ask(client, text=text)["absent"] if item["id"] == "suicide_risk")
    assert absent["state"] == "absent"
    assert [text[start:end] for _, start, end in absent["spans"]] == ["suicidal ideation"]


def test_a_danger_comes_with_action_contacts_rule_and_sources(client: FlaskClient) -> None:
    flag = ask(client, text="says he is suicidal")["red_flags"][0]
    assert set(flag) == {"id", "label", "level", "action", "contacts", "helplines", "rule", "sources", "spans", "past_review"}
    assert flag["id"] == "suicide_risk" and flag["level"] == 1 and flag["sources"]
    assert any(contact["number"] == "999" for contact in flag["contacts"])


def test_flips_and_answers_run_through_the_same_pipeline(client: FlaskClient) -> None:
    answer = ask(client, text=LINE)
    falls = next(cue["id"] for cue in answer["cues"] if cue["id"].startswith("falls:"))
    assert "falls" not in [need["id"] for need in ask(client, text=LINE, flipped={falls: "absent"})["needs"]]
    question = answer["question"]
    answered = ask(client, text=LINE, answers={question["id"]: question["options"][0]["id"]})
    assert answered["question"] is None or answered["question"]["id"] != question["id"]


def test_identifiers_are_pointed_out_and_the_answer_is_given_all_the_same(client: FlaskClient) -> None:
    text = "Ann Example, NHS 999 000 0018, 2 falls"
    answer = ask(client, text=text)
    assert [text[start:end] for _, start, end in answer["identifiers"]] == ["999 000 0018"]
    assert [need["id"] for need in answer["needs"]] == ["falls"]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 422, "empty", "text"),
        ({"text": ""}, 422, "empty", "text"),
        ({"text": None}, 422, "empty", "text"),
        ({"text": "x" * 20_001}, 422, "too_long", "text"),
        ({"text": "falls", "earlier": "not a list"}, 422, "invalid", "earlier"),
        ({"text": "falls", "flipped": {"falls:0:0": "maybe"}}, 422, "invalid", "flipped.falls:0:0"),
        ({"text": "falls", "surprise": 1}, 422, "invalid", "surprise"),
        ({"text": "falls", "council": "E00000000"}, 422, "unknown_place", "council"),
        ({"text": "falls", "near": "nowhere at all"}, 422, "unknown_place", "near"),
        (["falls"], 422, "invalid", ""),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(client: FlaskClient, body: object, status: int, code: str, field: str) -> None:
    response = client.post("/api/assistant", json=body)
    error = response.get_json()["error"]
    assert (response.status_code, error["code"], error["field"]) == (status, code, field)
    assert error["message"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"text=falls", b"{", b"\xff\xfe", b"null\x00", b"[" * 400_000])
@pytest.mark.parametrize("path", ["/api/assistant", "/api/assistant/wrong"])
def test_what_is_not_json_is_refused_in_words(client: FlaskClient, path: str, body: bytes) -> None:
    response = client.post(path, data=body, content_type="application/json")
    assert response.status_code == 400 and response.get_json()["error"]["code"] == "not_json"


def test_the_longest_text_is_answered(client: FlaskClient) -> None:
    assert ask(client, text=("lives alone, 2 falls. " * 1000)[:20_000])["needs"]


@pytest.mark.parametrize("text", ["\x00falls\x00", "<script>alert(1)</script> falls", "مرحبا falls", "falls " + json.dumps({"a": 1})])
def test_strange_text_is_answered(client: FlaskClient, text: str) -> None:
    assert [need["id"] for need in ask(client, text=text)["needs"]] == ["falls"]


def asked(client: FlaskClient, text: str, *earlier: str) -> list[str]:
    return [item["id"] for item in ask(client, text=text, earlier=list(earlier))["information"]]


def test_a_question_is_taken_with_the_story_around_it(client: FlaskClient) -> None:
    story = "I moved in with Dad 3 years ago to look after him. I'm 54. Will they make me leave if he goes into a home?"
    assert asked(client, story)[0] == "house_carer_lives_there"


def test_a_question_at_the_end_of_a_long_note_is_answered_by_itself(client: FlaskClient) -> None:
    note = (
        "79F osteoarthritis, hip pain, lives alone in 3 bed terrace, dtr 40 miles away, microwave meals, had a fall in kitchen last week."
    )
    assert asked(client, f"{note} What's the quickest way to get a stairlift paid for?")[0] == "disabled_facilities_grant"


def test_a_question_is_answered_from_our_own_content(client: FlaskClient) -> None:
    answer = ask(client, text="how long does it take to set up a sitting service?")
    assert answer["information"][0]["id"] == "sitting_service.wait"
    assert {"id", "topics", "title", "passage", "sources", "reviewed", "past_review", "clinical_check"} == set(answer["information"][0])
    assert not answer["needs"] and "sitting_service" in [item["id"] for item in answer["alternatives"]]


@pytest.mark.parametrize(
    ("text", "earlier", "expected"),
    [
        ("is it free?", ("2 falls this month", "how do I refer for reablement"), "reablement.cost"),
        (
            "how long does the second one take to set up",
            ("what is the difference between a sitting service and respite",),
            "respite_short_breaks.wait",
        ),
        ("what do i put in the referral", ("how long does reablement last",), "reablement.write"),
    ],
)
def test_it_is_what_was_asked_about_last(client: FlaskClient, text: str, earlier: tuple[str, ...], expected: str) -> None:
    assert expected in asked(client, text, *earlier)


@pytest.mark.parametrize(
    ("text", "earlier", "expected"),
    [
        ("and for her?", ("76M Alzheimer's, hits out at night, wife on her knees",), "carers_assessment.what"),
        ("and for her?", ("76M Alzheimer's, wife on her knees", "how do I refer for day care?"), "carers_assessment.refer"),
        ("what about the lad?", ("58M falls daily. His 14 year old son washes him",), "young_and_parent_carers.what"),
    ],
)
def test_a_question_for_the_other_person_is_about_them(client: FlaskClient, text: str, earlier: tuple[str, ...], expected: str) -> None:
    assert expected in asked(client, text, *earlier)


def test_for_her_asked_of_a_woman_is_about_herself(client: FlaskClient) -> None:
    assert "carers_assessment.cost" not in asked(client, "and for her?", "82F falls, lonely", "is befriending free?")


def test_number_one_is_the_first_of_the_list(client: FlaskClient) -> None:
    first = ask(client, text="2 falls this month")["alternatives"][0]["id"]
    assert asked(client, "how do i refer to number 1 on your list", "2 falls this month")[0] == f"{first}.refer"


def test_a_situation_and_a_question_get_both(client: FlaskClient) -> None:
    answer = ask(client, text="82F 2 falls this month, lonely. Is befriending free?")
    assert {"falls", "loneliness"} <= {need["id"] for need in answer["needs"]}
    assert "befriending.cost" in [item["id"] for item in answer["information"]]


@pytest.mark.parametrize(
    "situation",
    ["79M dementia, wife not coping, up all night, wandering", "88F home from hospital after hip #, cannot wash or dress, lives alone"],
)
def test_a_situation_gets_no_passage_that_nobody_asked_for(client: FlaskClient, situation: str) -> None:
    assert asked(client, situation) == []


def test_a_question_put_without_a_mark_among_a_situation_is_answered(client: FlaskClient) -> None:
    assert "house_at_home" in asked(client, "mum has dementia, she would have to sell her house to have carers at home they say")


def test_a_few_words_that_tell_of_nobody_are_taken_for_a_question(client: FlaskClient) -> None:
    assert asked(client, "hours to myself")[0] == "sitting_service.what"


def test_two_passages_that_fit_alike_are_both_given(client: FlaskClient) -> None:
    assert set(asked(client, "deferred payment")) == {"deferred_who", "deferred_cost"}


def test_a_second_passage_is_given_only_where_it_fits_nearly_as_well(client: FlaskClient) -> None:
    assert asked(client, "does she have to sell her house to have carers?") == ["house_at_home"]


def test_what_is_not_held_is_said_to_be_unknown(client: FlaskClient) -> None:
    answer = ask(client, text="what is the capital of France?")
    assert answer["asked_unknown"] is True and not answer["information"] and not answer["needs"] and not answer["alternatives"]


def test_a_danger_in_a_question_is_raised(client: FlaskClient) -> None:
    answer = ask(client, text="how do I refer someone who is suicidal?")
    assert [flag["id"] for flag in answer["red_flags"]] == ["suicide_risk"]


def test_respite_says_first_that_the_carer_may_be_the_one_who_harms(client: FlaskClient) -> None:
    text = "84F dementia, son looks after her and is exhausted, he hits her"
    offered = {item["id"]: item for item in ask(client, text=text)["alternatives"]}
    assert any("one who harms" in caution for caution in offered["respite_short_breaks"]["cautions"])
    calm = {item["id"]: item for item in ask(client, text="84F dementia, son looks after her and is exhausted")["alternatives"]}
    assert calm["respite_short_breaks"]["cautions"] == []


def test_a_new_patient_is_said_to_be_one(client: FlaskClient) -> None:
    assert ask(client, text="new patient: 90F lonely", earlier=["2 falls"])["laid_aside"] == 1
