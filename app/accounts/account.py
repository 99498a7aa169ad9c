"""A person's own page: what they are, how they sign in, where they are signed in, and their data."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, session, url_for
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.accounts.actions import LastAdministrator, erase, leave
from app.accounts.ending import end_session, end_sessions
from app.accounts.forms import CloseForm, labelled
from app.accounts.queries import own_data, own_memberships, own_sessions
from app.accounts.sessions import hashed
from app.audit.actions import Deed, note
from app.content.messages import say

blueprint = Blueprint("account", __name__, url_prefix="/account")
KEEPING = ("account", "security")
"""Parts that somebody passes between signing in and going on with a form."""


@blueprint.get("")
@open_to(Audience.PERSON)
def overview() -> str:
    return _overview()


def _overview(**notice: str) -> str:
    return render_template(
        "accounts/account.html", memberships=own_memberships(current_user.id), sessions=own_sessions(current_user.id),
        here=hashed(getattr(session, "token", "")), kept=_own_kept(), **notice,
    )  # fmt: skip


@blueprint.post("/sessions/<id>/end")
@open_to(Audience.PERSON)
def end_one(id: str) -> Response:
    """Sign out somewhere else."""
    if not end_session(id=id, person=current_user.id):
        abort(404)
    return redirect(url_for("account.overview"), 303)


@blueprint.post("/sessions/end")
@open_to(Audience.PERSON)
def end_all() -> Response:
    """Sign out everywhere, here too."""
    end_sessions(person=current_user.id)
    return redirect(url_for("security.login"), 303)


@blueprint.post("/roles/<id>/leave")
@open_to(Audience.PERSON)
def leave_role(id: str) -> Response | tuple[str, int]:
    """Give up a role of one's own: somebody who moves needs nobody's leave to go."""
    try:
        if not leave(id=id, person=current_user.id):
            abort(404)
    except LastAdministrator:
        return _overview(notice=say("accounts.last_administrator")), 409
    return redirect(url_for("account.overview"), 303)


@blueprint.get("/data")
@open_to(Audience.PERSON)
def data() -> Response:
    """Everything that is kept about this person, as a file."""
    note(by=current_user.id, what=Deed.DATA_DOWNLOADED, about=current_user.id)
    answer = jsonify(own_data(current_user.id))
    answer.headers["Content-Disposition"] = 'attachment; filename="fingerpost-my-data.json"'
    return answer


@blueprint.route("/close", methods=["GET", "POST"])
@open_to(Audience.PERSON)
def close() -> str | Response | tuple[str, int]:
    """Erase one's account, after typing its address. Whoever is the last administrator says that they know it."""
    form = labelled(CloseForm(request.form))
    if request.method != "POST":
        return _close(form)
    if form.validate() and form.email.data != current_user.email:
        form.email.errors = [say("accounts.other_address")]
    if form.errors:
        return _close(form), 422
    try:
        erase(person=current_user.id, by=current_user.id, though_last=form.sure.data)
    except LastAdministrator:
        form.sure.errors = [say("accounts.close_last")]
        return _close(form), 422
    logout_user()
    return redirect(url_for("pages.home"), 303)


def _close(form: CloseForm) -> str:
    last = [one for one in own_memberships(current_user.id) if one.is_last]
    return render_template("accounts/close.html", form=form, last=last)


@blueprint.get("/go-on")
@open_to(Audience.PERSON)
def go_on() -> str | Response:
    """What somebody was sending when their session had run out, to be sent with one press."""
    kept = _own_kept()
    if kept is None:
        return redirect(url_for("account.overview"), 303)
    return render_template("accounts/go_on.html", path=kept["path"], fields=kept["fields"])


def _own_kept() -> dict[str, Any] | None:
    """The form that this person was sending. Somebody else's, of a browser that several people use, is not shown."""
    kept: dict[str, Any] | None = session.get("kept")
    return kept if kept and kept["person"] == current_user.id else None


def forget_what_was_sent() -> None:
    """Before each request: a form that was kept is gone once it is sent, or once somebody goes on elsewhere without it."""
    kept = session.get("kept")
    if kept and current_user.is_authenticated and (request.blueprint not in KEEPING or request.method == "POST"):
        del session["kept"]
