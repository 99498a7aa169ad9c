"""The files of a SCORM 1.2 package."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import current_app
from markupsafe import Markup
from wtforms import Field

from app.content.messages import say
from app.training import presenters
from app.training.catalogue import Module
from app.training.forms import answer_fields, question_form
from app.training.interchange.scorm.course import PASS_MARK, course_of
from app.training.interchange.told import parts_of
from app.training.progress import FINISH, MODULE
from app.training.schema import Form, Question
from app.ui.vendor import TARGET as VENDOR

_HERE = Path(__file__).resolve().parent / "files"
_WORDS = {
    "right": "training_right", "partly": "training_partly", "wrong": "training_wrong", "found": "training_found",
    "in_place": "training_in_place", "put_at": "training_you_put_it_at", "belongs_at": "training_belongs_at",
    "matched": "training_you_matched", "belongs_to": "training_belongs_to", "choose_one": "training_choose_one",
    "choose_some": "training_choose_some", "choose_for": "training_choose_for", "placed_twice": "training_placed_twice",
    "score": "training_score", "score_before": "training_score_before", "error": "interchange.error", "saved": "interchange.saved",
    "not_saved": "interchange.not_saved", "closed": "interchange.closed", "no_system": "interchange.no_system",
    "finished_before": "interchange.finished_before", "first_stands": "interchange.first_stands", "not_kept": "interchange.not_kept",
    "not_recorded": "interchange.not_recorded", "rewritten": "interchange.rewritten", "resumed": "interchange.resumed",
    "passed": "interchange.passed", "failed": "interchange.failed",
}  # fmt: skip
"""What the player says, by its own names."""
_VALUES = {name: f"{{{name}}}" for name in ("found", "of", "mistaken", "number", "answer", "what", "right", "asked", "where", "mark")}
"""What the player fills in itself."""


@dataclass(frozen=True)
class Step:
    """A question or a page of text of the package."""

    id: str
    heading: str
    next_words: str
    question: Question | None = None
    story: str = ""
    fields: tuple[Field, ...] = ()
    parts: tuple[Any, ...] = ()
    body: Markup = Markup()


def package(module: Module) -> bytes:
    """A zip file that holds the module: the same for the same module, whenever it is made."""
    files = _files(module)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name)
            entry.external_attr = 0o644 << 16  # Readable for everybody where it is unpacked.
            archive.writestr(entry, files[name], ZIP_DEFLATED)
    return made.getvalue()


def _files(module: Module) -> dict[str, bytes]:
    css = (VENDOR / "nhsuk.css").read_text(encoding="utf-8")
    files = {f"images/{name}": (VENDOR / "images" / name).read_bytes() for name in re.findall(r"url\(images/([^)]+)\)", css)}
    files |= {"nhsuk.css": css.encode(), "training.css": (VENDOR.parent / "training.css").read_bytes()}
    files |= {path.name: path.read_bytes() for path in _HERE.iterdir()}
    files["index.html"] = _page(module).encode()
    identifier = f"fingerpost-{module.head.slug}-{module.release[:12]}"
    manifest = _drawn("imsmanifest.xml", module=module, identifier=identifier, pass_mark=PASS_MARK, files=sorted(files))
    return files | {"imsmanifest.xml": manifest.encode()}


def _page(module: Module) -> str:
    words = {name: say(message, **_VALUES) for name, message in _WORDS.items()}
    return _drawn(
        "index.html", module=module, course=course_of(module, words), steps=_steps(module), sources=presenters.sources(module),
        before=module.form(Form.BEFORE), after=module.form(Form.AFTER), asked_before=say("training_asked_before"),
        asked_after=say("training_asked_after"), pass_mark=PASS_MARK, address=current_app.config["PUBLIC_URL"],
    )  # fmt: skip


def _steps(module: Module) -> list[Step]:
    return [_step(module, step) for step in module.way(MODULE).steps if step != FINISH]


def _step(module: Module, step: str) -> Step:
    next_words, question = presenters.next_words(module, MODULE, step), module.question(step)
    if question is None:
        page = next(one for one in module.pages if one.slug == step)
        return Step(step, page.head.title, next_words, body=page.body)
    fields = tuple(answer_fields(question_form(question, prefix=f"{step}-")))
    where = presenters.where(module, MODULE, step)
    return Step(step, where, next_words, question, module.story(question), fields, tuple(parts_of(question)))


def _drawn(template: str, **values: Any) -> str:
    return current_app.jinja_env.get_template(f"training/scorm/{template}").render(**values)
