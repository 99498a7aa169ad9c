"""The two ends of the loop: a council's team answers by code, and a practice sees what came of its signposts."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.queries import own_practices
from app.content.messages import say
from app.places.queries import council_or_none
from app.signposts import actions, queries
from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.presenters import known_headings, known_words, of_practice, of_returns, of_sheet, page_of, template, words_of_sheets
from app.signposts.sheet import Line, NoTable, decoded, read
from app.ui.numbers import as_kept

blueprint = Blueprint("signposts", __name__)
for_the_team = open_to(Audience.SOCIAL_WORKER, Audience.PROVIDER)
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
    council = council_or_none(code) or abort(404)
    return render_template("signposts/answer.html", council=council, **page_of(found, council.checklist))


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
            actions.answer(
                code=reference, council=code, outcome=outcome, reason=reason, lacking=request.form.getlist("lacking"), by=current_user.id
            )
        elif later:
            actions.follow(code=reference, council=code, later=later, by=current_user.id)
    except actions.NotFound:
        return _again(code, "", say("signposts.not_here")), 404
    return redirect(url_for("signposts.desk", code=code, kept="yes"), 303)


@blueprint.route("/council/<code>/signposts/sheet", methods=["GET", "POST"])
@for_the_team
def sheet(code: str) -> ResponseReturnValue:
    """Many answers at once. The sheet is read in memory and forgotten; lines that cannot be taken cost no other line."""
    shown = {"council": council_or_none(code) or abort(404), "problem": "", "done": None, **words_of_sheets()}
    if request.method != "POST":
        return render_template("signposts/sheet.html", **shown)
    sent = request.files.get("sheet")
    text = decoded(sent.read()) if sent and sent.filename else request.form.get("lines", "")
    try:
        lines = read(text, known_headings(), known_words())
    except NoTable:
        return render_template("signposts/sheet.html", **shown | {"problem": say("signposts.no_table")}), 422
    told = [line for line in lines if isinstance(line, Line)]
    taken = actions.answer_all(lines=told, council=code, by=current_user.id)
    return render_template("signposts/sheet.html", **shown | {"done": of_sheet(lines, taken)})


@blueprint.get("/council/<code>/signposts/sheet.csv")
@for_the_team
def empty_sheet(code: str) -> Response:
    """The headings, with one example for each word that is understood."""
    council_or_none(code) or abort(404)
    return Response(template(), mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="signposts.csv"'})


@blueprint.get("/council/<code>/signposts/returns")
@for_the_team
def returns(code: str) -> str:
    """Why referrals came back, over all practices of the council."""
    council = council_or_none(code) or abort(404)
    return render_template("signposts/returns.html", council=council, **of_returns(queries.returned(code)))


@blueprint.post("/signposts/digest")
@open_to(Audience.PERSON)
def digest() -> ResponseReturnValue:
    """Whether one is written to each month. Nobody is until they ask for it."""
    actions.wish_digest(wanted=request.form.get("wanted") == "yes", by=current_user.id)
    return redirect(url_for("signposts.yours"), 303)


@blueprint.route("/signposts/digest/off/<token>", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def off(token: str) -> ResponseReturnValue:
    """The link in a letter. Its page has a button: programs that look into post open links, but they press no buttons."""
    done = request.method == "POST" and actions.end_digest(token=token)
    known = done or queries.has_digest(token)
    return render_template("signposts/off.html", known=known, done=done), 200 if known else 410


@blueprint.get("/signposts")
@open_to(Audience.PERSON)
def yours() -> str:
    """What the practices of this person have given, by code, and what came of it."""
    practices = own_practices(current_user.id)
    page = of_practice(queries.of_practices([code for code, _ in practices]), practices)
    return render_template("signposts/yours.html", **page, written_to=queries.wishes_digest(current_user.id))


def _again(code: str, typed: str, problem: str) -> str:
    return render_template("signposts/desk.html", council=council_or_none(code) or abort(404), typed=typed, problem=problem, kept=False)


def _one_of(words: type[Word], field: str) -> Word | None:
    return next((word for word in words if word == request.form.get(field)), None)
