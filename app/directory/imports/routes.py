"""A council's imports: the list, what each will change, and publishing it or throwing it away."""

from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import open_to
from app.content.messages import say
from app.directory import actions
from app.directory.desk.queries import EDITORS, is_administrator
from app.directory.desk.routes import council_of
from app.directory.imports import queries
from app.directory.imports.presenters import entry, people
from app.directory.imports.queries import A_PAGE, OF_THE_REPORT, Import, Kind
from app.directory.publishing import Refused
from app.directory.report import kept_of, rejected_of

blueprint = Blueprint("imports", __name__, url_prefix="/council/<code>/imports")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """What waits to be looked at, and what was published."""
    council, page = council_of(code), page_number()
    waiting = queries.waiting(code)
    past, count = queries.past(code, page)
    return render_template(
        "directory/imports/list.html", council=council, waiting=waiting, past=past, page=page, pages=-(-count // A_PAGE),
        people=people([*waiting, *past]), feeds=queries.feeds(code), is_administrator=is_administrator(code),
    )  # fmt: skip


@blueprint.get("/<publication_id>")
@for_editors
def review(code: str, publication_id: str) -> str:
    """What an import will change, or has changed."""
    return _review(code, _import(code, publication_id))


@blueprint.post("/<publication_id>/publish")
@for_editors
def publish(code: str, publication_id: str) -> ResponseReturnValue:
    """Make it live. Pressed twice it is published once."""
    one = _import(code, publication_id)
    if not one.waits:
        return redirect(url_for("imports.review", code=code, publication_id=one.id), 303)
    has_ended = "really_ended" in request.form
    if one.counts["held"] and not has_ended:
        return _review(code, one, say("imports.tick_first")), 422
    if queries.speaks_of_others(code, one.id):
        return _review(code, one, say("imports.of_others")), 409
    try:
        actions.publish(publication_id=one.id, by=current_user.id, allow_vanished=has_ended)
    except Refused as refusal:
        now = queries.import_or_none(code, publication_id)
        if now is None or now.waits:
            return _review(code, now or one, str(refusal)), 409
    return redirect(url_for("imports.review", code=code, publication_id=one.id), 303)


@blueprint.post("/<publication_id>/throw-away")
@for_editors
def throw_away(code: str, publication_id: str) -> ResponseReturnValue:
    """Nothing of it is kept but its entry in the trail. What is live stays."""
    one = _import(code, publication_id)
    if not one.waits:
        return _review(code, one, say("imports.is_live")), 409
    if queries.speaks_of_others(code, one.id):
        return _review(code, one, say("imports.of_others")), 409
    actions.throw_away(publication_id=one.id, by=current_user.id)
    return redirect(url_for("imports.overview", code=code), 303)


@blueprint.get("/<publication_id>/report.csv")
@for_editors
def report(code: str, publication_id: str) -> Response:
    """Everything that was found in the records: line, field, value, reason, fix."""
    return _download(kept_of(_import(code, publication_id).id))


@blueprint.get("/<publication_id>/rejected.csv")
@for_editors
def rejected(code: str, publication_id: str) -> Response:
    """The refused records as a sheet to mend and send again."""
    return _download(rejected_of(kept_of(_import(code, publication_id).id)))


def _import(code: str, publication_id: str) -> Import:
    council_of(code)
    return queries.import_or_none(code, publication_id) or abort(404)


def _download(path: Path) -> Response:
    if not path.exists():
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return Response(path.read_bytes(), mimetype="text/csv", headers=headers)


def _review(code: str, one: Import, problem: str = "") -> str:
    asked, page = request.args.get("kind", ""), page_number()
    kind = Kind(asked) if asked in list(Kind) else next((kind for kind in Kind if one.counts.get(kind)), Kind.NEW)
    services, of_them = queries.services(one.id, kind, page) if kind not in OF_THE_REPORT else ([], 0)
    found, of_rows = queries.findings(one.id, kind, page) if kind in OF_THE_REPORT else ([], 0)
    count = of_them + of_rows
    path = kept_of(one.id)
    return render_template(
        "directory/imports/review.html", council=council_of(code), one=one, kind=kind, kinds=list(Kind), findings=found,
        rows=[entry(row) for row in services], count=count, page=page, pages=-(-count // A_PAGE),
        has_report=path.exists(), has_rejected=rejected_of(path).exists(),
        people=people([one]), problem=problem, of_others=one.waits and queries.speaks_of_others(code, one.id),
    )  # fmt: skip


def page_number() -> int:
    """The page of a list that is asked for; the first where that is not a page."""
    number = request.args.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 10_000 else 1
