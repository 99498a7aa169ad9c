"""A platform administrator's page: which councils there are, and inviting the first administrator of one."""

from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.accounts.actions import invite
from app.accounts.forms import AddressForm, labelled
from app.accounts.queries import administered, public_url, waiting_administrators
from app.accounts.roles import Role
from app.places import queries as places

blueprint = Blueprint("platform", __name__)


@blueprint.get("/platform/councils")
@open_to(Audience.PLATFORM_ADMIN)
def councils() -> str:
    """Every council, those that have set themselves up first."""
    known = sorted(places.councils(), key=lambda council: (not council.contacts, council.name))
    return render_template("accounts/platform.html", councils=known, administered=administered())


@blueprint.route("/platform/councils/<council>", methods=["GET", "POST"])
@open_to(Audience.PLATFORM_ADMIN)
def council(council: str) -> str | Response | tuple[str, int]:
    """Invite somebody to administer a council."""
    found = places.council_or_none(council) or abort(404)
    form = labelled(AddressForm(request.form))
    page = partial(render_template, "accounts/platform_council.html", council=found, waiting=waiting_administrators(found.code))
    if request.method != "POST":
        return page(form=form)
    if not form.validate():
        return page(form=form), 422
    address = partial(public_url, "joining.welcome")
    invite(email=form.email.data, role=Role.COUNCIL_ADMIN, council=found.code, practice=None, by=current_user.id, address=address)
    return redirect(url_for("platform.council", council=council), 303)
