"""The pages of a joint session: the screen that is led, and the telephones in the room."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import own_memberships
from app.content.messages import say as words
from app.relationships.sessions import actions, queries
from app.relationships.sessions.queries import SIDES, Standing
from app.ui.numbers import in_letters

blueprint = Blueprint("together", __name__, url_prefix="/together")
PLANNERS = (Audience.SOCIAL_WORKER, Audience.COUNCIL_ADMIN)
for_everybody = open_to(Audience.VISITOR)


@blueprint.route("", methods=["GET", "POST"])
@for_everybody
def join() -> ResponseReturnValue:
    """The code of the room, the side, and that one agrees to what the room sees."""
    if request.method != "POST":
        return _join_page("", "")
    code, side = request.form.get("reference", "")[:20], request.form.get("side", "")
    session = queries.by_code(in_letters(code))
    if side not in SIDES or "agreed" not in request.form:
        return _join_page(code, side, words("together.incomplete")), 422
    if session is None:
        return _join_page(code, side, words("together.no_room")), 404
    try:
        return redirect(url_for("together.seat", token=actions.sit_down(session_id=session, side=side)), 303)
    except actions.Full:
        return _join_page(code, side, words("together.full")), 409
    except actions.NotHere:
        return _join_page(code, side, words("together.no_room")), 404


@blueprint.route("/seat/<token>", methods=["GET", "POST"])
@for_everybody
def seat(token: str) -> ResponseReturnValue:
    """What a telephone shows. Its address is its seat: opened again after a lost connection it goes on."""
    problem = ""
    if request.method == "POST":
        step, option = (request.form.get(name, "") for name in ("step", "option"))
        if not (step.isascii() and step.isdigit() and option.isascii() and option.isdigit() and len(step + option) < 7):
            abort(422)
        try:
            actions.say(token=token, step=int(step), option=int(option))
            return redirect(url_for("together.seat", token=token), 303)
        except actions.GoneOn:
            problem = words("together.gone_on")
        except actions.NotHere:
            return render_template("relationships/together/over.html"), 410
    found = queries.seated(token)
    if found is None:
        return render_template("relationships/together/over.html"), 410
    page = {"token": token, "here": found[0], "own": found[1], "problem": problem}
    return render_template("relationships/together/seat.html", **page), 409 if problem else 200


@blueprint.get("/seat/<token>/step")
@for_everybody
def step(token: str) -> ResponseReturnValue:
    """The part of a telephone's page that is asked for again and again. The part is left as it is where nothing has changed."""
    found = queries.seated(token)
    if found is None:
        return render_template("relationships/together/over_part.html")
    here, own = found
    if request.args.get("seen") == seen(here, own.said):
        return "", 204
    return render_template("relationships/together/seat_part.html", token=token, here=here, own=own)


@blueprint.get("/lead/<session_id>")
@open_to(Audience.PERSON)
def lead(session_id: str) -> str:
    """The screen of the room."""
    here = queries.led(session_id, current_user.id) or abort(404)
    plans = any(role.code == here.council and role.role in PLANNERS for role in own_memberships(current_user.id))
    return render_template("relationships/together/lead.html", here=here, plans=plans)


@blueprint.get("/lead/<session_id>/board")
@open_to(Audience.PERSON)
def board(session_id: str) -> ResponseReturnValue:
    """The part of that screen that is asked for again and again."""
    here = queries.led(session_id, current_user.id) or abort(404)
    return render_template("relationships/together/board.html", here=here)


@blueprint.post("/lead/<session_id>/turn")
@open_to(Audience.PERSON)
def turn(session_id: str) -> ResponseReturnValue:
    """Show the answers, go on, go back, or end."""
    if queries.led(session_id, current_user.id) is None:
        abort(404)
    what = next((one for one in actions.Turn if one == request.form.get("what")), None)
    at = request.form.get("at", "")
    if what and at.isascii() and at.isdigit():
        actions.turn(session_id=session_id, what=what, at=int(at[:4]), by=current_user.id)
    if what is actions.Turn.END:
        return render_template("relationships/together/ended.html")
    return redirect(url_for("together.lead", session_id=session_id), 303)


@blueprint.app_template_global("seen_of")
def seen(here: Standing, said: int | None) -> str:
    """What a telephone shows now, so that it is drawn anew only when that changes."""
    counts = "" if here.board.counts is None else "-".join(str(number) for side in SIDES for number in here.board.counts[side])
    return f"{here.position}.{here.is_shown:d}.{'' if said is None else said}.{counts}"


def _join_page(code: str, side: str, problem: str = "") -> str:
    return render_template("relationships/together/join.html", code=code, side=side, problem=problem)
