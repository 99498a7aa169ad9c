"""Editing many of a council's entries at once: download them as a sheet, send it back edited, look at what changes, and press."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import open_to
from app.content.messages import say
from app.directory.desk import actions, queries
from app.directory.desk.presenters import differences
from app.directory.desk.queries import EDITORS, State
from app.directory.desk.routes import council_of
from app.directory.publishing import Refused
from app.directory.refusal import Unreadable
from app.directory.service import to_record
from app.directory.sheets.columns import as_of, headings, row_of
from app.directory.sheets.comparing import Compared, compared
from app.directory.sheets.presenters import MOST_SHOWN, download
from app.directory.sheets.sent import LARGEST, MOST_ROWS, tables_sent
from app.directory.sheets.signing import signed, unsigned
from app.directory.sheets.writing import CSV, XLSX, Writer, csv_of, xlsx_of

blueprint = Blueprint("bulk", __name__, url_prefix="/council/<code>/bulk")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """Where the sheet is downloaded, and where it is sent back."""
    return _page(code)


@blueprint.get("/services.csv")
@for_editors
def as_csv(code: str) -> Response:
    return download(f"{code}-services.csv", _sheet(code, csv_of), CSV)


@blueprint.get("/services.xlsx")
@for_editors
def as_xlsx(code: str) -> Response:
    return download(f"{code}-services.xlsx", _sheet(code, xlsx_of), XLSX)


@blueprint.post("")
@for_editors
def look(code: str) -> ResponseReturnValue:
    """What an edited sheet changes, before and after. Nothing is kept yet; the page carries it."""
    council_of(code)
    try:
        found = compared(tables_sent(), queries.live_of(code))
    except Unreadable as refusal:
        return _page(code, say(f"doors.{refusal.why}", **refusal.facts)), 422
    if request.form.get("give") == "rejected":
        return _rows_to_mend(found)
    carried = signed(found.changes, code, current_user.id) if found.changes else ""
    if found.changes and not carried:
        return _page(code, say("sheets.too_much")), 422
    return render_template(
        "directory/sheets/changes.html", council=council_of(code), found=found, most_shown=MOST_SHOWN, carried=carried,
        rows=[(change.service, differences(to_record(change.service), change.says)) for change in found.changes],
        may_approve=queries.is_administrator(code), megabytes=LARGEST // 1024**2, most_rows=MOST_ROWS,
    )  # fmt: skip


@blueprint.post("/keep")
@for_editors
def keep(code: str) -> ResponseReturnValue:
    """Make drafts of the changes that were looked at; an administrator may let them hold at once. What somebody else changed since
    then is left alone. Pressed twice it is done once."""
    council_of(code)
    asked = unsigned(request.form.get("changes", ""), code, current_user.id)
    if asked is None:
        return _page(code, say("sheets.send_again")), 422
    approved = "approve" in request.form and queries.is_administrator(code)
    services = queries.live_of(code)
    fresh = {one.service_id: one.says for one in asked if one.service_id in services and as_of(services[one.service_id]) == one.as_of}
    try:
        actions.change_all(says=fresh, council=code, by=current_user.id, approved=approved)
    except Refused as refusal:
        return _page(code, str(refusal)), 409
    flash(say("sheets.approved" if approved else "sheets.drafted", count=len(fresh), left=len(asked) - len(fresh)))
    state = State.LIVE if approved else State.DRAFTS
    return redirect(url_for("desk.overview", code=code, state=state.value), 303)


def _sheet(code: str, write: Writer) -> bytes:
    council_of(code)
    return write(list(headings().values()), [row_of(service) for service in queries.live_of(code).values()])


def _rows_to_mend(found: Compared) -> Response:
    whys = {line: " ".join(f"{one.column}: {one.why}" for one in found.problems if one.line == line) for line in found.refused}
    mend = say("sheets.column.mend")
    rows = [[*cells, say("import.mend", line=line, what=whys[line])] for line, cells in found.refused.items()]
    return download("rejected.csv", csv_of([*headings().values(), mend], rows), CSV)


def _page(code: str, problem: str = "") -> str:
    return render_template(
        "directory/sheets/bulk.html", council=council_of(code), problem=problem, megabytes=LARGEST // 1024**2, most_rows=MOST_ROWS
    )  # fmt: skip
