"""A council's feeds: its administrators name them, say when they are pulled, and ask for a pull."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import Audience, open_to
from app.directory.desk.routes import council_of
from app.directory.imports import actions, queries
from app.directory.imports.forms import FeedForm, PullForm
from app.directory.imports.queries import Feed

blueprint = Blueprint("feeds", __name__, url_prefix="/council/<code>/imports/feeds")
for_its_administrators = open_to(Audience.COUNCIL_ADMIN)


@blueprint.route("/new", methods=["GET", "POST"])
@for_its_administrators
def add(code: str) -> ResponseReturnValue:
    """Name a feed. Nothing is fetched before somebody asks for it or the night comes."""
    council, form = council_of(code), FeedForm(request.form)
    if request.method != "POST":
        return render_template("directory/imports/feed.html", council=council, form=form, feed=None)
    if not form.validate():
        return render_template("directory/imports/feed.html", council=council, form=form, feed=None), 422
    actions.name_feed(council=code, **form.data, by=current_user.id)
    return redirect(url_for("imports.overview", code=code), 303)


@blueprint.route("/<id>", methods=["GET", "POST"])
@for_its_administrators
def change(code: str, id: str) -> ResponseReturnValue:
    """When it is pulled, and whether what came is published by itself."""
    feed = _feed(code, id)
    if request.method != "POST":
        form = PullForm(nightly=feed.nightly, publish_by_itself=feed.publish_by_itself)
        return render_template("directory/imports/feed.html", council=council_of(code), form=form, feed=feed)
    actions.set_feed(feed_id=feed.id, **PullForm(request.form).data, by=current_user.id)
    return redirect(url_for("imports.overview", code=code, _anchor=f"feed-{feed.id}"), 303)


@blueprint.post("/<id>/pull")
@for_its_administrators
def pull(code: str, id: str) -> Response:
    """Ask for a pull; a job makes it."""
    feed = _feed(code, id)
    actions.ask_pull(feed_id=feed.id, by=current_user.id)
    return redirect(url_for("imports.overview", code=code, _anchor=f"feed-{feed.id}"), 303)


@blueprint.post("/<id>/remove")
@for_its_administrators
def remove(code: str, id: str) -> Response:
    """Forget the feed; its services stay."""
    actions.remove_feed(feed_id=_feed(code, id).id, by=current_user.id)
    return redirect(url_for("imports.overview", code=code), 303)


def _feed(code: str, id: str) -> Feed:
    council_of(code)
    return queries.feed_or_none(code, id) or abort(404)
