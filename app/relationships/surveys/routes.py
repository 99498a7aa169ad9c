"""Answering a survey, opening a round, and what came of it."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.accounts.actions import new_token
from app.content.messages import say
from app.places.queries import Council, council_or_none, practices_of
from app.relationships.surveys import actions, queries
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.presenters import as_csv, guess, results, voice_sides
from app.relationships.surveys.queries import PULSE, VOICE

blueprint = Blueprint("surveys", __name__)
for_everybody = open_to(Audience.VISITOR)


@blueprint.route("/pulse/<token>", methods=["GET", "POST"])
@for_everybody
def answer(token: str) -> ResponseReturnValue:
    """One sheet of the pulse, behind a link that is good for one."""
    sheet = queries.sheet(token)
    if sheet is None:
        return render_template("relationships/survey_over.html", used=False), 410
    if request.method != "POST":
        if sheet.is_used:
            return render_template("relationships/survey_over.html", used=True), 410
        page = {"survey": sheet.survey, "items": sheet.survey.asked(sheet.side), "side": sheet.side, "guess": guess(sheet.survey)}
        return render_template("relationships/pulse.html", **page, council=council_or_none(sheet.council), closes_on=sheet.closes_on)
    try:
        actions.answer(token=token, answers=_answers())
    except (actions.Used, actions.NotOpen) as problem:
        return render_template("relationships/survey_over.html", used=isinstance(problem, actions.Used)), 410
    return redirect(url_for("surveys.thanks"), 303)


@blueprint.get("/surveys/thanks")
@for_everybody
def thanks() -> str:
    """After any survey. The page says nothing of what was answered."""
    return render_template("relationships/thanks.html")


@blueprint.route("/voice/<code>", methods=["GET", "POST"])
@for_everybody
def voice(code: str) -> ResponseReturnValue:
    """Older people's voice, open to anybody of this council's area."""
    council = _council(code)
    if request.method != "POST":
        return _voice_page(council, "relationships/voice.html")
    return _take(council) or redirect(url_for("surveys.thanks"), 303)


@blueprint.get("/voice/<code>/paper")
@for_everybody
def paper(code: str) -> str:
    """The same on paper, large."""
    return _voice_page(_council(code), "relationships/voice_paper.html")


@blueprint.route("/council/<code>/voice/paper", methods=["GET", "POST"])
@open_to(Audience.SOCIAL_WORKER, Audience.COUNCIL_ADMIN)
def enter(code: str) -> ResponseReturnValue:
    """Typing in a sheet of paper, and then the next."""
    council = _council(code)
    if request.method == "POST":
        return _take(council) or redirect(url_for("surveys.enter", code=code, kept="yes"), 303)
    return _voice_page(council, "relationships/voice.html", entering=True, kept=request.args.get("kept") == "yes")


@blueprint.get("/council/<code>/surveys/<name>")
@for_everybody
def figures(code: str, name: str) -> str:
    """What came of the rounds of the last twelve months."""
    return render_template("relationships/results.html", council=_council(code), name=name, **results(_known(name), code))


@blueprint.get("/council/<code>/surveys/<name>.csv")
@for_everybody
def export(code: str, name: str) -> Response:
    """The figures of that page as a sheet."""
    _council(code)
    return Response(
        as_csv(_known(name), code), mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}-{code}.csv"'}
    )


@blueprint.route("/council/<code>/pulse/rounds", methods=["GET", "POST"])
@open_to(Audience.COUNCIL_ADMIN)
def rounds(code: str) -> ResponseReturnValue:
    """Opening a round of the pulse."""
    _council(code)
    if request.method == "POST":
        try:
            actions.open_pulse(council=code, by=current_user.id)
        except actions.TooSoon:
            return _rounds_page(code, problem=say("surveys.too_soon")), 409
        return redirect(url_for("surveys.rounds", code=code), 303)
    return _rounds_page(code)


@blueprint.post("/council/<code>/pulse/links")
@open_to(Audience.COUNCIL_ADMIN)
def links(code: str) -> ResponseReturnValue:
    """Links for people without an account, to hand out. They are shown once."""
    _council(code)
    number = request.form.get("number", "")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:4]) <= actions.MOST_LINKS:
        return _rounds_page(code, problem=say("surveys.number", most=actions.MOST_LINKS)), 422
    practice = request.form.get("practice", "")
    side = queries.GP if practice else queries.SOCIAL_WORK
    try:
        made = actions.make_links(council=code, side=side, practice=practice or None, number=int(number), by=current_user.id)
    except actions.NotOpen:
        return _rounds_page(code, problem=say("surveys.none_open")), 409
    return _rounds_page(code, made=made)


def _rounds_page(code: str, problem: str = "", made: list[str] | None = None) -> str:
    council = _council(code)
    now, last = queries.open_round(PULSE, code), queries.last_opened(PULSE, code)
    from_day = last + actions.APART if last else None
    return render_template(
        "relationships/rounds.html", council=council, now=now, last=last, from_day=from_day, problem=problem, made=made,
        practices=practices_of(code), most=actions.MOST_LINKS,
    )  # fmt: skip


def _voice_page(council: Council, template: str, entering: bool = False, kept: bool = False) -> str:
    survey = surveys()[VOICE]
    return render_template(
        template, council=council, survey=survey, items=survey.items, sides=voice_sides(), pressed=new_token(), guess=guess(survey),
        entering=entering, kept=kept,
    )  # fmt: skip


def _take(council: Council) -> ResponseReturnValue | None:
    """Count what was sent; the page that says why it was not counted."""
    side = request.form.get("side", "")
    if side not in surveys()[VOICE].sides:
        side = next(iter(surveys()[VOICE].sides))
    try:
        actions.answer_openly(council=council.code, side=side, pressed=request.form.get("pressed", "")[:100], answers=_answers())
    except actions.Used:
        return render_template("relationships/survey_over.html", used=True), 410
    return None


def _answers() -> dict[str, int]:
    return {name: int(value) for name, value in request.form.items() if value.isascii() and value.isdigit() and len(value) < 3}


def _known(name: str) -> str:
    return name if name in surveys() else abort(404)


def _council(code: str) -> Council:
    return council_or_none(code) or abort(404)
