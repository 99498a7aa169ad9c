"""The editors' desk: a council's list, the form, drafts with their approval, history and undoing. Merging is in merging.py."""

from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import NO_TEXT, open_to
from app.content.messages import say
from app.directory import queries as directory
from app.directory.amending import WITHDRAWN, changes
from app.directory.amendments import APPROVED
from app.directory.desk import actions, queries
from app.directory.desk.actions import DRAFT
from app.directory.desk.forms import EntryForm
from app.directory.desk.presenters import differences, done
from app.directory.desk.queries import A_PAGE, EDITORS, Change, State
from app.directory.desk.waiting import may_approve
from app.directory.publishing import Refused
from app.directory.queries import LiveService
from app.directory.service import to_record
from app.directory.values import STATUSES
from app.places.actions import stamp
from app.places.queries import Council, council_or_none

blueprint = Blueprint("desk", __name__, url_prefix="/council/<code>/services")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """The council's services, those first of which a draft waits."""
    council, words = council_of(code), request.args.get("words", "").replace(NO_TEXT, "").strip()
    asked, number = request.args.get("state", ""), request.args.get("page", "")
    state = State(asked) if asked in list(State) else State.LIVE
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 10_000 else 1
    rows, count = queries.services(code, words, state, page) if state not in (State.DRAFTS, State.WITHDRAWN) else ([], 0)
    return render_template(
        "directory/desk/list.html", council=council, words=words, state=state, states=list(State), page=page, rows=rows, count=count,
        pages=-(-count // A_PAGE), withdrawn=queries.withdrawn(code, words) if state is State.WITHDRAWN else [],
        drafts=queries.drafts(code, words) if state is State.DRAFTS or (state is State.LIVE and page == 1) else [],
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@for_editors
def add(code: str) -> ResponseReturnValue:
    """A service that no feed lists. The form carries a number of its own, so that sending it twice adds one."""
    council = council_of(code)
    number = request.form.get("number") or uuid4().hex
    empty = LiveService(id=str(uuid5(NAMESPACE_URL, f"{code} {number}")), name="", status="active", source=actions.DESK, source_id="")
    form = EntryForm(request.form or None, empty)
    if request.method != "POST":
        return _form_page(council, form, number=number)
    if not form.validate():
        return _form_page(council, form, number=number), 422
    return _drafted(code, empty, form.after)


@blueprint.route("/<service_id>/edit", methods=["GET", "POST"])
@for_editors
def edit(code: str, service_id: str) -> ResponseReturnValue:
    """What the directory says now, to be changed."""
    council, before = council_of(code), _service(code, service_id)
    form, as_of = EntryForm(request.form or None, before), stamp(to_record(before))
    if request.method != "POST":
        return _form_page(council, form, service=before, as_of=as_of)
    if request.form.get("as_of") != as_of:
        form.form_errors = [say("desk.changed")]
        return _form_page(council, form, service=before, as_of=as_of), 409
    if not form.validate():
        return _form_page(council, form, service=before, as_of=as_of), 422
    if not changes(before, to_record(form.after)):
        form.form_errors = [say("desk.nothing_changed")]
        return _form_page(council, form, service=before, as_of=as_of), 422
    return _drafted(code, before, form.after)


@blueprint.get("/<service_id>")
@for_editors
def history(code: str, service_id: str) -> str:
    """Every change of a service, and what can be done with it now."""
    return _history(code, service_id)


@blueprint.post("/<service_id>/status")
@for_editors
def set_status(code: str, service_id: str) -> Response:
    """A draft that closes a service for now, archives it, or opens it again."""
    service = _service(code, service_id)
    status = next((one for one in STATUSES if one == request.form.get("status")), service.status)
    if status == service.status:
        return redirect(url_for("desk.history", code=code, service_id=service_id), 303)
    drafted = actions.draft(service_id=service.id, council=code, says={"status": status}, by=current_user.id)
    return redirect(url_for("desk.draft", code=code, id=drafted), 303)


@blueprint.post("/<service_id>/withdraw")
@for_editors
def withdraw(code: str, service_id: str) -> ResponseReturnValue:
    """Out of the directory at once. Pressing twice withdraws once."""
    council_of(code)
    if queries.own_service(code, service_id):
        actions.withdraw(service_id=service_id, by=current_user.id)
    elif not queries.history(code, service_id):
        abort(404)
    return redirect(url_for("desk.history", code=code, service_id=service_id), 303)


@blueprint.post("/<service_id>/restore")
@for_editors
def restore(code: str, service_id: str) -> ResponseReturnValue:
    """Back into the directory."""
    council_of(code)
    if not queries.history(code, service_id):
        abort(404)
    try:
        actions.restore(service_id=service_id, by=current_user.id)
    except Refused as refusal:
        return _history(code, service_id, str(refusal)), 409
    return redirect(url_for("desk.history", code=code, service_id=service_id), 303)


@blueprint.get("/changes/<id>")
@for_editors
def draft(code: str, id: str) -> str:
    """One change, before and after, side by side."""
    return _draft_page(code, _change(code, id))


@blueprint.post("/changes/<id>/approve")
@for_editors
def approve(code: str, id: str) -> ResponseReturnValue:
    """Let a draft hold. Whoever drafted it leaves that to somebody else, unless they administer the council."""
    change = _change(code, id)
    if not may_approve(code, change):
        return _draft_page(code, change, say("desk.not_ones_own")), 409
    return _settled(code, change, actions.approve)


@blueprint.post("/changes/<id>/refuse")
@for_editors
def refuse(code: str, id: str) -> ResponseReturnValue:
    """Lay a draft aside."""
    return _settled(code, _change(code, id), actions.refuse)


@blueprint.post("/changes/<id>/undo")
@for_editors
def undo(code: str, id: str) -> ResponseReturnValue:
    """End an approved change."""
    return _settled(code, _change(code, id), actions.undo)


def council_of(code: str) -> Council:
    return council_or_none(code) or abort(404)


def _service(code: str, service_id: str) -> LiveService:
    council_of(code)
    return queries.own_service(code, service_id) or abort(404)


def _change(code: str, id: str) -> Change:
    council_of(code)
    return queries.change_or_none(code, id) or abort(404)


def _drafted(code: str, before: LiveService, after: LiveService) -> Response:
    says = changes(before, to_record(after))
    return redirect(
        url_for("desk.draft", code=code, id=actions.draft(service_id=before.id, council=code, says=says, by=current_user.id)), 303
    )


def _settled(code: str, change: Change, deed: Any) -> ResponseReturnValue:
    try:
        deed(amendment_id=change.id, by=current_user.id)
    except Refused as refusal:
        return _draft_page(code, _change(code, change.id), str(refusal)), 409
    return redirect(url_for("desk.history", code=code, service_id=change.service_id), 303)


def _form_page(council: Council, form: EntryForm, service: LiveService | None = None, **hidden: str) -> str:
    return render_template("directory/desk/form.html", council=council, form=form, service=service, hidden=hidden)


def _draft_page(code: str, change: Change, problem: str = "") -> str:
    live = directory.service_or_none(change.service_id)
    before = to_record(live) if live and change.state == DRAFT else change.instead_of
    return render_template(
        "directory/desk/change.html", council=council_of(code), change=change, rows=differences(before, change.says),
        done=done([change])[change.id], may_approve=may_approve(code, change), problem=problem,
    )  # fmt: skip


def _history(code: str, service_id: str, problem: str = "") -> str:
    council, service, past = council_of(code), queries.own_service(code, service_id), queries.history(code, service_id)
    if not service and not past:
        abort(404)
    return render_template(
        "directory/desk/history.html", council=council, service=service, service_id=service_id, changes=past, done=done(past),
        name=service.name if service else past[0].name, rows={change.id: differences(change.instead_of, change.says) for change in past},
        is_withdrawn=any(change.state == APPROVED and WITHDRAWN in change.says for change in past), problem=problem,
    )  # fmt: skip
