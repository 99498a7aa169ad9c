"""The queue of a council's editors: who sees to what, what came of it, and checking entries in their turn."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import open_to
from app.accounts.queries import can_be_written_to
from app.directory.checks import actions, queries
from app.directory.checks.faults import SETTLED
from app.directory.checks.queries import A_PAGE
from app.directory.desk import actions as desk
from app.directory.desk.presenters import done
from app.directory.desk.queries import EDITORS, own_service
from app.directory.publishing import Refused
from app.directory.queries import LiveService
from app.places.queries import council_or_none

blueprint = Blueprint("checks", __name__, url_prefix="/council/<code>/checks")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """What waits and what was settled lately."""
    return _queue(code)


@blueprint.post("/reports/<id>/take")
@for_editors
def take(code: str, id: str) -> ResponseReturnValue:
    """Whoever presses this sees to the report."""
    return _done(code, id, lambda: actions.take(report_id=id, by=current_user.id))


@blueprint.post("/reports/<id>/settle")
@for_editors
def settle(code: str, id: str) -> ResponseReturnValue:
    """The entry is mended, or was right."""
    outcome = next((one for one in SETTLED if one == request.form.get("outcome")), None)
    return _done(code, id, lambda: actions.settle(report_id=id, outcome=outcome or abort(422), by=current_user.id))


@blueprint.post("/entries/<service_id>/right")
@for_editors
def confirm(code: str, service_id: str) -> Response:
    """The editor has checked the entry today."""
    desk.confirm(service_id=_service(code, service_id).id, by=current_user.id)
    return _back(code)


@blueprint.post("/entries/<service_id>/ask")
@for_editors
def ask(code: str, service_id: str) -> Response:
    """A letter to the service's own address."""
    service, council = _service(code, service_id), council_or_none(code) or abort(404)
    if not can_be_written_to(service.email):
        abort(422)
    actions.ask(service=service, council=council, by=current_user.id)
    return _back(code)


def _queue(code: str, problem: str = "") -> str:
    council = council_or_none(code) or abort(404)
    number = request.args.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 10_000 else 1
    reports, settled = queries.open_reports(code), queries.settled_reports(code)
    entries, count = queries.due(code, page=page)
    return render_template(
        "directory/checks/queue.html", council=council, problem=problem, reports=reports, settled=settled, entries=entries, count=count,
        page=page, pages=-(-count // A_PAGE), done=done([*reports, *settled]), me=current_user.id,
    )  # fmt: skip


def _done(code: str, id: str, deed: Callable[[], None]) -> ResponseReturnValue:
    if queries.report_or_none(code, id) is None:
        abort(404)
    try:
        deed()
    except Refused as refusal:
        return _queue(code, str(refusal)), 409
    return _back(code)


def _service(code: str, service_id: str) -> LiveService:
    return own_service(code, service_id) or abort(404)


def _back(code: str) -> Response:
    return redirect(url_for("checks.overview", code=code), 303)
