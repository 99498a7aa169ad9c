"""The pledge and the plan of actions, each beside the figures that it is held against."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.accounts.access import Audience, open_to
from app.content.messages import say
from app.insights.agreed_figures import figures, pledge_page
from app.insights.forms import ActionForm
from app.places.queries import Council, council_or_none, practice_or_none
from app.relationships import actions
from app.relationships import queries as relationships
from app.vocabulary.guarding import Identifies

blueprint = Blueprint("agreed", __name__)
for_who_plans = open_to(Audience.COUNCIL_ADMIN, Audience.SOCIAL_WORKER)


@blueprint.get("/council/<code>/pledge")
@open_to(Audience.VISITOR)
def pledge(code: str) -> str:
    """The five points, who signed, and how they are kept."""
    return render_template("insights/pledge.html", council=_council(code), **pledge_page(code))


@blueprint.post("/council/<code>/pledge/sign")
@open_to(Audience.COUNCIL_ADMIN)
def sign(code: str) -> ResponseReturnValue:
    """The council stands by the pledge, or no longer."""
    actions.sign(signer=_council(code).code, council=code, signs=request.form.get("signs") != "no", by=current_user.id)
    return redirect(url_for("agreed.pledge", code=code), 303)


@blueprint.post("/practices/<code>/pledge/sign")
@open_to(Audience.PRACTICE_LEAD)
def sign_for_practice(code: str) -> ResponseReturnValue:
    """A practice stands by the pledge of its council, or no longer."""
    practice = practice_or_none(code)
    if practice is None or practice.council_code is None:
        abort(404)
    actions.sign(signer=code, council=practice.council_code, signs=request.form.get("signs") != "no", by=current_user.id)
    return redirect(url_for("agreed.pledge", code=practice.council_code), 303)


@blueprint.get("/council/<code>/plan")
@open_to(Audience.COUNCIL_ADMIN, Audience.SOCIAL_WORKER, Audience.COUNCIL_ANALYST)
def plan(code: str) -> str:
    """The plan of actions, and a form for the next."""
    return _plan_page(code, ActionForm())


@blueprint.post("/council/<code>/plan/add")
@for_who_plans
def add(code: str) -> ResponseReturnValue:
    """Put an action into the plan."""
    form = ActionForm(request.form)
    if not form.validate() or form.due_on.data is None:
        return _plan_page(code, form), 422
    try:
        actions.plan(
            council=_council(code).code, kind=form.kind.data, what=form.what.data, owner=form.owner.data, due_on=form.due_on.data,
            measure=form.measure.data, by=current_user.id,
        )  # fmt: skip
    except Identifies as problem:
        form.what.errors = [str(problem)]
        return _plan_page(code, form), 422
    return redirect(url_for("agreed.plan", code=code), 303)


@blueprint.post("/council/<code>/plan/end")
@for_who_plans
def end(code: str) -> ResponseReturnValue:
    """An action is done, or taken out."""
    try:
        actions.end(council=code, action=request.form.get("action", "")[:40], done=request.form.get("done") != "no", by=current_user.id)
    except actions.NotThere:
        return _plan_page(code, ActionForm(), say("plan.not_there")), 409
    return redirect(url_for("agreed.plan", code=code), 303)


def _plan_page(code: str, form: ActionForm, problem: str = "") -> str:
    content = relationships.agreed()
    return render_template(
        "insights/plan.html", council=_council(code), form=form, problem=problem, planned=relationships.planned(code),
        kinds={kind.id: kind for kind in content.kinds}, measures={one.id: one for one in content.measures}, figures=figures(code),
        today=date.today(),
    )  # fmt: skip


def _council(code: str) -> Council:
    return council_or_none(code) or abort(404)
