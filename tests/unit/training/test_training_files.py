"""What is wrong with a module's files is said with the file, the line and what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.problems import ContentError, Problem
from app.training import catalogue
from app.vocabulary import catalogue as vocabulary

ROOT = Path(__file__).resolve().parents[3]
SLUG = "before-the-care-home"
SUPPORT = vocabulary.support_of(vocabulary.load(ROOT / "content"))


class Everything:
    """A collection in which every id is found."""

    def __contains__(self, _identity: object) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "training_modules" / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG


def problems_of(root: Path, **known: object) -> list[Problem]:
    with pytest.raises(ContentError) as raised:
        catalogue.load(root, **({"sources": Everything(), "alternatives": Everything()} | known))
    return raised.value.problems


def unsourced(root: Path) -> list[Problem]:
    (module,) = catalogue.load(root, sources=Everything(), alternatives=Everything()).values()
    return list(catalogue.figures_without_source(module, SUPPORT))


def change(path: Path, old: str, new: str) -> int:
    """Change one passage of a file and return the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_sound_module_is_read(folder: Path) -> None:
    found = catalogue.load(folder.parent, sources=Everything(), alternatives=Everything())
    assert list(found) == [SLUG]
    assert len(found[SLUG].heads) == 4


@pytest.mark.parametrize(
    ("name", "old", "new", "what", "fix"),
    [
        ("module.yaml", "minutes: 12", "minutes: ten", "minutes", ""),
        ("module.yaml", "minutes: 12", "minuets: 10", "minuets", "spelling"),
        ("module.yaml", "slug: before-the-care-home", "slug: something-else", "the folder is called", "equal"),
        ("module.yaml", "  - id: tonight", "  - id: tomorrow", "'tomorrow'", "form: before"),
        ("questions.yaml", "  - id: after-pneumonia", "  - id: before-it-is-settled", "another step", "own id"),
        ("questions.yaml", "  - id: after-pneumonia", "  - id: finish", "another step", "own id"),
        ("pages/what-could-be-arranged.md", "title: What", "tilte: What", "tilte", "spelling"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(folder: Path, name: str, old: str, new: str, what: str, fix: str) -> None:
    line = change(folder / name, old, new)
    assert any(
        (problem.path, problem.line) == (folder / name, line) and what in problem.what and fix in problem.fix
        for problem in problems_of(folder.parent)
    )


def test_a_kind_that_there_is_not_is_named_at_its_question(folder: Path) -> None:
    change(folder / "questions.yaml", "    kind: single", "    kind: guess")
    (problem,) = problems_of(folder.parent)
    assert "'guess'" in problem.what and "Write one of those" in problem.fix
    assert "- id:" in (folder / "questions.yaml").read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_a_question_about_no_outcome_is_named(folder: Path) -> None:
    line = change(folder / "questions.yaml", "id: after-pneumonia\n    outcome: recover", "id: after-pneumonia\n    outcome: recovery")
    assert (line, "'recovery'") in [(problem.line, problem.what.split()[1]) for problem in problems_of(folder.parent)]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("right: true", "right: false", "exactly one option"),
        ("feedback: >-\n          Not first.", "right: true\n        feedback: >-\n          Not first.", "exactly one option"),
        ("      - id: b", "      - id: a", "same id"),
        ("    kind: single", "    kind: multiple", "at least two options"),
    ],
)
def test_options_that_cannot_be_marked_are_refused_at_their_question(folder: Path, old: str, new: str, what: str) -> None:
    change(folder / "questions.yaml", old, new)
    found = problems_of(folder.parent)
    first = (folder / "questions.yaml").read_text(encoding="utf-8").splitlines().index("  - id: after-pneumonia") + 1
    assert [(problem.line, what in problem.what) for problem in found] == [(first, True)]


def test_an_option_without_feedback_is_refused(folder: Path) -> None:
    text = (folder / "questions.yaml").read_text(encoding="utf-8")
    start = text.index("        feedback: Work should not begin")
    (folder / "questions.yaml").write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    (problem,) = problems_of(folder.parent)
    assert problem.what.startswith("questions.4.single.options.1.feedback") and problem.fix == "Add this key."


@pytest.mark.parametrize(
    ("spoil", "name", "what"),
    [
        (lambda folder: (folder / "questions.yaml").unlink(), "questions.yaml", "does not exist"),
        (lambda folder: (folder / "pages" / "before-it-is-settled.md").unlink(), "pages/before-it-is-settled.md", "does not exist"),
        (
            lambda folder: shutil.copy(folder / "pages" / "before-it-is-settled.md", folder / "pages" / "spare.md"),
            "pages/spare.md",
            "never",
        ),
    ],
)
def test_a_page_missing_or_never_shown_is_named(folder: Path, spoil: Callable[[Path], object], name: str, what: str) -> None:
    spoil(folder)
    assert any(problem.path == folder / name and what in problem.what for problem in problems_of(folder.parent))


def test_unknown_sources_and_alternatives_are_named_with_their_lines(folder: Path) -> None:
    text = (folder / "module.yaml").read_text(encoding="utf-8").splitlines()
    found = {(problem.path.name, problem.line, problem.what) for problem in problems_of(folder.parent, alternatives=set())}
    assert ("module.yaml", text.index("  - reablement") + 1, "There is no alternative 'reablement'.") in found
    named = {problem.path.name for problem in problems_of(folder.parent, sources=set())}
    assert named == {"module.yaml", "questions.yaml", "before-it-is-settled.md", "what-could-be-arranged.md"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("module.yaml", "Save three numbers", "It saves 40% of calls. Save three numbers"),
        ("questions.yaml", "text: Home care three times", "text: For £17, home care three times"),
        ("questions.yaml", "feedback: NICE advises against", "feedback: In 9 trials NICE advises against"),
        ("pages/what-could-be-arranged.md", "By day they manage", "It takes 12 weeks. By day they manage"),
    ],
)
def test_every_figure_has_a_source(folder: Path, name: str, old: str, new: str) -> None:
    line = change(folder / name, old, new)
    assert [(problem.path, problem.line) for problem in unsourced(folder.parent)] == [(folder / name, line)]


def test_the_story_of_an_invented_person_needs_no_source(folder: Path) -> None:
    change(folder / "questions.yaml", "Mr Iqbal, 81,", "Mr Iqbal, 82, with £7,000,")
    assert unsourced(folder.parent) == []


def test_problems_of_several_files_are_reported_together(folder: Path) -> None:
    change(folder / "module.yaml", "minutes: 12", "minutes: 100")
    change(folder / "questions.yaml", "form: after", "form: perhaps")
    assert {problem.path.name for problem in problems_of(folder.parent)} == {"module.yaml", "questions.yaml"}


def test_an_empty_folder_is_an_incomplete_installation(tmp_path: Path) -> None:
    assert "No module was found" in problems_of(tmp_path)[0].what
