"""Which kinds of content exist. Each feature registers its own, and `flask content check` reads them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask

from app.content.problems import ContentError, Problem
from app.content.schema import Reviewed


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


def load_all(app: Flask) -> None:
    """Read what has to be there. Raises ContentError with everything that is wrong in any kind."""
    try:
        for load in app.extensions.get("content_loaders", []):
            load(app)
    except ContentError as error:
        raise ContentError(check(app, date.today()).problems or error.problems) from None


@dataclass(frozen=True)
class Report:
    """What a check found: how many files of each kind, what is wrong, and what is past its review date."""

    files: dict[str, int]
    problems: list[Problem]
    overdue: list[Path]


def check(app: Flask, today: date) -> Report:
    """Read every kind of content and report all of it."""
    files: dict[str, int] = {}
    problems: list[Problem] = []
    overdue: list[Path] = []
    for kind in app.extensions.get("content_kinds", []):
        try:
            heads = kind.read(app.config["CONTENT_DIR"])
        except ContentError as error:
            problems += error.problems
            continue
        files[kind.name] = len(heads)
        overdue += [path for path, head in heads.items() if head.overdue(today)]
    return Report(files, sorted(problems), sorted(overdue))
