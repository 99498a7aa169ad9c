"""What anybody may do without signing in: say that an entry is wrong, and answer the link in a letter about it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.directory import queries as directory
from app.directory.checks import actions, queries
from app.directory.checks.faults import Fault
from app.directory.service import identity_of
from app.places.queries import council_or_none

blueprint = Blueprint("freshness", __name__)


@blueprint.route("/services/<service_id>/wrong", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def wrong(service_id: str) -> ResponseReturnValue:
    """What is wrong with an entry: one of a few buttons, and no box to type in."""
    service = directory.service_or_none(identity_of(service_id))
    if service is None:  # Its own page says what became of it.
        return redirect(url_for("directory.service", service_id=service_id), 303)
    council = council_or_none(service.council_code) if service.council_code else None
    fault = next((one for one in Fault if one == request.form.get("fault")), None)
    if council is None or fault is None:
        page = render_template("directory/checks/wrong.html", service=service, council=council, faults=list(Fault))
        return page, 422 if request.method == "POST" else 200
    actions.report(service_id=service.id, council=council.code, fault=fault)
    return render_template("directory/checks/thanks.html", service=service, council=council, fault=fault)


@blueprint.route("/still-right/<token>", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def still_right(token: str) -> ResponseReturnValue:
    """A page with a button: programs that look into post open links, but they press no buttons."""
    link = queries.offered(token)
    service = directory.service_or_none(link.service_id) if link else None
    if request.method != "POST":
        return render_template("directory/checks/still_right.html", service=service, done=False), 200 if service else 410
    done = actions.confirm_by_link(token=token)
    return render_template("directory/checks/still_right.html", service=service if done else None, done=done), 200 if done else 410
