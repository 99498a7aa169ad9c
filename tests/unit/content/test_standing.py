"""When a text is past its review date, when it is withdrawn, and what cannot be."""

from datetime import date
from pathlib import Path

import pytest

from app.content.markup import read_page
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.vocabulary import catalogue
from app.vocabulary.schema import Alternative, Need, Question, RedFlag
from config import ROOT

CONTENT = ROOT / "content"
WITHDRAWN = "withdrawn:\n  on: 2027-03-31\n  why: The service closed.\n"


def copied(tmp_path: Path, name: str, more: str = WITHDRAWN) -> Path:
    path = tmp_path / Path(name).name
    text = (CONTENT / name).read_text(encoding="utf-8")
    path.write_text(text.replace("\nreviewed:", f"\n{more}reviewed:"), encoding="utf-8")
    return path


def test_a_text_is_past_its_review_date_from_the_day_after() -> None:
    entry = read_yaml(CONTENT / "alternatives" / "reablement.yaml", Alternative)
    assert entry.past_review(date(2027, 5, 22)) == ""
    assert entry.past_review(date(2027, 5, 23)) == "2027-05-22"


def test_a_next_review_that_is_no_later_is_refused(tmp_path: Path) -> None:
    path = copied(tmp_path, "alternatives/reablement.yaml", "")
    path.write_text(path.read_text(encoding="utf-8").replace("next_review: 2027-05-22", "next_review: 2026-11-22"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_yaml(path, Alternative)
    assert "next_review must be later than reviewed" in caught.value.problems[0].what


def test_a_text_is_withdrawn_from_the_day_that_its_file_names(tmp_path: Path) -> None:
    entry = read_yaml(copied(tmp_path, "alternatives/reablement.yaml"), Alternative)
    assert not entry.withdrawn_by(date(2027, 3, 30)) and entry.withdrawn_by(date(2027, 3, 31))
    assert read_page(copied(tmp_path, "pages/help.md")).head.withdrawn_by(date(2027, 3, 31))


@pytest.mark.parametrize(
    ("name", "schema"),
    [("red_flags/suicide_risk.yaml", RedFlag), ("needs/falls.yaml", Need), ("questions/q_means.yaml", Question)],
)
def test_dangers_needs_and_questions_cannot_be_withdrawn(
    tmp_path: Path, name: str, schema: type[RedFlag] | type[Need] | type[Question]
) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(copied(tmp_path, name), schema)
    [problem] = caught.value.problems
    assert "only an alternative or a page of text can be withdrawn" in problem.what and problem.line
    assert "flask assistant off RULE" in problem.fix and "change the rules" in problem.fix


@pytest.mark.parametrize(("nearest", "found"), [("nowhere", "'nowhere' does not exist"), ("reablement", "'reablement' is withdrawn too")])
def test_what_is_named_instead_exists_and_is_not_withdrawn_itself(tmp_path: Path, nearest: str, found: str) -> None:
    known = catalogue.load(CONTENT)
    path = copied(tmp_path, "alternatives/reablement.yaml", WITHDRAWN + f"  instead: {nearest}\n")
    known.alternatives["reablement"] = read_yaml(path, Alternative)
    said = [problem.what for problem in catalogue.broken_references(CONTENT, known)]
    assert any(found in what for what in said), said
