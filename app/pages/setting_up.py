"""A council's start: its numbers and words, what it says of each alternative, its districts, practices and people."""

import yaml
from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from pydantic import ValidationError

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.pages.council_forms import AlternativeForm, WordsForm, as_entries, as_file, districts_sent, neighbourhoods_sent, problems_in
from app.places import actions, queries
from app.places.queries import Council
from app.vocabulary import queries as vocabulary

blueprint = Blueprint("setting_up", __name__, url_prefix="/councils/<code>/set-up")
for_its_administrators = open_to(Audience.COUNCIL_ADMIN)


@blueprint.get("")
@for_its_administrators
def overview(code: str) -> str:
    """What is there, and what is missing."""
    council = _council(code)
    practices = queries.practices_of(code)
    return render_template(
        "pages/set_up.html", council=council, missing=queries.missing(council), districts=queries.districts(code),
        practices=practices, grouped=sum(bool(name) for _, name in practices),
    )  # fmt: skip


@blueprint.route("/words", methods=["GET", "POST"])
@for_its_administrators
def words(code: str) -> ResponseReturnValue:
    """Its own name for adult social care, the numbers, the form and the thresholds."""
    council = _council(code)
    form = WordsForm(request.form, data=WordsForm.of(council))
    if request.method != "POST":
        return render_template("pages/set_up_words.html", council=council, form=form, as_of=queries.stamp_of_words(council))
    if not form.validate():
        return render_template("pages/set_up_words.html", council=council, form=form, as_of=request.form.get("as_of", "")), 422
    try:
        actions.save_words(code=code, words=form.read(), as_of=request.form.get("as_of", ""), by=current_user.id)
    except actions.Changed:
        form.form_errors = [say("set_up.changed")]
        return render_template("pages/set_up_words.html", council=council, form=form, as_of=queries.stamp_of_words(council)), 409
    return redirect(url_for("setting_up.overview", code=code), 303)


@blueprint.route("/checklist", methods=["GET", "POST"])
@for_its_administrators
def checklist(code: str) -> ResponseReturnValue:
    """What the council needs to know in a referral."""
    council, problem, status = _council(code), "", 200
    if request.method == "POST":
        chosen = [item.id for item in vocabulary.every_told() if not item.always and item.id in request.form.getlist("told")]
        try:
            actions.save_checklist(code=code, chosen=chosen, as_of=request.form.get("as_of", ""), by=current_user.id)
            return redirect(url_for("setting_up.overview", code=code), 303)
        except actions.Changed:
            council, problem, status = _council(code), say("set_up.changed"), 409
    return render_template(
        "pages/set_up_checklist.html", council=council, problem=problem, items=vocabulary.every_told(),
        chosen={item.id for item in vocabulary.told(council.checklist)}, as_of=actions.stamp(list(council.checklist)),
    ), status  # fmt: skip


@blueprint.get("/alternatives")
@for_its_administrators
def alternatives(code: str) -> str:
    """Every alternative, and whether the council has said something of it."""
    known = sorted(vocabulary.alternatives().values(), key=lambda one: one.label)
    return render_template("pages/set_up_alternatives.html", council=_council(code), alternatives=known)


@blueprint.route("/alternatives/<identity>", methods=["GET", "POST"])
@for_its_administrators
def alternative(code: str, identity: str) -> ResponseReturnValue:
    """What the council says of one alternative."""
    council, known = _council(code), vocabulary.alternatives().get(identity) or abort(404)
    said = dict(council.alternatives.get(identity, {}))
    form = AlternativeForm(request.form or None, data=AlternativeForm.of(said), owed=known.duty)
    as_of, status = request.form.get("as_of", ""), 422
    if request.method != "POST":
        as_of, status = actions.stamp(said), 200
    elif form.validate():
        try:
            actions.save_alternative(code=code, alternative=identity, entry=form.read(), as_of=as_of, by=current_user.id)
            return redirect(url_for("setting_up.alternatives", code=code) + f"#{identity}", 303)
        except actions.Changed:
            form.form_errors = [say("set_up.changed")]
            as_of, status = actions.stamp(said), 409
    return render_template("pages/set_up_alternative.html", council=council, alternative=known, form=form, as_of=as_of), status


@blueprint.route("/districts", methods=["GET", "POST"])
@for_its_administrators
def districts(code: str) -> ResponseReturnValue:
    """What each district answers for, where there are two tiers."""
    council, known = _council(code), queries.districts(code)
    if request.method != "POST":
        return render_template("pages/set_up_districts.html", council=council, rows=as_entries(known), problems={})
    sent = districts_sent(request.form, known)
    if problems := problems_in(sent):
        return render_template("pages/set_up_districts.html", council=council, rows=as_entries(known, request.form), problems=problems), 422
    actions.save_districts(code=code, entries=[row for row in sent.values() if not isinstance(row, ValidationError)], by=current_user.id)
    return redirect(url_for("setting_up.overview", code=code), 303)


@blueprint.route("/neighbourhoods", methods=["GET", "POST"])
@for_its_administrators
def neighbourhoods(code: str) -> ResponseReturnValue:
    """Which practice is in which neighbourhood."""
    council, practices = _council(code), queries.practices_of(code)
    if request.method != "POST":
        return render_template("pages/set_up_neighbourhoods.html", council=council, practices=practices, problem="")
    typed = [(practice, request.form.get(practice.ods_code, "")) for practice, _ in practices]
    entries = neighbourhoods_sent(typed)
    if isinstance(entries, str):
        return render_template("pages/set_up_neighbourhoods.html", council=council, practices=typed, problem=entries), 422
    actions.save_neighbourhoods(code=code, entries=entries, by=current_user.id)
    return redirect(url_for("setting_up.overview", code=code), 303)


@blueprint.get("/file")
@for_its_administrators
def file(code: str) -> Response:
    """Everything that was set up, as the file that `flask council load` reads."""
    content = as_file(_council(code), queries.districts(code), queries.practices_of(code))
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return Response(text, mimetype="application/yaml", headers={"Content-Disposition": f'attachment; filename="{code}.yaml"'})


def _council(code: str) -> Council:
    return queries.council_or_none(code) or abort(404)
