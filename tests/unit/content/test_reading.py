"""A wrong content file is named with file, line, what is wrong and what to do."""

from pathlib import Path

import pytest

from app.content.markup import to_html
from app.content.problems import ContentError
from app.content.reading import parse_yaml, read_folder
from app.content.schema import Reviewed

HEAD = "author: Fingerpost content\nsources: [cssg]\nreviewed: 2026-11-22\nnext_review: 2027-05-22\n"


class Note(Reviewed):
    id: str
    lines: tuple[str, ...] = ()


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as caught:
        parse_yaml(Path("note.yaml"), text, Note)
    return [(problem.line, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (HEAD + "id: [\n", 6, "YAML"),
        (HEAD + "id: a\nid: b\n", 6, "twice"),
        (HEAD + "idd: a\n", 5, "idd"),
        (HEAD + "id: a\nlines:\n  - fine\n  - on\n", 8, "lines.1"),
        (HEAD.replace("2027-05-22", "2026-01-01") + "id: a\n", 1, "next_review"),
        (HEAD.replace("sources: [cssg]\n", "") + "id: a\n", 1, "sources"),
    ],
)
def test_the_line_of_a_mistake_is_named(text: str, line: int, word: str) -> None:
    found = problems(text)
    assert any(number == line and word in what for number, what in found), found


def test_all_mistakes_of_a_file_are_named_at_once() -> None:
    assert len(problems("id: 5\nnonsense: 1\n")) >= 4


def test_a_file_is_called_after_its_id(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(HEAD + "id: two\n")
    with pytest.raises(ContentError, match="one.yaml"):
        read_folder(tmp_path, Note)


def test_an_empty_folder_is_a_mistake_too(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="No .yaml file"):
        read_folder(tmp_path, Note)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "para\n{: onclick=alert(1) style=color:red }",
        "<iframe src=//x>",
    ],
)
def test_markdown_lets_nothing_through_that_runs_or_calls_elsewhere(text: str) -> None:
    html = to_html(text)
    assert not any(word in html for word in ("<script", "javascript:", "onerror", "onclick", "style=", "<iframe", "<img"))
