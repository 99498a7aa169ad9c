"""Files of content, whatever stands in them: read, or refused with a line and what to do."""

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from app.assistant.codes import CodeFile
from app.assistant.schema import RankFile
from app.content.markup import read_page, to_html
from app.content.messages import MessageFile
from app.content.problems import ContentError
from app.content.reading import parse_yaml, read_text
from app.content.register import Register
from app.places.schema import CouncilFile
from app.training.schema import ModuleFile, QuestionFile
from app.vocabulary.schema import Alternative
from tests.typed import JSON, SIGNS, YAML

SCHEMAS: list[type[BaseModel]] = [Register, MessageFile, CouncilFile, ModuleFile, QuestionFile, RankFile, CodeFile, Alternative]
HEAD = "---\ntitle: T\ndescription: D\nauthor: Fingerpost content\nsources: [s]\nreviewed: 2026-01-01\nnext_review: 2027-01-01\n---\n"
PATH = Path("somewhere.yaml")
TWICE_TWICE = "a: &a [x]\n" + "".join(f"{two}: &{two} [*{one}, *{one}]\n" for one, two in pairwise("abcdefghijklmnopqrstuvwxyz"))
"""A text of few lines that, written out, is millions."""


def filled(schema: type[BaseModel]) -> st.SearchStrategy[str]:
    """A file with the schema's own keys and any values."""
    fields = st.dictionaries(st.sampled_from(sorted(schema.model_fields)), JSON, max_size=8)
    return fields.map(lambda content: yaml.safe_dump(content, allow_unicode=True))


@given(st.sampled_from(SCHEMAS).flatmap(lambda schema: st.tuples(st.just(schema), YAML | filled(schema))))
@example((Register, "a: 2024-13-45"))
@example((Register, "a: !!int"))
@example((Register, "a: !!bool x"))
@example((Register, "a: !!timestamp x"))
@example((Register, "a: &a [*a]"))
@example((Register, "[" * 900 + "]" * 900))
@example((Register, TWICE_TWICE))
def test_a_file_is_what_its_schema_says_or_every_problem_has_its_line(case: tuple[type[BaseModel], str]) -> None:
    schema, text = case
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return  # No text that was read from a file holds half a sign.
    try:
        found = parse_yaml(PATH, text, schema)
    except ContentError as error:
        assert error.problems == sorted(error.problems)
        assert all(problem.path == PATH and 0 <= problem.line <= len(text) + 1 and problem.what for problem in error.problems)
    else:
        assert schema.model_validate(found.model_dump()) == found


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.given: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.given.setdefault(name, []).append(value or "")


HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>", "</script>", "<svg onload=x>", "<img src=x>", "<style>", "<!--", "&#60;b onclick=x>",
            "<a href='jav&#x09;ascript:x'>",
            "[a](javascript:x)", "[a]: javascript:x\n", "[a](data:text/html,x)", "{: onclick=x}", "\n", "# a", "> ", "- ", "|a|\n|-|",
            "a\n:   b", "`", "**", "\x02",
        ]
    )
).map("".join)  # fmt: skip


@given(SIGNS | HOSTILE)
@example("[a](javascript:alert(1))")
@example(">" * 2000)
def test_of_any_markdown_nothing_comes_that_could_run(text: str) -> None:
    seen = Seen(str(to_html(text)))
    assert not seen.tags & {"script", "style", "svg", "img", "iframe", "object", "form", "input", "math", "template"}
    assert seen.given.keys() <= {"href", "title", "rel"}
    assert not any(re.match(r"\s*(?:javascript|data|vbscript)\s*:", address, re.IGNORECASE) for address in seen.given.get("href", []))


@given(
    st.binary()
    | (SIGNS | YAML).map(lambda text: (HEAD + text).encode(errors="surrogatepass"))
    | YAML.map(lambda text: f"---\n{text}\n---\n".encode(errors="surrogatepass"))
)
def test_a_page_of_any_bytes_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "page.md"
    path.write_bytes(written)
    try:
        page = read_page(path)
    except ContentError as error:
        assert error.problems
    else:
        assert page.slug == "page" and page.head.reviewed < page.head.next_review
        assert page.text in read_text(path)


TEXT = st.text("Aa é'-", min_size=2, max_size=40).map(str.strip).filter(lambda text: len(text) > 1)
NUMBER = st.from_regex(r"01632 960[0-9]{3}", fullmatch=True)
COUNCILS = st.fixed_dictionaries(
    {
        "code": st.just("E99000001"),
        "name": TEXT,
        "contacts": st.dictionaries(st.sampled_from(["asc_day", "safeguarding"]), st.fixed_dictionaries({"number": NUMBER})),
    },
    optional={
        "asc_name": TEXT,
        "thresholds": TEXT,
        "alternatives": st.dictionaries(
            TEXT, st.fixed_dictionaries({"wait": TEXT, "wait_on": st.dates(date(2020, 1, 1), date(2026, 1, 1))}), max_size=2
        ),
        "towns": st.lists(st.fixed_dictionaries({"name": TEXT, "lat": st.floats(50, 55), "lon": st.floats(-5, 1)}), max_size=1),
    },
)


@given(COUNCILS)
def test_a_councils_file_is_read_as_it_was_written(content: dict[str, Any]) -> None:
    council = parse_yaml(PATH, yaml.safe_dump(content, allow_unicode=True), CouncilFile)
    assert council == CouncilFile.model_validate(content)
    assert parse_yaml(PATH, yaml.safe_dump(council.model_dump(mode="json"), allow_unicode=True), CouncilFile) == council
