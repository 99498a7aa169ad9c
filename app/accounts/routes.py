"""Choosing the practice or the council that somebody works from."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.accounts.choice import CHOICE
from app.accounts.forms import PracticeForm, practice_form
from app.accounts.queries import Place, current_place, place_of
from app.content.messages import say
from app.places.queries import Point, Practice, councils, find_practices
from app.ui.addresses import local

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/practice", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def choose_practice() -> str | tuple[str, int]:
    """The box, and after sending it the practices that fit."""
    form = practice_form()
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    found = find_practices(form.text.data, near=_near())
    if not found:
        form.text.errors = [say("accounts.none_found", text=form.text.data)]
        return _page(form), 404
    return _page(form, found)


@blueprint.post("/practice/suggest")
@open_to(Audience.VISITOR)
def suggest_practices() -> str:
    """The practices that fit so far, as a part of the page. Nothing before the second letter."""
    form = practice_form()
    valid = form.validate()
    found = find_practices(form.text.data, near=_near()) if valid else []
    return render_template("accounts/_practices.html", found=found, looked=valid)


@blueprint.post("/practice/choose")
@open_to(Audience.VISITOR)
def choose() -> Response | tuple[str, int]:
    """Remember a practice ("A81001") or a council ("council:E08000004") and go where the person came from."""
    choice = request.form.get("choice", "")
    place = place_of(choice)
    if place == Place():
        form = practice_form()
        form.text.errors = [say("accounts.unknown_choice")]
        return _page(form), 422
    return CHOICE.keep(redirect(_next(), 303), place.choice)


@blueprint.post("/practice/forget")
@open_to(Audience.VISITOR)
def forget_practice() -> Response:
    """Forget the choice."""
    return CHOICE.forget(redirect(_next(), 303))


def _page(form: PracticeForm, found: Sequence[Practice] = ()) -> str:
    known = councils()
    ours = [council for council in known if council.contacts]
    others = [council for council in known if not council.contacts]
    return render_template("accounts/practice.html", form=form, found=found, ours=ours, others=others, next=_next())


def _next() -> str:
    return local(request.values.get("next", ""))


def _near() -> Point | None:
    """The place chosen before, so that of equal names the one nearby comes first."""
    place = current_place()
    known = place.practice or place.council
    if known is None or known.lat is None or known.lon is None:
        return None
    return Point(known.lat, known.lon, known.name, place.council.code if place.council else None)
