"""Pages of text and the lists beside them, read once."""

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.content.figures import unsourced
from app.content.markup import Page, read_page
from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.pages.schema import ApiFile, Cookie, CookieFile, Example, ExampleFile, IssueFile
from app.vocabulary import catalogue as vocabulary


@lru_cache(maxsize=4)
def pages(root: Path) -> dict[str, Page]:
    """Every page of content/pages by its slug."""
    return {path.stem: read_page(path) for path in sorted((root / "pages").glob("*.md"))}


@lru_cache(maxsize=4)
def examples(root: Path) -> tuple[Example, ...]:
    """What a GP might type, for the buttons under the box."""
    return read_yaml(root / "examples.yaml", ExampleFile).examples


@lru_cache(maxsize=4)
def cookies(root: Path) -> tuple[Cookie, ...]:
    """Every cookie that is ever set."""
    return read_yaml(root / "cookies.yaml", CookieFile).cookies


@lru_cache(maxsize=4)
def known_issues(root: Path) -> IssueFile:
    """What is known not to be accessible."""
    return read_yaml(root / "known-issues.yaml", IssueFile)


@lru_cache(maxsize=4)
def api(root: Path) -> dict[str, Any]:
    """The API's description, without what is put in from the code. Copy it before changing it."""
    own, standard = (deepcopy(read_yaml(root / f"{name}.yaml", ApiFile).document) for name in ("api", "oruk"))
    own["paths"] |= standard["paths"]
    for kind, parts in standard["components"].items():
        own["components"].setdefault(kind, {}).update(parts)
    return own


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of every file. Raises ContentError where one cannot be read."""
    found: dict[Path, Reviewed] = {root / "pages" / f"{slug}.md": page.head for slug, page in pages(root).items()}
    lists: dict[str, type[Reviewed]] = {
        "api": ApiFile,
        "oruk": ApiFile,
        "examples": ExampleFile,
        "cookies": CookieFile,
        "known-issues": IssueFile,
    }
    return found | {root / f"{name}.yaml": read_yaml(root / f"{name}.yaml", schema) for name, schema in lists.items()}


def checked(root: Path) -> dict[Path, Reviewed]:
    """The same for the content check: every source that a page names exists, and every figure in it has one."""
    found = heads(root)
    if problems := list(_problems(root)):
        raise ContentError(problems)
    return found


def _problems(root: Path) -> Iterator[Problem]:
    known, every = vocabulary.load(root), pages(root)
    support = vocabulary.support_of(known)
    for slug, page in every.items():
        path = root / "pages" / f"{slug}.md"
        for source in page.head.sources:
            if source not in known.sources:
                yield Problem(path, 0, f"sources: {source!r} does not exist.", "Mend its spelling or add it to sources.yaml.")
        if page.head.withdrawn and page.head.withdrawn.instead not in {"", *every}:
            yield Problem(path, 0, f"withdrawn: instead: there is no page {page.head.withdrawn.instead!r}.", "Name another, or none.")
        yield from unsourced(path, (page.head.title, page.head.description, page.text), page.head, support)
