"""The people of a practice or a council: who they are, inviting, ending, the practice's code, the second factor."""

from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts import actions
from app.accounts.access import Audience, open_to
from app.accounts.ending import end_sessions_of_member
from app.accounts.forms import invite_form
from app.accounts.queries import Organisation, organisation_or_none, people, public_url, waiting
from app.accounts.roles import Role
from app.content.messages import say

blueprint = Blueprint("members", __name__, url_prefix="/organisations/<code>")
for_its_leads = open_to(Audience.COUNCIL_ADMIN, Audience.PRACTICE_LEAD)


@blueprint.get("/people")
@for_its_leads
def list_people(code: str) -> str:
    return _page(_organisation(code))


@blueprint.post("/invitations")
@for_its_leads
def invite(code: str) -> str | Response | tuple[str, int]:
    """Send an invitation."""
    organisation = _organisation(code)
    form = invite_form(organisation.roles)
    if not form.validate():
        return _page(organisation, form=form), 422
    actions.invite(
        email=form.email.data, role=Role(form.role.data), council=organisation.council, practice=organisation.practice,
        by=current_user.id, address=partial(public_url, "joining.welcome"),
    )  # fmt: skip
    return redirect(url_for("members.list_people", code=code), 303)


@blueprint.post("/invitations/<id>/withdraw")
@for_its_leads
def withdraw(code: str, id: str) -> Response:
    """An invitation that was not meant."""
    if not actions.withdraw_invitation(id=id, by=current_user.id):
        abort(404)
    return redirect(url_for("members.list_people", code=code), 303)


@blueprint.post("/people/<id>/end")
@for_its_leads
def end(code: str, id: str) -> Response | tuple[str, int]:
    """Somebody has left, or has this role no longer."""
    try:
        if not actions.end_membership(id=id, by=current_user.id):
            abort(404)
    except actions.LastAdministrator:
        return _page(_organisation(code), notice=say("accounts.last_administrator")), 409
    return redirect(url_for("members.list_people", code=code), 303)


@blueprint.post("/people/<id>/sign-out")
@for_its_leads
def sign_out(code: str, id: str) -> Response:
    """Somebody has lost a device, or is feared to have somebody else in their place."""
    if not end_sessions_of_member(id=id, by=current_user.id):
        abort(404)
    return redirect(url_for("members.list_people", code=code), 303)


@blueprint.post("/code")
@for_its_leads
def make_code(code: str) -> str:
    """A new practice code. It is shown this once."""
    organisation = _organisation(code)
    if organisation.practice is None:
        abort(404)
    made = actions.make_practice_code(practice=organisation.practice, by=current_user.id)
    return _page(organisation, made=made)


@blueprint.post("/second-factor")
@for_its_leads
def second_factor(code: str) -> Response:
    """Ask for a second factor, or no longer."""
    organisation = _organisation(code)
    asked = request.form.get("asked") == "yes"
    actions.set_second_factor_rule(organisation=organisation.practice or organisation.council or "", asked=asked, by=current_user.id)
    return redirect(url_for("members.list_people", code=code), 303)


def _organisation(code: str) -> Organisation:
    return organisation_or_none(code) or abort(404)


def _page(organisation: Organisation, form: object = None, made: str = "", **notice: str) -> str:
    return render_template(
        "accounts/people.html", organisation=organisation, people=people(organisation), waiting=waiting(organisation),
        form=form or invite_form(organisation.roles), made=made, **notice,
    )  # fmt: skip
