"""Records of completion as a page, as PDF and as text; their check; and the log of everything that somebody has finished."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answered
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import names_of
from app.content.messages import say
from app.places import queries as places
from app.training import presenters
from app.training.records import queries
from app.training.records.forms import LogForm, RecordForm
from app.training.records.hours import hours, suggested
from app.training.records.sheets import log_as_csv
from app.training.visits import Visit, person, visit_or_404
from app.ui.numbers import as_kept, in_groups
from app.ui.pdf import PdfUnavailable, as_pdf

blueprint = Blueprint("records", __name__, url_prefix="/training")
for_everybody = open_to(Audience.VISITOR)
PDF, CSV, PLAIN = "application/pdf", "text/csv", "text/plain; charset=utf-8"


@blueprint.get("/attempts/<token>/record")
@for_everybody
def record(token: str) -> Answered:
    """The record of a finished module, and what can be put into the document."""
    visit = visit_or_404(token)
    if not visit.is_recorded:
        return redirect(visit.address(visit.attempt.page))
    me = person()
    return _page(visit, RecordForm(name=names_of({me}).get(me, "") if me else ""))


@blueprint.post("/attempts/<token>/record")
@for_everybody
def document(token: str) -> Answered:
    """The same as PDF, with what was typed; that is kept nowhere."""
    visit = visit_or_404(token)
    if not visit.is_recorded:
        return redirect(visit.address(visit.attempt.page), 303)
    form = RecordForm(request.form)
    if not form.validate():
        return _page(visit, form), 422
    try:
        pdf = as_pdf(render_template("training/records/record.html", form=form, **_facts(visit)), forms=True)
    except PdfUnavailable:
        return render_template("training/no_pdf.html", token=token), 503
    return _download(pdf, PDF, f"fingerpost-{visit.module.head.slug}.pdf")


@blueprint.get("/attempts/<token>/record.txt")
@for_everybody
def text(token: str) -> Answered:
    """The same as plain text, to paste into an appraisal toolkit. It names nobody."""
    visit = visit_or_404(token)
    if not visit.is_recorded:
        return redirect(visit.address(visit.attempt.page))
    return _download(_text(visit).encode(), PLAIN, f"fingerpost-{visit.module.head.slug}.txt")


@blueprint.get("/check")
@for_everybody
def check() -> str:
    """Whether a number is one of ours: only that, the title and the day."""
    typed = request.args.get("number", "")[:100].strip()
    number = as_kept(typed)
    found = queries.record_or_none(number) if number else None
    return render_template("training/records/check.html", typed=typed, mistyped=bool(typed) and number is None, found=found)


@blueprint.get("/yours/log")
@open_to(Audience.PERSON)
def log() -> Answered:
    """Everything that whoever is signed in has finished."""
    form = LogForm(request.args)
    if not form.validate():
        return render_template("training/records/log.html", form=form, entries=[]), 422
    return render_template("training/records/log.html", form=form, **_shown(form))


@blueprint.get("/yours/log.csv")
@open_to(Audience.PERSON)
def log_sheet() -> Answered:
    """The same as a sheet."""
    form = LogForm(request.args)
    if not form.validate():
        return redirect(url_for("records.log", begins=request.args.get("begins"), ends=request.args.get("ends")))
    return _download(log_as_csv(_shown(form)["entries"]), CSV, "fingerpost-learning-log.csv")


@blueprint.get("/yours/log.pdf")
@open_to(Audience.PERSON)
def log_document() -> Answered:
    """The same as PDF."""
    form = LogForm(request.args)
    if not form.validate():
        return redirect(url_for("records.log", begins=request.args.get("begins"), ends=request.args.get("ends")))
    try:
        pdf = as_pdf(render_template("training/records/log_print.html", form=form, name=current_user.name, **_shown(form)))
    except PdfUnavailable:
        return render_template("training/records/no_pdf.html"), 503
    return _download(pdf, PDF, "fingerpost-learning-log.pdf")


def _shown(form: LogForm) -> dict[str, Any]:
    entries = queries.log(person() or "", form.begins.data, form.ends.data)
    total = sum(entry.minutes for entry in entries)
    return {"entries": entries, "total": total, "hours": _hours(hours(total))}


def _page(visit: Visit, form: RecordForm) -> str:
    form.name.label.text, form.with_score.label.text = say("record.name"), say("record.with_score")
    form.registration.label.text = say(f"record.registration.{_whose(visit)}")
    return render_template("training/records/page.html", form=form, text=_text(visit), **_facts(visit))


def _text(visit: Visit) -> str:
    return render_template("training/records/record.txt", **_facts(visit))


def _facts(visit: Visit) -> dict[str, Any]:
    spent, found = queries.minutes(visit.attempt), queries.record_of(visit.attempt.token)
    return {
        "visit": visit, "head": visit.module.head, "record": found, "number": in_groups(found.number), "minutes": spent,
        "hours": _hours(hours(spent)), "suggested": _hours(suggested(spent)), "provider": _provider(visit),
        "scores": presenters.scores(visit.attempt), "whose": _whose(visit), "prompts": _prompts(visit),
    }  # fmt: skip


def _hours(spent: float) -> str:
    return say("record.hours", hours=f"{spent:g}") if spent else say("record.under_a_tenth")


def _provider(visit: Visit) -> str:
    """The council under whose name it was begun; Fingerpost itself where there was none."""
    council = places.council_as_it_was(visit.attempt.council) if visit.attempt.council else None
    return say("record.provider", council=council.name) if council else say("record.no_provider")


def _prompts(visit: Visit) -> tuple[str, ...]:
    """What the fields for one's own words are headed: by the module, or as Social Work England's form asks."""
    if _whose(visit) == "social_care":
        return tuple(say(f"record.swe.{part}") for part in ("did", "learned", "changes", "peer"))
    return visit.module.head.reflection


def _whose(visit: Visit) -> str:
    return visit.module.head.learners.replace(" ", "_")


def _download(body: bytes, kind: str, name: str) -> Response:
    return Response(body, mimetype=None, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
