"""Reading the audit trail: a council's administrator its own, a platform administrator's all of it."""

from flask import Blueprint, abort, render_template, request

from app.accounts.access import Audience, open_to
from app.accounts.forms import TrailForm, labelled
from app.accounts.queries import names_of
from app.audit import queries as audit
from app.audit.actions import Deed
from app.content.messages import say
from app.places import queries as places

blueprint = Blueprint("trail", __name__)
A_PAGE = 50
LONGEST_NUMBER = 15
"""Digits of an entry's number."""


@blueprint.get("/organisations/<code>/trail")
@open_to(Audience.COUNCIL_ADMIN)
def of_a_council(code: str) -> str | tuple[str, int]:
    """Who did what in this council, and which of its people signed in."""
    council = places.council_or_none(code) or abort(404)
    return _page(council.code, council.name)


@blueprint.get("/trail")
@open_to(Audience.PLATFORM_ADMIN)
def of_all() -> str | tuple[str, int]:
    """Who did what, sign-ins that failed among them."""
    return _page(None, "")


def _page(council: str | None, name: str) -> str | tuple[str, int]:
    form = labelled(TrailForm(request.args))
    form.what.choices = [("", say("deed.any")), *((deed.value, say(f"deed.{deed.value}")) for deed in Deed)]
    after = request.args.get("after", "")
    if not form.validate() or not (after == "" or after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER):
        return render_template("accounts/trail.html", form=form, name=name, entries=[], people={}, more=None), 422
    found = audit.entries(
        what=Deed(form.what.data) if form.what.data else None, council=council, since=form.since.day, until=form.until.day,
        after=int(after) if after else None, limit=A_PAGE + 1,
    )  # fmt: skip
    shown = found[:A_PAGE]
    more = shown[-1].number if len(found) > A_PAGE else None
    people = names_of({entry.by for entry in shown} | {entry.about for entry in shown})
    return render_template("accounts/trail.html", form=form, name=name, entries=shown, people=people, more=more)
