"""Services that may have been entered twice: suggested, looked at side by side, merged by people only."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.access import open_to
from app.directory.desk import actions, queries
from app.directory.desk.presenters import can_be_taken
from app.directory.desk.queries import A_PAGE, EDITORS
from app.directory.service import to_record
from app.places.queries import council_or_none

blueprint = Blueprint("merging", __name__, url_prefix="/council/<code>/duplicates")
for_editors = open_to(*EDITORS)
_PLACED = ("sites", "lat", "lon")


@blueprint.get("")
@for_editors
def overview(code: str) -> str:
    """The likeliest pairs; what is judged makes room for more."""
    found = queries.possible_duplicates(code)
    council = council_or_none(code) or abort(404)
    return render_template("directory/desk/duplicates.html", council=council, pairs=found[:A_PAGE], count=len(found))


@blueprint.get("/<kept>/<other>")
@for_editors
def pair(code: str, kept: str, other: str) -> str:
    """Two services side by side, and what the one that stays could take from the other."""
    both = [queries.own_service(code, one) or abort(404) for one in (kept, other)]
    rows = can_be_taken(*(to_record(service) for service in both))
    return render_template("directory/desk/pair.html", council=council_or_none(code), kept=both[0], other=both[1], rows=rows)


@blueprint.post("/<kept>/<other>/merge")
@for_editors
def merge(code: str, kept: str, other: str) -> Response:
    """Drafts that withdraw the other and give the kept one what was ticked."""
    one, two = (to_record(queries.own_service(code, service_id) or abort(404)) for service_id in (kept, other))
    if kept == other:
        abort(404)
    ticked = {row.field for row in can_be_taken(one, two)} & set(request.form.getlist("take"))
    says: dict[str, Any] = {name: two[name] for name in sorted(ticked)}
    if "sites" in ticked:
        says = says | {name: two.get(name) for name in _PLACED}
    drafted = actions.merge(kept=kept, other=other, says=says, council=code, by=current_user.id)
    return redirect(url_for("desk.draft", code=code, id=drafted), 303)


@blueprint.post("/<kept>/<other>/apart")
@for_editors
def apart(code: str, kept: str, other: str) -> Response:
    """They are two: remembered, so that they are not suggested again."""
    if kept == other or not all(queries.own_service(code, service_id) for service_id in (kept, other)):
        abort(404)
    actions.keep_apart(service_id=kept, other=other, council=code, by=current_user.id)
    return redirect(url_for("merging.overview", code=code), 303)
