"""The template for a council that has only a spreadsheet, and its check. Anybody may use both: a council that has not joined yet wants
to know whether its sheet would do. That is safe because a file is small, is counted by address, and is kept nowhere."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.directory.doors import Checked, check, sheet
from app.directory.refusal import Unreadable
from app.directory.restating import setting_of
from app.directory.sheets.presenters import download, everything_found, lines_of, rows_to_mend
from app.directory.sheets.sent import LARGEST, MOST_ROWS, services_sent
from app.directory.sheets.writing import CSV, XLSX, Writer, csv_of, xlsx_of

blueprint = Blueprint("template", __name__, url_prefix="/directory")
NOBODYS = "sheet"
"""The source of rows that are only checked."""
for_anybody = open_to(Audience.VISITOR)


@blueprint.get("/template")
@for_anybody
def overview() -> str:
    """What the columns are and how they are filled in."""
    return render_template("directory/sheets/template.html", sheet=_template())


@blueprint.get("/template.csv")
@for_anybody
def as_csv() -> Response:
    return download("fingerpost-template.csv", _example(csv_of), CSV)


@blueprint.get("/template.xlsx")
@for_anybody
def as_xlsx() -> Response:
    return download("fingerpost-template.xlsx", _example(xlsx_of), XLSX)


@blueprint.route("/check", methods=["GET", "POST"])
@for_anybody
def try_sheet() -> ResponseReturnValue:
    """What an import would make of a sheet, row by row, as a page or to download. Nothing is kept of it."""
    if request.method != "POST":
        return _page()
    try:
        checked = check(services_sent(NOBODYS), setting_of(NOBODYS, None, own=False))
    except Unreadable as refusal:
        return _page(problem=say(f"doors.{refusal.why}", **refusal.facts)), 422
    asked = request.form.get("give")
    if asked == "rejected" and checked.refused:
        return rows_to_mend(checked)
    return everything_found(checked) if asked == "found" and checked.findings else _page(checked)


def _page(checked: Checked | None = None, problem: str = "") -> str:
    return render_template(
        "directory/sheets/check.html", checked=checked, lines=lines_of(checked) if checked else [], problem=problem,
        megabytes=LARGEST // 1024**2, most_rows=MOST_ROWS,
    )  # fmt: skip


def _template() -> sheet.Sheet:
    return sheet.load(current_app.config["CONTENT_DIR"])


def _example(write: Writer) -> bytes:
    return write(_template().headings, [[column.example for column in _template().columns]])
