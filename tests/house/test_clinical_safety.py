"""The hazards are whole, scored by the matrix and shown by tests that run; what the papers name exists."""

import re
from pathlib import Path

import pytest

from app.content.hazards import FOLDER, hazards, log, matrix
from app.content.problems import ContentError
from bench.controls import planned, read_removals
from tests.house.named import Suite

ROOT = Path(__file__).resolve().parents[2]
SUITE = Suite(ROOT)
REMOVALS = read_removals()
PAPERS = [path for part in ("clinical-safety", "assurance", "security") for path in sorted((ROOT / "docs" / part).rglob("*.md"))]
PLACES = ("app", "bench", "content", "docs", "migrations", "tests", "training_modules")
NAMED = re.compile(rf"`((?:{'|'.join(PLACES)})/[^\s`]*)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
WHOLE = """
id: HAZ-001
name: A number is wrong
description: It is wrong.
causes: [A slip]
effect: Nobody answers.
harm: Delay.
initial: {likelihood: 3, severity: 4, risk: 3}
controls:
  - {kind: design, what: It is checked., tests: ["tests/house/test_sizes.py::test_create_app_stays_short"]}
residual: {likelihood: 1, severity: 4, risk: 2}
status: closed
deployer: false
owner: Clinical Safety Officer (role)
"""


def made(folder: Path, text: str) -> None:
    (folder / "hazards").mkdir()
    (folder / "hazards" / "HAZ-001.yaml").write_text(text)
    assert hazards(folder)


def test_a_whole_hazard_is_read(tmp_path: Path) -> None:
    made(tmp_path, WHOLE)


@pytest.mark.parametrize(
    ("instead_of", "stands"),
    [
        ("owner: Clinical Safety Officer (role)", ""),
        ("harm: Delay.", ""),
        ("name: A number is wrong", "name: A number is wrong\nnmae: twice"),
        ("id: HAZ-001", "id: HAZ-002"),
        ("severity: 4, risk: 2", "severity: 4, risk: 3"),
        ("likelihood: 1, severity: 4, risk: 2}\nstatus: closed", "likelihood: 5, severity: 4, risk: 5}\nstatus: open"),
        ("status: closed", "status: done"),
        ("status: closed", "status: transferred"),
        ("deployer: false", "deployer: true"),
        ("kind: design", "kind: process"),
        (', tests: ["tests/house/test_sizes.py::test_create_app_stays_short"]', ""),
        ("likelihood: 1", "likelihood: 6"),
    ],
)
def test_a_hazard_that_does_not_hold_together_is_refused(instead_of: str, stands: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        made(tmp_path, WHOLE.replace(instead_of, stands))


@pytest.mark.parametrize("identity", hazards())
def test_the_risk_is_what_the_matrix_says(identity: str) -> None:
    hazard, scale = hazards()[identity], matrix()
    assert [hazard.initial.risk, hazard.residual.risk] == [scale.of(hazard.initial), scale.of(hazard.residual)]


def test_the_matrix_has_five_by_five_and_never_falls() -> None:
    scale = matrix()
    for steps in (scale.likelihood, scale.severity, scale.risk, scale.acceptability):
        assert list(steps) == [1, 2, 3, 4, 5]
    rows = list(scale.risk.values())
    assert all(list(row) == sorted(row) for row in (*rows, *zip(*rows, strict=True)))


@pytest.mark.parametrize("identity", hazards())
def test_each_control_of_the_software_is_shown_by_tests_that_run(identity: str) -> None:
    named = [name for control in hazards()[identity].controls for name in control.tests]
    assert {name: SUITE.wrong_with(name) for name in named if SUITE.wrong_with(name)} == {}


@pytest.mark.parametrize("identity", hazards())
def test_how_each_control_is_removed_is_written_down(identity: str) -> None:
    """So that bench/controls.py, run by hand, can show that a test turns red without it; what is not code says why."""
    written = REMOVALS.controls[identity]
    controls = dict(enumerate(hazards()[identity].controls, 1))
    assert list(written) == list(controls)
    assert [place for place, control in controls.items() if bool(control.tests) == isinstance(written[place], str)] == []


def test_every_edit_that_removes_a_control_can_still_be_made() -> None:
    used = {removal.edit for removal in planned(REMOVALS)}
    assert used == REMOVALS.edits.keys() and REMOVALS.controls.keys() == hazards().keys()
    counts = {name: (ROOT / edit.file).read_text(encoding="utf-8").count(edit.out) for name, edit in REMOVALS.edits.items()}
    assert {name: count for name, count in counts.items() if count != 1} == {}
    assert [name for name, edit in REMOVALS.edits.items() if edit.out == edit.put] == []


def test_numbers_of_hazards_leave_no_gap() -> None:
    assert list(hazards()) == [f"HAZ-{number:03}" for number in range(1, len(hazards()) + 1)]


def test_the_log_is_what_the_files_give() -> None:
    assert (FOLDER / "hazard-log.md").read_text() == log(), "Run: make hazards"


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_paper_names_exists(path: Path) -> None:
    text = path.read_text()
    wrong = {name: SUITE.wrong_with(name) for name in NAMED.findall(text) if "::" in name and SUITE.wrong_with(name)}
    gone = [name for name in NAMED.findall(text) if "::" not in name and not (ROOT / name).exists()]
    dead = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert (wrong, gone, dead) == ({}, [], [])


def test_nobody_has_signed() -> None:
    """A person signs on paper or in a copy of their own. What stands here is a form."""
    for name in ("clinical-safety/README.md", "assurance/safety-case-dcb0129.md", "assurance/dcb0160-starter.md", "assurance/dpia.md"):
        rows = re.findall(r"^\| (?:Name|Registration|Signature|Date)\b[^|]*\|([^|]*)\|", (ROOT / "docs" / name).read_text(), re.M)
        assert len(rows) >= 3 and all(row.strip().startswith("[to be completed by ") for row in rows), name


SAMPLE = """
import pytest

@pytest.fixture
def data(): pytest.skip("not here")

@pytest.fixture
def server(data): ...

def test_sound(): ...
def test_through_a_fixture(server): ...
def test_inside():
    pytest.skip("no")

@pytest.mark.xfail
def test_expected_to_fail(): ...

@pytest.mark.skipif(True, reason="no")
def test_marked(): ...
"""


def test_a_test_that_is_missing_or_may_be_skipped_is_told_from_one_that_runs(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text(SAMPLE)
    (tmp_path / "tests" / "test_b.py").write_text("import pytest\npytestmark = pytest.mark.skip\ndef test_sound(): ...\n")
    found = Suite(tmp_path)
    assert found.wrong_with("tests/test_a.py::test_sound") == ""
    for name in ("test_a.py::test_gone", "test_c.py::test_sound", "test_a.py", "test_a.py::data"):
        assert found.wrong_with(f"tests/{name}") == "does not exist"
    for name in ("through_a_fixture", "inside", "expected_to_fail", "marked"):
        assert found.wrong_with(f"tests/test_a.py::test_{name}") == "may be skipped"
    assert found.wrong_with("tests/test_b.py::test_sound") == "may be skipped"
