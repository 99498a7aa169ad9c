"""A council's own sheet: what it would change is staged, looked at, and then published or thrown away like any other import."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import open_to
from app.content.messages import say
from app.directory.actions import Outcome, import_feed
from app.directory.desk import routes as desk
from app.directory.desk.queries import EDITORS
from app.directory.doors import check
from app.directory.feeds import Entry
from app.directory.publishing import Refused
from app.directory.refusal import Unreadable
from app.directory.report import Report
from app.directory.restating import setting_of
from app.directory.sheets.presenters import everything_found, rows_to_mend
from app.directory.sheets.sent import LARGEST, MOST_ROWS, services_sent
from app.places.queries import Council

blueprint = Blueprint("sheets", __name__, url_prefix="/council/<code>/sheet")
for_editors = open_to(*EDITORS)


@blueprint.route("", methods=["GET", "POST"])
@for_editors
def publish(code: str) -> ResponseReturnValue:
    """Stage the council's sheet, and go on to what it would change; or only say what was found in it."""
    council = desk.council_of(code)
    if request.method != "POST":
        return _page(council)
    try:
        sent = services_sent(_source(code))
        if asked := request.form.get("give"):
            checked = check(sent, setting_of(_source(code), code, own=True))
            return rows_to_mend(checked) if asked == "rejected" else everything_found(checked)
        outcome = _staged(code, sent)
    except Unreadable as refusal:
        return _page(council, problem=say(f"doors.{refusal.why}", **refusal.facts)), 422
    except Refused as refusal:
        return _page(council, problem=str(refusal)), 409
    if outcome.publication_id is None:
        return _page(council, outcome=outcome)
    return redirect(url_for("imports.review", code=code, publication_id=outcome.publication_id), 303)


def _source(code: str) -> str:
    return f"{code}:sheet"


def _staged(code: str, sent: Iterator[Entry]) -> Outcome:
    with _report() as report:
        return import_feed(
            lines=sent, feed=_source(code), council=code, source=_source(code), report=report, by=current_user.id,
            progress=lambda _count: None, stage_only=True, own=True,
        )  # fmt: skip


@contextmanager
def _report() -> Iterator[Report]:
    """Kept with the publication, and gone where nothing is staged."""
    with TemporaryDirectory() as folder, Report(Path(folder) / "report.csv") as report:
        yield report


def _page(council: Council, problem: str = "", outcome: Outcome | None = None) -> str:
    return render_template(
        "directory/sheets/publish.html", council=council, problem=problem, tally=outcome.tally if outcome else None,
        megabytes=LARGEST // 1024**2, most_rows=MOST_ROWS,
    )  # fmt: skip
