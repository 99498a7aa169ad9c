"""The two ends of the loop: a council's team answers by code, and a practice sees what came of its signposts."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import own_practices
from app.content.messages import say
from app.places.queries import council_or_none
from app.signposts import actions, queries
from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.presenters import of_practice, page_of
from app.ui.numbers import as_kept

blueprint = Blueprint("signposts", __name__)
for_the_team = open_to(Audience.SOCIAL_WORKER)
Word = TypeVar("Word", bound=StrEnum)


@blueprint.get("/council/<code>/signposts")
@for_the_team
def desk(code: str) -> str:
    """A box for a code, and whether the last answer was kept."""
    return render_template(
        "signposts/desk.html", council=council_or_none(code) or abort(404), typed="", problem="", kept=request.args.get("kept") == "yes"
    )


@blueprint.post("/council/<code>/signposts")
@for_the_team
def find(code: str) -> ResponseReturnValue:
    """The signpost with the code that was typed. The code stands in no address."""
    typed = request.form.get("reference", "")[:100]
    reference = as_kept(typed)
    if reference is None:
        return _again(code, typed, say("signposts.mistyped")), 422
    found = queries.by_code(reference, code)
    if found is None:
        return _again(code, typed, say("signposts.not_here")), 404
    return render_template("signposts/answer.html", council=council_or_none(code) or abort(404), **page_of(found))


@blueprint.post("/council/<code>/signposts/outcome")
@for_the_team
def answer(code: str) -> ResponseReturnValue:
    """Keep what came of it, and go back to the box for the next code."""
    reason = _one_of(Reason, "reason")
    outcome = Outcome.NOT_SUITABLE if reason else _one_of(Outcome, "outcome")
    later = _one_of(Later, "later")
    reference = as_kept(request.form.get("reference", "")[:100])
    if reference is None or not (outcome or later):
        return _again(code, "", say("signposts.mistyped")), 422
    try:
        if outcome:
            actions.answer(code=reference, council=code, outcome=outcome, reason=reason, by=current_user.id)
        elif later:
            actions.follow(code=reference, council=code, later=later, by=current_user.id)
    except actions.NotFound:
        return _again(code, "", say("signposts.not_here")), 404
    return redirect(url_for("signposts.desk", code=code, kept="yes"), 303)


@blueprint.get("/signposts")
@open_to(Audience.PERSON)
def yours() -> str:
    """What the practices of this person have given, by code, and what came of it."""
    practices = own_practices(current_user.id)
    return render_template("signposts/yours.html", **of_practice(queries.of_practices([code for code, _ in practices]), practices))


def _again(code: str, typed: str, problem: str) -> str:
    return render_template("signposts/desk.html", council=council_or_none(code) or abort(404), typed=typed, problem=problem, kept=False)


def _one_of(words: type[Word], field: str) -> Word | None:
    return next((word for word in words if word == request.form.get(field)), None)
