"""Markdown into safe HTML, and pages with a reviewed head."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import nh3
from markdown import Markdown
from markupsafe import Markup

from app.content.problems import ContentError, Problem
from app.content.reading import parse_yaml, read_text
from app.content.schema import Figured

_HEAD = re.compile(r"---\n(.*?\n)---\n", re.S)
_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "code", "abbr",
}  # fmt: skip


class PageHead(Figured):
    """The head of a page of text."""

    may_be_withdrawn: ClassVar[bool] = True

    title: str
    description: str


@dataclass(frozen=True)
class Page:
    """A page of text, ready to show; `text` is what its author wrote."""

    slug: str
    head: PageHead
    body: Markup
    text: str


def to_html(text: str) -> Markup:
    """Markdown as HTML with nothing in it that could run, style or call elsewhere."""
    converter = Markdown(extensions=["tables", "def_list", "sane_lists", "attr_list"])
    html = converter.convert(text)
    return Markup(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}, "abbr": {"title"}}))  # nosec B704 # noqa: S704 - cleaned


def read_page(path: Path) -> Page:
    """A Markdown file with its YAML head. Raises ContentError."""
    return parse_page(path, read_text(path))


def parse_page(path: Path, text: str) -> Page:
    """As `read_page`, for text that is already in hand; `path` names it."""
    found = _HEAD.match(text)
    if not found:
        raise ContentError([Problem(path, 1, "The head is missing.", "Begin with ---, title, author, sources and dates, and ---.")])
    head = parse_yaml(path, "\n" + found.group(1), PageHead)
    written = text[found.end() :]
    return Page(path.stem, head, to_html(written), written)
