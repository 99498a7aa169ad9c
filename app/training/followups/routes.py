"""Pages about follow-ups: beginning one, and the letters that remind of them."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.training.followups import actions, queries
from app.training.followups.actions import NotOpen
from app.training.followups.windows import WINDOWS

blueprint = Blueprint("followups", __name__)
WISHES = {"yes": True, "no": False}


@blueprint.post("/training/attempts/<token>/follow-up/<part>")
@open_to(Audience.PERSON)
def begin(token: str, part: str) -> ResponseReturnValue:
    """Begin a follow-up, or go on with it."""
    form = next((one for one in WINDOWS if one == part), None) or abort(404)
    try:
        begun = actions.begin(token=token, part=form, by=current_user.id)
    except LookupError:
        abort(404)
    except NotOpen:
        return render_template("training/followups/not_open.html"), 409
    return redirect(url_for("training.resume", token=begun, begun="yes"), 303)


@blueprint.route("/training/reminders", methods=["GET", "POST"])
@open_to(Audience.PERSON)
def reminders() -> ResponseReturnValue:
    """Whether one is reminded of follow-ups by letter. It is off until somebody asks for it."""
    if request.method == "POST":
        wanted = WISHES.get(request.form.get("wanted", ""))
        if wanted is None:
            abort(422)
        actions.wish_reminders(wanted=wanted, by=current_user.id)
        return redirect(url_for("followups.reminders"), 303)
    return render_template("training/followups/reminders.html", wished=queries.wishes_reminders(current_user.id))


@blueprint.route("/training/reminders/off/<token>", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def off(token: str) -> ResponseReturnValue:
    """The link in a letter. Its page has a button: programs that look into post open links, but they press no buttons."""
    done = request.method == "POST" and actions.end_reminders(token=token)
    known = done or queries.who_was_written_to(token) is not None
    return render_template("training/followups/off.html", known=known, done=done), 200 if known else 410
