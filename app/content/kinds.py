"""Which kinds of content exist. Each feature registers its own, and `flask content check` reads them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Flask

from app.content import keeping
from app.content.problems import ContentError, Problem
from app.content.schema import Reviewed, Withdrawn

Content = TypeVar("Content")


@dataclass(frozen=True)
class Kind:
    """One kind of content: its name and how to read all of it, raising ContentError; it returns the reviewed heads."""

    name: str
    read: Callable[[Path], dict[Path, Reviewed]]


def register(app: Flask, kind: Kind) -> None:
    app.extensions.setdefault("content_kinds", []).append(kind)


def load_at_start(app: Flask, load: Callable[[Flask], object]) -> None:
    """Have content read when the application starts, so that a wrong file stops the start and not a GP."""
    app.extensions.setdefault("content_loaders", []).append(load)


def held(app: Flask, name: str, read: Callable[[], Content]) -> Content:
    """What was read under this name, read once for an application."""
    every: dict[str, Any] = app.extensions.setdefault("content", {})
    if name not in every:
        every[name] = read()
    return cast(Content, every[name])


def load_all(app: Flask) -> list[Problem]:
    """Read what has to be there before somebody asks. Where a file is wrong, the content that was good last time is put in
    its place, and everything that is wrong is logged and given back. Raises ContentError where no good content is kept."""
    try:
        _load(app)
    except ContentError as error:
        found = check(app, date.today()).problems or error.problems
        app.extensions.pop("content", None)
        if not _loads_kept(app):
            raise ContentError(found) from None
        app.extensions["content_waits"] = True
        for problem in found:
            app.logger.error("Not taken up: %s", problem)
        return found
    keeping.keep(app.config)
    return []


def waits(app: Flask) -> bool:
    """True where changed files are wrong and answers are made from the content that was good last time."""
    return "content_waits" in app.extensions


def _loads_kept(app: Flask) -> bool:
    """False where nothing is kept, or what is kept was good for an older program only."""
    try:
        if kept := keeping.use_kept(app.config):
            _load(app)
    except ContentError:
        return False
    return kept


def _load(app: Flask) -> None:
    for load in app.extensions.get("content_loaders", []):
        load(app)


@dataclass(frozen=True)
class Report:
    """What a check found: how many files of each kind, what is wrong, what is past its review date and what is withdrawn."""

    files: dict[str, int]
    problems: list[Problem]
    overdue: list[Path]
    withdrawn: dict[Path, Withdrawn]


def check(app: Flask, today: date) -> Report:
    """Read every kind of content and report all of it."""
    files: dict[str, int] = {}
    problems: list[Problem] = []
    overdue: list[Path] = []
    withdrawn: dict[Path, Withdrawn] = {}
    for kind in app.extensions.get("content_kinds", []):
        try:
            heads = kind.read(app.config["CONTENT_DIR"])
        except ContentError as error:
            problems += error.problems
            continue
        files[kind.name] = len(heads)
        overdue += [path for path, head in heads.items() if head.overdue(today)]
        withdrawn |= {path: head.withdrawn for path, head in heads.items() if head.withdrawn}
    return Report(files, sorted(set(problems)), sorted(overdue), dict(sorted(withdrawn.items())))
