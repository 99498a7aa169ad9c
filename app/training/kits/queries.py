"""What kits can be read for."""

from pathlib import Path

from flask import Flask, current_app

from app.content.kinds import held
from app.content.problems import ContentError
from app.content.schema import Reviewed
from app.training.kits import catalogue
from app.training.kits.catalogue import Kit
from app.training.kits.schema import Meeting, Vignette
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of


def kits(app: Flask | None = None) -> dict[str, Kit]:
    """Every kit by its slug, read once for an application. Raises ContentError."""
    app = app or current_app
    sources = vocabulary.vocabulary(app).sources
    return held(app, "kits", lambda: catalogue.load(app.config["MODULES_DIR"], sources=sources))


def meeting_of(slug: str, id: str) -> tuple[Meeting, tuple[Vignette, ...]] | None:
    """A meeting of a kit with its stories; None where there is none to be judged."""
    kit = kits().get(slug)
    meeting = kit.meeting(id) if kit else None
    return (meeting, kit.vignettes(meeting)) if kit and meeting and meeting.vignettes else None


def heads(app: Flask) -> dict[Path, Reviewed]:
    """The reviewed heads of every file of every kit, for the content check; every figure in them has a source."""
    support = support_of(vocabulary.vocabulary(app))
    found = kits(app).values()
    if problems := [problem for kit in found for problem in catalogue.figures_without_source(kit, support)]:
        raise ContentError(problems)
    return {path: head for kit in found for path, head in kit.heads.items()}
