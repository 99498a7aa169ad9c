"""All drafts of a council that wait, each before and after, and approving several of them in one go."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import open_to
from app.content.messages import say
from app.directory.desk import actions, queries
from app.directory.desk.presenters import differences
from app.directory.desk.queries import EDITORS, Change
from app.directory.publishing import Refused
from app.directory.queries import by_ids
from app.directory.service import to_record
from app.places.queries import council_or_none

blueprint = Blueprint("waiting", __name__, url_prefix="/council/<code>/waiting")
for_editors = open_to(*EDITORS)


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """The oldest drafts; those of others can be ticked."""
    return _page(code)


@blueprint.post("")
@for_editors
def approve(code: str) -> ResponseReturnValue:
    """Let the ticked drafts hold, all from one moment on. One that was settled meanwhile is left as it is."""
    shown, _ = queries.waiting(code)
    sent = set(request.form.getlist("change"))
    ticked = [one.id for one in shown if one.id in sent and may_approve(code, one)]
    if not ticked:
        return _page(code, say("desk.tick_some")), 422
    try:
        actions.approve_all(amendment_ids=ticked, by=current_user.id)
    except Refused as refusal:
        return _page(code, str(refusal)), 409
    return redirect(url_for("waiting.overview", code=code), 303)


def may_approve(code: str, change: Change) -> bool:
    """Whoever drafted a change leaves its approval to somebody else, unless they administer the council."""
    return change.drafted_by != current_user.id or queries.is_administrator(code)


def _page(code: str, problem: str = "") -> str:
    council = council_or_none(code) or abort(404)
    shown, count = queries.waiting(code)
    live = {id: to_record(service) for id, service in by_ids({one.service_id for one in shown}).items()}
    rows = [(one, may_approve(code, one), differences(live.get(one.service_id, {}), one.says)) for one in shown]
    return render_template("directory/desk/waiting.html", council=council, rows=rows, more=count - len(shown), problem=problem)
